"""The day on which an answer was read."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.replies.today import today_of
from bot.slack.users import Person
from genie.model import Answer, MessageRef

REF = MessageRef("s", "c", "m")
LATE = datetime(2026, 11, 30, 23, 30, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("hours", "day"), [(0, date(2026, 11, 30)), (1, date(2026, 12, 1)), (-8, date(2026, 11, 30))]
)
def test_it_is_the_day_where_the_reader_is(hours: int, day: date) -> None:
    """Half an hour before midnight in London it is another day in Berlin, and another month."""
    assert today_of(Answer(REF, read_at=LATE), Person(utc_offset=hours * 3_600)) == day


@pytest.mark.parametrize("read_at", [None, 1e20])
def test_without_a_time_of_reading_it_is_today(read_at: float | None) -> None:
    """Genie does not always say when it read, and whatever it says, there is a day."""
    zone = Person(utc_offset=0)
    assert abs(today_of(Answer(REF, read_at=read_at), zone) - datetime.now(UTC).date()) <= timedelta(days=1)
