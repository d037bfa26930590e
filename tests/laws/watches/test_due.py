"""Laws of due times: of each day one morning, none in quiet hours, whatever clocks do."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.watch.due import begins_at, is_quiet, next_due
from bot.records.watch import QUIET, Quiet, Rhythm

pytestmark = pytest.mark.property

HOUR, DAY = 3_600_000, 24 * 3_600_000
ZONES = (
    *("UTC", "Europe/Amsterdam", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu"),
    *("Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Apia", "Africa/Cairo", "America/St_Johns"),
)
"""With half hours and quarters, with half an hour of daylight saving, and without any."""
zones, rhythms = st.sampled_from(ZONES), st.sampled_from(Rhythm)
times = st.integers(1_767_000_000_000, 1_960_000_000_000)
quiets = st.one_of(st.just(QUIET), st.tuples(st.integers(0, 23), st.integers(0, 23)))


def local(ms: int, zone: str) -> datetime:
    """Return a time as people there read it."""
    return datetime.fromtimestamp(ms / 1000, ZoneInfo(zone))


@given(rhythm=rhythms, zone=zones, after=times, quiet=quiets)
def test_a_due_time_comes_later_and_at_no_quiet_hour(
    rhythm: Rhythm, zone: str, after: int, quiet: Quiet
) -> None:
    """It is a full hour by the clock there, and within a week and a day."""
    due = next_due(rhythm, zone, after, quiet)
    assert after < due <= after + 8 * DAY
    assert local(due, zone).minute == 0
    assert not is_quiet(local(due, zone).hour, quiet)


@given(zone=zones, after=times, rhythm=st.sampled_from([Rhythm.MORNINGS, Rhythm.MONDAYS]))
def test_a_month_of_mornings_has_one_a_day(zone: str, after: int, rhythm: Rhythm) -> None:
    """At 8:00 of each day, or of each Monday, also around a change of the clocks."""
    found: list[int] = []
    while after < found[0] + 40 * DAY if found else True:
        after = next_due(rhythm, zone, after)
        found.append(after)
    moments = [local(each, zone) for each in found]
    assert {each.hour for each in moments} == {8}
    step = timedelta(days=1 if rhythm is Rhythm.MORNINGS else 7)
    days = [each.date() for each in moments]
    assert [later - day for day, later in pairwise(days)] == [step] * (len(days) - 1)
    assert rhythm is Rhythm.MORNINGS or {each.weekday() for each in moments} == {0}


@given(zone=zones, after=times, quiet=quiets)
def test_each_hour_that_is_not_quiet_is_one_run(zone: str, after: int, quiet: Quiet) -> None:
    """Hours that come twice are two runs, hours that the clock skips are none, and no other is left out."""
    found, at = [], after
    while at < after + 3 * DAY:
        at = next_due(Rhythm.HOURLY, zone, at, quiet)
        found.append(at)
    quarters = range(after - after % (HOUR // 4) + HOUR // 4, found[-1] + 1, HOUR // 4)
    full = [each for each in quarters if local(each, zone).minute == 0]
    assert found == [each for each in full if not is_quiet(local(each, zone).hour, quiet)]


@given(rhythm=rhythms, zone=zones, now=times, quiet=quiets)
def test_what_was_missed_begins_when_it_is_not_quiet(
    rhythm: Rhythm, zone: str, now: int, quiet: Quiet
) -> None:
    """At once, or within a day and no later than the next regular run."""
    begins = begins_at(rhythm, zone, now, quiet)
    assert not is_quiet(local(begins, zone).hour, quiet)
    if begins != now:
        assert is_quiet(local(now, zone).hour, quiet)
        assert now < begins <= min(next_due(rhythm, zone, now, quiet), now + 2 * DAY)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Amsterdam", "2026-03-29"),
        ("Europe/Amsterdam", "2026-10-25"),
        ("America/New_York", "2026-11-01"),
    ],
)
def test_eight_is_eight_when_clocks_change(zone: str, day: str) -> None:
    """The morning before the change, that of the change and the one after are 8:00 by the clock."""
    at = round(datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=UTC).timestamp() * 1000) - DAY
    said = []
    for _ in range(3):
        at = next_due(Rhythm.MORNINGS, zone, at)
        said.append(local(at, zone).strftime("%H:%M"))
    assert said == ["08:00"] * 3
