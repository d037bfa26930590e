"""Counts what was asked; pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, tzinfo

from render.digest.model import BAD, GOOD, Candidate, Digest, Entry, Fate, Unanswered

MOST = 5
"""Of the slowest questions, and of those that are worth a benchmark."""
DELAYED_SECONDS = 3.0
"""Who waits for less is not told that there is a line."""
ENOUGH_PEOPLE = 2
"""Who ask the same make it worth a benchmark."""


def digest(entries: Iterable[Entry], since: int, until: int, zone: tzinfo = UTC) -> Digest:
    """Return what the questions of some days say together, which are named by the clock of `zone`."""
    found = tuple(sorted(entries, key=lambda entry: entry.asked_at))
    fates = Counter(entry.fate for entry in found)
    waits = [entry.waited for entry in found if entry.waited >= DELAYED_SECONDS]
    return Digest(
        since=since,
        until=until,
        zone=zone,
        entries=found,
        asked=len(found),
        people=len({entry.asker for entry in found}),
        scheduled=sum(entry.scheduled for entry in found),
        reused=sum(entry.reused for entry in found),
        answered=fates[Fate.ANSWERED],
        withdrawn=fates[Fate.WITHDRAWN],
        running=fates[Fate.RUNNING],
        unanswered=_unanswered(found),
        good=sum(entry.rating == GOOD for entry in found),
        bad=tuple(entry for entry in found if entry.rating == BAD),
        slowest=_slowest(found)[:MOST],
        delayed=len(waits),
        lost_seconds=sum(waits),
        candidates=_candidates(found)[:MOST],
    )


def worth_confirming(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Return those whose words may be shown of questions that are worth a benchmark."""
    worth = {(each.entry.space, each.entry.same) for each in _candidates(entries)}
    return [entry for entry in entries if entry.words and (entry.space, entry.same) in worth]


def _slowest(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the answers that took longest; of the same question one."""
    timed = [entry for entry in entries if entry.fate is Fate.ANSWERED and entry.seconds is not None]
    found: dict[tuple[str, object], Entry] = {}
    for entry in sorted(timed, key=lambda entry: -(entry.seconds or 0)):
        found.setdefault((entry.space, entry.same or id(entry)), entry)
    return tuple(found.values())


def _unanswered(entries: Sequence[Entry]) -> tuple[Unanswered, ...]:
    counted = Counter((entry.cause, entry.why) for entry in entries if entry.fate is Fate.UNANSWERED)
    return tuple(Unanswered(cause, why, count) for (cause, why), count in counted.most_common())


def _candidates(entries: Sequence[Entry]) -> tuple[Candidate, ...]:
    """Return what is worth a benchmark, the best first: with confirmed SQL, asked by many."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if entry.same:
            groups.setdefault((entry.space, entry.same), []).append(entry)
    found = [each for group in groups.values() if (each := _candidate(group))]
    return tuple(
        sorted(
            found, key=lambda it: (not it.confirmed, -it.people, -it.bad - it.unanswered, it.entry.asked_at)
        )
    )


def _candidate(group: Sequence[Entry]) -> Candidate | None:
    """Return the question of a group, unless nobody's words may be shown or there is no reason to test it."""
    shown = next((entry for entry in reversed(group) if entry.words), None)
    people = len({entry.asker for entry in group if not entry.scheduled})
    bad = sum(entry.bad for entry in group)
    unanswered = sum(entry.fate is Fate.UNANSWERED and entry.by_genie for entry in group)
    if shown is None or not (people >= ENOUGH_PEOPLE or bad or unanswered):
        return None
    confirmed = next((entry.confirmed for entry in reversed(group) if entry.confirmed), "")
    return Candidate(shown, people, bad, unanswered, confirmed)
