"""A digest as a message for the experts' channel.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from collections.abc import Sequence

from render.blockkit import blocks
from render.blockkit.blocks import Block, Element
from render.blockkit.reply import Reply, Variant
from render.digest.csv_file import digest_file
from render.digest.model import Candidate, Digest, Entry, Unanswered
from render.text.escape import clean, one_line
from render.text.limits import MESSAGE_WIRE, clip_wire, take, wire
from render.words.operator import digest as words

MOST = 10
"""Lines of a list."""
_ROOM = {words.UNANSWERED: 1_500, words.BAD: 2_400, words.SLOWEST: 1_700, words.CANDIDATES: 2_200}
"""JSON that the lines of each list may take: all four fit into a message, with one query at least."""
_LINE_WIRE = 52
"""JSON around a line."""
_WIRE = 240
"""JSON that a question or a reason may take."""
_SQL_WIRE = 1_200


def message(digest: Digest) -> Reply:
    """Show the figures, and the questions that are worth a look; the file has all of them."""
    above = [
        blocks.header(words.title(digest.since, digest.until, digest.zone)),
        blocks.section(blocks.mrkdwn("\n".join(figures(digest)))),
    ]
    note = blocks.context(blocks.mrkdwn(words.NOTE))
    parts = [
        *above,
        *_list(words.UNANSWERED, [_cause(each) for each in digest.unanswered]),
        *_list(words.BAD, [_bad(each) for each in digest.bad]),
        *_list(words.SLOWEST, [_slow(each) for each in digest.slowest]),
        *_list(words.CANDIDATES, [_candidate(each) for each in digest.candidates]),
    ]
    room = MESSAGE_WIRE - wire([*parts, note])
    queries = take(map(_confirmed, filter(_has_sql, digest.candidates)), room)
    parts += [*(block for query in queries for block in query), note]
    plain = [*above, note]
    variants = tuple(Variant(tuple(each), chart_at=len(each)) for each in (parts, plain))
    return Reply(text=figures(digest)[0], variants=variants, files=(digest_file(digest),))


def figures(digest: Digest) -> list[str]:
    """Write the figures, a line for each kind."""
    rest = ((digest.withdrawn, words.WITHDRAWN), (digest.running, words.RUNNING))
    return [
        words.counted(digest.asked, digest.people, digest.answered, digest.without_answer, rest),
        *([words.scheduled(digest.scheduled)] if digest.scheduled else []),
        *([words.reused(digest.reused)] if digest.reused else []),
        words.rated(digest.good, len(digest.bad)),
        words.lost(digest.delayed, digest.lost_seconds),
    ]


def _list(title: str, lines: Sequence[list[Element]]) -> list[Block]:
    if not lines:
        return []
    shown = [*take(lines[:MOST], _ROOM[title], lambda line: wire(line) + _LINE_WIRE)]
    rest = len(lines) - len(shown)
    more = [[blocks.rich_text(words.more(rest))]] if rest else []
    return [blocks.bullets_of_parts(title, [*shown, *more])]


def _cause(unanswered: Unanswered) -> list[Element]:
    said = words.cause(unanswered.count, unanswered.why, unanswered.cause)
    return [blocks.rich_text(said), blocks.rich_text(unanswered.cause, code=True)]


def _bad(entry: Entry) -> list[Element]:
    reason = f": {_short(entry.reason)}" if entry.reason else ""
    return [*_question(entry), *([blocks.rich_text(reason)] if reason else [])]


def _slow(entry: Entry) -> list[Element]:
    return [blocks.rich_text(f"{words.span(entry.seconds or 0)}: "), *_question(entry)]


def _has_sql(candidate: Candidate) -> bool:
    return bool(candidate.confirmed)


def _confirmed(candidate: Candidate) -> list[Block]:
    """Show the SQL that experts have confirmed for a question."""
    return [
        blocks.section(blocks.plain(words.confirmed(_short(candidate.entry.words)))),
        *blocks.preformatted(clip_wire(clean(candidate.confirmed), _SQL_WIRE)),
    ]


def _candidate(candidate: Candidate) -> list[Element]:
    said = words.worth(candidate.people, candidate.bad, candidate.unanswered)
    return [*_question(candidate.entry), blocks.rich_text(f": {said}")]


def _question(entry: Entry) -> list[Element]:
    """Show a question, which leads to its thread, or say why it is not shown."""
    if not entry.words:
        return [blocks.rich_text(words.PRIVATE if entry.private else words.HIDDEN)]
    said = _short(entry.words)
    shown = blocks.rich_link(entry.link, said) if entry.link else blocks.rich_text(said)
    return [shown, *([blocks.rich_text(f" ({one_line(entry.space)})")] if entry.space else [])]


def _short(text: str) -> str:
    return clip_wire(one_line(text), _WIRE)
