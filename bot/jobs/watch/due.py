"""When a watch is due: pure functions of its rhythm and the time zone of its owner."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.records.watch import QUIET, Quiet, Rhythm

MORNING = 8
"""The hour at which a day's watches are due."""
MONDAY = 0
DAY = timedelta(days=1)
STEP = timedelta(minutes=15)
"""The full hours of every time zone are among the quarters of UTC's."""


def next_due(rhythm: Rhythm, time_zone: str, after_ms: int, quiet: Quiet = QUIET) -> int:
    """Return the first time after `after_ms` at which a watch is due; both are milliseconds since 1970.

    Never in quiet hours: a morning that is quiet begins when they are over. A clock that is put forward or
    back neither takes a morning away nor doubles it.
    """
    zone, after = zone_of(time_zone), datetime.fromtimestamp(after_ms / 1000, UTC)
    if rhythm is Rhythm.HOURLY:
        due = next(at for at in _full_hours(after, zone) if not is_quiet(at.hour, quiet))
    else:
        hour = quiet[1] if is_quiet(MORNING, quiet) else MORNING
        mornings = _days_at(hour, after, zone)
        due = next(at for at in mornings if rhythm is Rhythm.MORNINGS or at.weekday() == MONDAY)
    return _milliseconds(due)


def begins_at(rhythm: Rhythm, time_zone: str, now_ms: int, quiet: Quiet = QUIET) -> int:
    """Return when a run may begin that is due, or was missed: now, or once quiet hours are over.

    Where the watch is due on that day anyway, that run is the one.
    """
    zone = zone_of(time_zone)
    now = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(zone)
    if not is_quiet(now.hour, quiet):
        return now_ms
    over = next_due(Rhythm.HOURLY, time_zone, now_ms, quiet)
    regular = next_due(rhythm, time_zone, now_ms, quiet)
    return regular if _day(regular, zone) == _day(over, zone) else over


def is_quiet(hour: int, quiet: Quiet) -> bool:
    """Tell whether an hour of the day is quiet; none is where quiet hours end as they begin."""
    begins, ends = quiet
    return begins <= hour < ends if begins <= ends else not ends <= hour < begins


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its name; UTC for one that is not known here."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def _full_hours(after: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the local times after one at which an hour begins; one that comes twice is two hours."""
    at = after.replace(minute=after.minute - after.minute % 15, second=0, microsecond=0)
    while True:
        at += STEP
        local = at.astimezone(zone)
        if not local.minute:
            yield local


def _days_at(hour: int, after: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the local times after one at which it is an hour of the day: of each day one."""
    day = after.astimezone(zone).date() - DAY
    while True:
        # The first of two that are the same by the clock; one that the clock skips is what it says then.
        at = datetime(day.year, day.month, day.day, hour, tzinfo=zone).astimezone(UTC)
        if at > after:
            yield at.astimezone(zone)
        day += DAY


def _day(ms: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(ms / 1000, zone).date()


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
