"""Texts around an answer: how Genie read the question, number of rows, sources."""

from collections.abc import Sequence

from render.text.locales import ANYWHERE, Locale
from render.words.export import CSV

SQL_TITLE = "Show the SQL"
SQL_FILE = "The SQL of this answer"
TEXT_FILE = "The whole text of this answer"
SQL_IN_FILE = "The SQL is long, so it is in the attached file."
SQL_NOT_SENT = "The SQL is long, and its file did not get into Slack."
TEXT_IN_FILE = "Shortened here; the whole text is in the attached file."
TEXT_NOT_SENT = "Shortened here, and the file with the whole text did not get into Slack."
NEXT_QUESTIONS = "You could ask next:"
REPLY_HERE = "Reply in this thread to answer."
NO_ROWS = "No rows that I may see match this question."
NO_ROWS_HINT = "Try another period, fewer filters or other names, and reply here."
NO_ANSWER = (
    "Genie finished without an answer. Ask it again in other words, or name the figures you are after."
)
ROWS_UNREADABLE = "I could not read the rows of this answer. Ask the question again to see them."
CONTEXT_LOST = "The earlier conversation is gone, so I started a new one. Say again what it should build on."
AI_GENERATED = "AI-generated, check before you decide"
POWERED_BY = "Powered by Genie"
SHORTENED = "Long values are shortened."
GENIE_CHART = "Chart by Genie"


def how_i_read_it(reading: str) -> str:
    """Say how Genie read the question."""
    return f"How I read it: {reading}"


def trusted(values: str) -> str:
    """Label an answer whose query the space's author verified, with the values that were filled in."""
    trusted = "Trusted answer: the author of this space verified the query."
    return f"{trusted} Filled in: {values}" if values else trusted


def in_space(title: str) -> str:
    """Name the space that was asked."""
    return f"Genie space: {title}"


def provenance(space_title: str, asked_as: str, read_at: str) -> str:
    """Say where the answer comes from, as whom it was asked, of when its data is, and what to think of it."""
    space = in_space(space_title) if space_title else ""
    data = f"Data read {read_at}" if read_at else ""
    return " · ".join(filter(None, (space, asked_as, data, AI_GENERATED, POWERED_BY)))


def rows_shown(
    shown: int,
    held: int,
    total: int,
    *,
    truncated: bool,
    locale: Locale = ANYWHERE,
    attached: bool = True,
) -> str:
    """Say how many rows there are, how many are shown, and where the rest is, if its file came."""
    number = locale.whole
    counted = "1 row." if total == 1 else f"{number(total)} rows."
    first = "1" if shown == 1 else f"the first {number(shown)}"
    said = [counted if shown >= total else f"Showing {first} of {number(total)} rows."]
    if truncated:
        said.append("Genie cut the result here, so there are more: narrow the question to see them.")
    if held > shown:
        which = "all" if held == total and not truncated else "the first"
        rest = f"{which} {number(held)}"
        said.append(
            f"The attached CSV has {rest}."
            if attached
            else f"The CSV with {rest} did not get into Slack: press {CSV} to try again."
        )
    elif shown < total and not truncated:
        said.append("I could read no more than these: narrow the question to see the others.")
    return " ".join(said)


def columns_left_out(names: Sequence[str], others: int, *, attached: bool = True) -> str:
    """Name the columns that did not fit, and count the `others`; the file holds them all, if it came."""
    more = f" and {others:,} more" if others else ""
    where = ", but in the attached CSV" if attached else ""
    return f"Columns not shown{where}: {', '.join(names)}{more}."


def sql_in_file(attached: bool) -> str:  # noqa: FBT001 - the only thing to know
    """Say where long SQL is."""
    return SQL_IN_FILE if attached else SQL_NOT_SENT


def text_in_file(attached: bool) -> str:  # noqa: FBT001 - the only thing to know
    """Say where a whole text is."""
    return TEXT_IN_FILE if attached else TEXT_NOT_SENT
