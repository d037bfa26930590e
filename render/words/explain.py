"""Texts of "How I Got This".

Arguments are data, and go where Slack parses nothing, unless a function says otherwise.
"""

from render.words.results.values import moment

EXPLAIN = "How I Got This"
"""Names the button and what it opens."""
OPENING = (
    "Reading how Genie got this…\nIf nothing else appears within a minute, close this and press the "
    "button again."
)
CLOSE = "Close"
OPEN_GENIE = "Open in Databricks"

READING = "How Genie read the question"
THOUGHTS = "Genie's notes"
DATA = "What it is based on"
SQL = "The SQL"
TABLES = "Tables"
CERTIFICATION = {"certified": "certified", "deprecated": "deprecated"}
"""What the stewards of a table say of it, by Databricks' word for that."""
LAST_ALTERED = "last altered "
"""A moment comes after it."""
OWNED_BY = "owned by "
"""A name comes after it."""
SERVICE_PRINCIPAL = "a service principal"
ALTERED_NOTE = (
    "When a table was last altered is what Unity Catalog notes about the table itself. It does not say how "
    "fresh the rows are."
)
COLUMNS = "Columns"
FILTERS = "Filters"
NO_FILTERS = "None: the query puts no condition on the rows."
UNKNOWN_TABLES = "I could not take this query apart. Read its tables and filters in the SQL below."
TRUSTED = "Trusted answer: the author of this space verified the query, with these values filled in."
SHORTENED = "Shortened here: the rest is in the conversation in Databricks."
SQL_SHORTENED = "Shortened here: the whole SQL is with the answer in the thread."
NOTHING_SAID = "Genie left no notes on this answer. Ask it in the thread how it got there."

IS = ": "
NEXT = ", "
AND_OTHERS = " and others"
VALUE = "{}"
MADE = {
    "sum": "sum of {}",
    "count": "number of {}",
    "count distinct": "number of different {}",
    "average": "average of {}",
    "median": "median or percentile of {}",
    "min": "lowest {}",
    "max": "highest {}",
    "spread": "spread of {}",
    "ratio": "ratio of {}",
    "share": "share of the total of {}",
    "rank": "place by {}",
    "bucket": "groups by {}",
    "previous": "{} of another row",
    "difference": "difference of {}",
    "change": "change of {}",
    "list": "list of {}",
}
"""How a column is made, by its operation; {} stands for the columns that it is made of."""
CALCULATED = " a calculation with {}"
"""Takes the place of one column where several go into a sum or an average."""
MADE_OF_ROWS = {
    "count": "number of rows",
    "ratio": "ratio of numbers of rows",
    "share": "share of all rows",
    "previous": "number of rows of another row",
    "difference": "difference of numbers of rows",
    "change": "change of a number of rows",
}
"""The same where no column is named: rows were counted."""
OVER_ROWS = {"running": "running {}", "moving": "moving {}", "repeated": "{} over several rows"}
"""Aggregates over other rows of the result."""
SOME_ROWS = ", where a condition holds"
GRAINS = {
    ("time", "minute"): "minutes of {}",
    ("time", "hour"): "hours of {}",
    ("time", "day"): "days of {}",
    ("time", "week"): "weeks of {}",
    ("time", "month"): "months of {}",
    ("time", "quarter"): "quarters of {}",
    ("time", "year"): "years of {}",
    ("date part", "minute"): "minute of the hour of {}",
    ("date part", "hour"): "hour of the day of {}",
    ("date part", "weekday"): "day of the week of {}",
    ("date part", "day"): "day of the month or year of {}",
    ("date part", "week"): "week of the year of {}",
    ("date part", "month"): "month of the year of {}",
    ("date part", "quarter"): "quarter of the year of {}",
}
"""Periods and positions in a calendar, by operation and grain."""

KINDS = {
    "UNDERSTANDING": "The question",
    "DATA_SOURCING": "The data",
    "INSTRUCTIONS": "Instructions it followed",
    "STEPS": "Steps",
    "DESCRIPTION": "Description",
}
"""Genie's kinds of thoughts, without what they all begin with."""
OTHER_KIND = "Other notes"

TOO_OLD = "I remember for seven days how an answer came about, and this one is older. Ask it again to see."
FORGOTTEN = (
    "This thread was forgotten, and with it how its answers came about. Ask the question again to see."
)
TOO_MANY = "Too many people look at once. Press the button again in a moment."
STOPPED = "I was restarted in between. Close this and press the button again."
TOO_SLOW = "Databricks takes too long just now. Close this and press the button again in a minute."
NOT_FOUND_NOW = "My database is down, so I could not look this up. Close this and press again in a minute."


def rows(count: int | None, *, cut: bool) -> str:
    """Say how many rows there are, and whether Genie left some out."""
    counted = "" if count is None else "1 row." if count == 1 else f"{count:,} rows."
    more = "Genie cut the result here, so there are more: narrow the question to see them." if cut else ""
    return " ".join(filter(None, (counted, more)))


def read_at(seconds: float) -> str:
    """Say when the data was read, as mrkdwn that Slack shows in the reader's own time zone."""
    shown = moment(seconds)
    return f"Data read: {shown}." if shown else ""


def and_more(count: int) -> str:
    """Say that a list goes on."""
    return f"and {count:,} more"
