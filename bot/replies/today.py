"""The day on which an answer was read, where its reader is."""

from datetime import date, datetime, timedelta, timezone

from bot.slack.users import Person
from genie.model import Answer


def today_of(answer: Answer, reader: Person) -> date:
    """Return the reader's day when the rows were read: which period was over is seen from there."""
    zone = timezone(timedelta(seconds=reader.utc_offset))
    try:
        if answer.read_at:
            return datetime.fromtimestamp(answer.read_at, zone).date()
    except (OverflowError, ValueError, OSError):
        pass  # no time that exists
    return datetime.now(zone).date()
