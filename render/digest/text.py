"""A digest as plain text, for a terminal."""

from collections.abc import Iterator, Sequence

from render.digest.message import figures
from render.digest.model import Candidate, Digest, Entry
from render.text.escape import clean, one_line
from render.words.operator import digest as words


def text(digest: Digest) -> str:
    """Write the figures, and the questions that are worth a look."""
    return "".join(f"{line}\n" for line in _lines(digest))


def _lines(digest: Digest) -> Iterator[str]:
    yield words.title(digest.since, digest.until, digest.zone)
    yield from (line.replace("*", "") for line in figures(digest))
    yield from _list(
        words.UNANSWERED,
        [f"{words.cause(each.count, each.why, each.cause)}{each.cause}" for each in digest.unanswered],
    )
    yield from _list(words.BAD, [": ".join(filter(None, (_question(e), e.reason))) for e in digest.bad])
    yield from _list(
        words.SLOWEST, [f"{words.span(each.seconds or 0)}: {_question(each)}" for each in digest.slowest]
    )
    yield from _list(words.CANDIDATES, [_candidate(each) for each in digest.candidates])


def _list(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n{title}"
        yield from (f"- {one_line(clean(line))}" for line in lines)


def _candidate(candidate: Candidate) -> str:
    said = words.worth(candidate.people, candidate.bad, candidate.unanswered)
    return "; ".join(filter(None, (f"{_question(candidate.entry)}: {said}", candidate.confirmed)))


def _question(entry: Entry) -> str:
    if not entry.words:
        return words.PRIVATE if entry.private else words.HIDDEN
    return f"{entry.words} ({entry.space})" if entry.space else entry.words
