"""Every sentence that a person can read. Short, plain, without blame, and ending with what to do next.

Arguments must be safe mrkdwn already (`render.text.escape`), unless a function says that it does that itself.
"""

from collections.abc import Sequence

from render.text.escape import literal
from render.text.locales import ANYWHERE, Locale

# --- Buttons -----------------------------------------------------------------------------------------

TRY_AGAIN = "Try Again"
ASK_AGAIN = "Ask Again"
CHECK_AGAIN = "Check Again"

# --- While people wait -------------------------------------------------------------------------------

WORKING = "Asking Genie…"
BEHIND_PREVIOUS = "One question at a time here: yours comes next, after the one before it in this thread."
STILL_RUNNING = "Genie is still working on this. The answer appears here as soon as it is ready."

STATUS = {
    "SUBMITTED": "has received the question…",
    "FETCHING_METADATA": "is looking at the data catalog…",
    "FILTERING_CONTEXT": "is choosing relevant tables…",
    "ASKING_AI": "is thinking…",
    "PENDING_WAREHOUSE": "is starting the SQL warehouse…",
    "EXECUTING_QUERY": "is running the query…",
}
"""Genie's statuses as Slack's status line shows them, after the bot's name."""
STATUS_OTHER = "is working on it…"


def waiting(place: int, seconds: float) -> str:
    """Name a place in line; `place` counts from 1."""
    return f"Number {place:,} in line, {about(seconds)}. I answer here."


def about(seconds: float) -> str:
    """Say a wait as a person would, rounded up: "about 1 min 10 s"."""
    tens = max(1, -(-int(max(seconds, 0) + 0.999) // 10)) * 10
    minutes, rest = divmod(tens, 60)
    if minutes >= 10:  # noqa: PLR2004 (nobody counts seconds then)
        return f"about {minutes + (rest > 0)} min"
    said = [f"{minutes} min"] * (minutes > 0) + [f"{rest} s"] * (rest > 0)
    return "about " + " ".join(said)


# --- Around an answer --------------------------------------------------------------------------------

SQL_TITLE = "Show the SQL"
SQL_FILE = "The SQL of this answer"
TEXT_FILE = "The whole text of this answer"
SQL_IN_FILE = "The SQL is long, so it is in the attached file."
TEXT_IN_FILE = "Shortened here; the whole text is in the attached file."
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


def provenance(space_title: str, read_at: str) -> str:
    """Say where the answer comes from, of when its data is, and what to think of it."""
    space = f"Genie space: {space_title}" if space_title else ""
    data = f"Data read {read_at}" if read_at else ""
    return " · ".join(filter(None, (space, data, AI_GENERATED, POWERED_BY)))


def rows_shown(shown: int, held: int, total: int, *, truncated: bool, locale: Locale = ANYWHERE) -> str:
    """Say how many rows there are, how many are shown, and where the rest is."""
    number = locale.whole
    counted = "1 row." if total == 1 else f"{number(total)} rows."
    first = "1" if shown == 1 else f"the first {number(shown)}"
    said = [counted if shown >= total else f"Showing {first} of {number(total)} rows."]
    if truncated:
        said.append("Genie cut the result here, so there are more: narrow the question to see them.")
    if held > shown:
        which = "all" if held == total and not truncated else "the first"
        said.append(f"The attached CSV has {which} {number(held)}.")
    elif shown < total and not truncated:
        said.append("I could read no more than these: narrow the question to see the others.")
    return " ".join(said)


def columns_left_out(names: Sequence[str], others: int) -> str:
    """Name the columns that did not fit, and count the `others`; the file holds them all."""
    more = f" and {others:,} more" if others else ""
    return f"Columns not shown, but in the attached CSV: {', '.join(names)}{more}."


# --- The slash command and mentions ------------------------------------------------------------------

HELP = (
    "Ask me about your data in plain words, and Genie answers with a table, a chart and the SQL.\n"
    "• Mention me in a channel: I answer in the thread of your message.\n"
    "• Reply in that thread to go on: “and by month?”, “only EMEA”.\n"
    "• Type `/genie` and your question to ask from anywhere.\n"
    "• Type `/genie new` to begin a new conversation in your latest thread.\n"
    "• Write to me directly, or type `/genie private` and your question, for answers that only you see.\n"
    "Now ask something, for example: “total sales by region last quarter”."
)
COMMAND_RECEIVED = "Got it. I post your question here and answer in its thread."
NOT_IN_CHANNEL = "I am not in this channel yet. Type `/invite @Genie`, then ask again."
CHANNEL_CLOSED = "I may not post in this channel: it is archived or restricted. Ask me in another one."
EXTERNAL_PERSON = (
    "I answer people of this workspace only. Ask a colleague who works here to put the question."
)
BUTTON_TOO_OLD = "This button is too old to use. Type the question again and I will ask it."
ALREADY_ASKED = "That has been asked already. Look for the answer in this thread."
NOT_STORED = "I could not take that just now. If nothing happens within a minute, please try it again."


def asked(mention: str, question: str) -> str:
    """Show a question from `/genie` or a button in the channel; the question is escaped here."""
    return f"{mention or 'Somebody'} asked: {literal(question)}"


def question_too_long(limit: int) -> str:
    """Refuse a question that exceeds what we send to Genie."""
    return f"This question is longer than {limit:,} characters. Shorten it and ask again."


# --- When Databricks refuses -------------------------------------------------------------------------

NOT_REACHED = "I cannot reach Databricks right now. Try again in a few minutes."
MAYBE_ASKED = (
    "The connection broke while I was asking, and I cannot tell whether Genie got the question. "
    "Ask again if you still need the answer."
)
BAD_REQUEST = "Genie did not accept this question. Make it shorter or put it in other words, then ask again."
SIGN_IN_FAILED = "My sign-in to Databricks is not valid. The admin of this bot can renew it; then ask again."
FORBIDDEN = "I may not use this Genie space. Ask its owner to give me CAN RUN on it, then ask again."
SCOPE_MISSING = (
    "My sign-in to Databricks lacks the right to use Genie. The admin of this bot can add the scope `genie`."
)
NOT_FOUND = "This Genie space or conversation does not exist any more. Start fresh, or tell the bot's admin."
CONFLICT = "Genie is still busy with another question in this conversation. Try again when it is answered."
RATE_LIMITED = "Genie has reached its limit of questions for this workspace. Try again in a minute."
NOT_ENABLED = "Genie is not switched on for this Databricks workspace. A workspace admin can enable it."
UNAVAILABLE = "Databricks is temporarily unavailable. Try again in a few minutes."
UNREADABLE = "Databricks sent something that I cannot read. Try again; if it stays, tell the bot's admin."
STATEMENT_FAILED = "The query behind this answer failed. Put the question in other words, or try again."
STATEMENT_FORBIDDEN = (
    "The query needs a table that I may not read. Ask the owner of this Genie space for access."
)

# --- When Genie fails --------------------------------------------------------------------------------

GENIE_BUSY = "The model behind Genie is at its limit. Try again in a minute."
GENIE_HICCUP = "Genie stumbled over this one. Try again; it usually works the second time."
FILTERED = "Genie's content filter stopped this question. Put it in other words and ask again."
SQL_FAILED = (
    "Genie wrote a query that did not run. Put the question in other words, or name the tables you mean."
)
NO_WAREHOUSE = "The SQL warehouse of this Genie space is missing or not permitted. Its owner can mend that."
NO_TABLES = (
    "This Genie space cannot read its tables. Its owner can mend that: check that they exist and are shared."
)
TABLES_COMING = "The tables of this Genie space are still being set up. Try again in a few minutes."
BAD_SETUP = "A saved answer or function of this Genie space is set up wrongly. Its owner can mend that."
NO_MODEL = "Genie's model is not available in this Databricks workspace. A workspace admin can mend that."
CLASH = "Another question was running here at the same moment. Try again."
REMOVED = "This question was cancelled or deleted in Genie. Ask it again if you still need the answer."
NO_CHART = "There was nothing to draw. Ask for figures first, then for the chart."
NO_REASON = "Genie could not answer this question. Put it in other words and ask again."
CANCELLED = "This question was stopped in Genie, or its SQL warehouse was. Try again."
DEADLINE = "Genie has not finished in the time I wait. It may still be working: check again in a while."
CRASHED = "Something went wrong on my side, not yours. Try again; if it stays, tell the bot's admin."
SLACK_REFUSED = "Slack would not show this answer. Ask for fewer rows or columns, or tell the bot's admin."
RELATED = "Related questions that may work:"


def reference(message_id: str) -> str:
    """Give an admin what finds a failed message in Genie; the id is data."""
    return f"Reference for the admin: {message_id}"
