"""Texts inside a table: months, yes and no, missing values, durations, sizes of data."""

from datetime import UTC, datetime

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NOON = ("am", "pm")

MOMENT = "{date_short_pretty} at {time}"
"""A day and a clock; Slack puts its own words for them into the braces."""
DAY = "{date_short_pretty}"
"""A day alone."""

YES = "Yes"
NO = "No"
NOTHING = "–"
"""What stands for SQL's NULL among other values."""
NOTHING_EXPLAINED = f"{NOTHING} means that there is no value."
NO_VALUE = "No value"
"""What stands for it where it is the whole answer."""
NO_TEXT = "Empty text"
"""What stands for a text without a letter where it is the whole answer."""
NO_NUMBERS = {"NaN": "not a number", "Infinity": "∞", "-Infinity": "-∞"}
"""What floating point holds instead of a number, by Databricks' name."""
UNNAMED = "Unnamed"
MADE_BY = {
    "sum": "sum",
    "count": "count",
    "count distinct": "count of different ones",
    "average": "average",
    "median": "median or percentile",
    "min": "lowest",
    "max": "highest",
    "spread": "spread",
    "ratio": "ratio",
}
"""How values are made, where the name of their column says otherwise."""
NAMELESS = "(no value)"
"""What rows, bars and lines without a name are called."""

PARTS_OF_TIME = {
    "YEAR": ("year", "years"),
    "MONTH": ("month", "months"),
    "DAY": ("day", "days"),
    "HOUR": ("h", "h"),
    "MINUTE": ("min", "min"),
    "SECOND": ("s", "s"),
}


BINARY = "binary data"


def quarter(number: int) -> str:
    """Name a quarter of a year."""
    return f"Q{number}"


def binary(size: int) -> str:
    """Say how long something is that nobody can read."""
    return "1 byte" if size == 1 else f"{size} bytes"


def lasting(value: str, part: str) -> str:
    """Say one part of a length of time: "2 days"; `value` is a number as text."""
    one, several = PARTS_OF_TIME[part]
    return f"{value} {one if value in {'1', '-1'} else several}"


def moment(seconds: float, shown: str = MOMENT) -> str:
    """Return a moment in seconds since 1970 as mrkdwn; nothing for one that no calendar has.

    https://docs.slack.dev/messaging/formatting-message-text#date-formatting
    """
    known = whole_seconds(seconds)
    return "" if known is None else f"<!date^{known[0]}^{shown}|{known[1]}>"


def whole_seconds(seconds: float) -> tuple[int, str] | None:
    """Return a moment in whole seconds and what stands there where Slack cannot show it; None as above."""
    try:
        known = datetime.fromtimestamp(max(seconds, 0), UTC)
    except (OverflowError, ValueError, OSError):
        return None
    return int(known.timestamp()), f"{known:%Y-%m-%d %H:%M} UTC"


def named_by(heading: str, value: str) -> str:
    """Name a group by what is a number, or yes or no, in a column."""
    return f"{heading} {value}"
