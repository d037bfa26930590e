"""A month of watches: each due run once, none twice, none in quiet hours, and people before schedules."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.identity.model import SlackUser
from bot.jobs.watch.due import is_quiet
from bot.records.question import Place
from bot.records.watch import QUIET, Quiet, Rhythm, Watch, WatchKind
from tests.laws.limiter.line import most_in_window
from tests.laws.limiter.virtual_time import virtual_redis
from tests.laws.watches.month import RATE, Month, Outage
from tests.redis.watches.watching import at, watch

pytestmark = [pytest.mark.redis, pytest.mark.property]

DAY = 24 * 3_600_000
BEGINS, DAYS = at("2026-10-09T00:00"), 30
"""Clocks are put back on 25 October in Europe, and on 1 November in America."""
OUTAGES = (
    Outage(at("2026-10-12T05:50"), at("2026-10-12T22:10")),  # all of a Monday, in Europe
    Outage(at("2026-10-25T00:30"), at("2026-10-25T07:31")),  # while the clocks are put back
    Outage(at("2026-10-27T17:40"), at("2026-10-30T09:05")),  # days
)
ZONES = ("Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")
QUIETS: Sequence[Quiet] = (QUIET, QUIET, QUIET, (22, 9), (0, 0))
LATE_MS = {WatchKind.ANSWER: 60_000, WatchKind.QUESTION: 30 * 60_000}
"""After which a run that no outage held up is late: many are due at a time, and questions wait for tokens."""


def made(hourly: int, mornings: int, mondays: int, questions: int) -> Iterator[Watch]:
    """Yield so many watches of each kind, of different people in different time zones."""
    kinds = [Rhythm.HOURLY] * hourly + [Rhythm.MORNINGS] * (mornings + questions) + [Rhythm.MONDAYS] * mondays
    for number, rhythm in enumerate(kinds):
        asks = rhythm is Rhythm.MORNINGS and number < hourly + questions
        yield watch(
            owner=SlackUser("T1", f"U{number}"),
            rhythm=rhythm,
            time_zone=ZONES[number % len(ZONES)],
            quiet=QUIETS[number % len(QUIETS)],
            kind=WatchKind.QUESTION if asks else WatchKind.ANSWER,
            place=Place("T1", "C1", None if asks else "1.0"),
        )


def local(ms: float, each: Watch) -> datetime:
    """Return a time by the clock of a watch's owner."""
    return datetime.fromtimestamp(ms / 1000, ZoneInfo(each.time_zone))


def quarters(begins: int, ends: int) -> Iterator[int]:
    """Yield each quarter of an hour."""
    yield from range(begins - begins % 900_000, ends, 900_000)


def dues(each: Watch, ends: int) -> list[int]:
    """Return when a watch is due, as one who looks at a clock each quarter of an hour would say."""
    morning = next(hour for hour in range(8, 24) if not is_quiet(hour, each.quiet))
    found = []
    for ms in quarters(BEGINS, ends):
        now = local(ms, each)
        is_hour = not is_quiet(now.hour, each.quiet) if each.rhythm is Rhythm.HOURLY else now.hour == morning
        if now.minute == 0 and is_hour and (each.rhythm is not Rhythm.MONDAYS or now.weekday() == 0):
            found.append(ms)
    return found


def expected(each: Watch, ends: int) -> set[int]:
    """Return the due times that are run: of those in an outage one, when that is over and it is not quiet."""
    regular = dues(each, ends + DAY)
    found = {due for due in regular if not any(outage.begins <= due < outage.ends for outage in OUTAGES)}
    for outage in OUTAGES:
        missed = [due for due in regular if outage.begins <= due < outage.ends]
        if missed and not is_quiet(local(outage.ends, each).hour, each.quiet):
            found.add(missed[0])
        elif missed:
            hours = (ms for ms in quarters(outage.ends, outage.ends + DAY) if local(ms, each).minute == 0)
            over = next(
                ms for ms in hours if ms > outage.ends and not is_quiet(local(ms, each).hour, each.quiet)
            )
            if not any(local(due, each).date() == local(over, each).date() and due >= over for due in found):
                found.add(over)
    return {due for due in found if BEGINS < due < ends}


def check(each: Watch, runs: Sequence[tuple[int, int]], ends: int) -> None:
    """Compare what was run, and when, with what was due."""
    if each.kind is WatchKind.ANSWER:
        first, *runs = runs
        assert first[0] == BEGINS  # the first look is at once, whatever the hour
    started = dict(runs)
    assert len(started) == len(runs), f"a due time of {each.id} was run twice"
    assert {due for due in started if due < ends} == expected(each, ends), each.id
    for due, began in runs:
        over = [outage.ends for outage in OUTAGES if outage.begins <= due < outage.ends]
        assert max([due, *over]) <= began < max([due, *over]) + LATE_MS[each.kind]
        assert not is_quiet(local(began, each).hour, each.quiet)


async def lived(redis_url: str, watches: Sequence[Watch], people: Sequence[int]) -> Month:
    """Live through the month."""
    async with virtual_redis(redis_url) as redis:
        month = Month(redis, watches, people, OUTAGES, Random(13))  # noqa: S311
        redis.now_ms = BEGINS
        await redis.sleep_ms(0)
        for each in watches:
            first = dues(each, BEGINS + 8 * DAY)[0] if each.kind is WatchKind.QUESTION else BEGINS
            await month.replicas[0].store.add(each, first)
        await month.live(BEGINS, DAYS)
        return month


@pytest.mark.slow
@pytest.mark.parametrize("counts", [(2, 16, 10, 6), (25, 160, 60, 70)], ids=["dozens", "hundreds"])
def test_a_month_of_watches(redis_url: str, counts: tuple[int, int, int, int]) -> None:
    """Each due run once, a missed one made up once, within Genie's limit, and people before schedules."""
    watches, chance = list(made(*counts)), Random(7)  # noqa: S311
    mornings = [at(f"2026-10-{day:02}T06:00") for day in (13, 20, 26)]
    rushes = [morning + chance.randrange(300_000) for morning in mornings for _ in range(15)]
    month = asyncio.run(lived(redis_url, watches, rushes))
    for each in watches:
        check(each, month.runs[each.id], BEGINS + DAYS * DAY - max(LATE_MS.values()))
    assert most_in_window([ms for ms, _ in month.granted], RATE.window_ms) <= RATE.capacity
    assert month.passed == []
    asked = [question for _, question in month.granted]
    assert len(asked) == len(set(asked))
    scheduled = sum(len(month.runs[each.id]) for each in watches if each.kind is WatchKind.QUESTION)
    assert len(asked) == len(rushes) + scheduled
