"""Texts for questions without an answer: the reason, and what to do next."""

# Buttons

TRY_AGAIN = "Try Again"
ASK_AGAIN = "Ask Again"
CHECK_AGAIN = "Check Again"

# When Databricks refuses

NOT_REACHED = "I cannot reach Databricks right now. Try again in a few minutes."
MAYBE_ASKED = (
    "The connection broke while I was asking, and I cannot tell whether Genie got the question. "
    "Ask again if you still need the answer."
)
STREAM_BROKEN = (
    "The connection to Genie broke while it was working on this, and I could not find out what came of it. "
    "Ask again if you still need the answer."
)
BAD_REQUEST = "Genie did not accept this question. Make it shorter or put it in other words, then ask again."
SIGN_IN_FAILED = "My sign-in to Databricks is not valid. The admin of this bot can renew it; then ask again."
GRANT_ENDED = "Your sign-in to Databricks has ended. Ask again, and you get a link to sign in."
SCOPE_REFUSED = (
    "Databricks does not allow this bot a scope that it asks for. The admin of this bot can change "
    "`DATABRICKS_OAUTH_SCOPES`; then sign in again."
)
FORBIDDEN = "I may not use this Genie space. Ask its owner to give me CAN RUN on it, then ask again."
SCOPE_MISSING = (
    "My sign-in to Databricks lacks the right to use Genie. The admin of this bot can add the scope `genie`."
)
NOT_FOUND = "This Genie space or conversation does not exist any more. Start fresh, or tell the bot's admin."
CONFLICT = "Genie is still busy with another question in this conversation. Try again when it is answered."
RATE_LIMITED = "Genie has reached its limit of questions for this workspace. Try again in a minute."
NOT_ENABLED = "Genie is not switched on for this Databricks workspace. A workspace admin can enable it."
AGENT_MODE_OFF = (
    "Dig Deeper needs Genie's agent mode, which is not switched on for this Databricks workspace. "
    "A workspace admin can enable it."
)
UNAVAILABLE = "Databricks is temporarily unavailable. Try again in a few minutes."
UNREADABLE = "Databricks sent something that I cannot read. Try again; if it stays, tell the bot's admin."
STATEMENT_FAILED = "The query behind this answer failed. Put the question in other words, or try again."
STATEMENT_FORBIDDEN = (
    "The query needs a table that I may not read. Ask the owner of this Genie space for access."
)

# When Genie fails

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
OTHER_VERSION = "I cannot read this question any more, as another version of me took it. Please ask it again."
SLACK_REFUSED = "Slack would not show this answer. Ask for fewer rows or columns, or tell the bot's admin."
RELATED = "Related questions that may work:"


def reference(message_id: str) -> str:
    """Give an admin what finds a failed message in Genie; the id is data."""
    return f"Reference for the admin: {message_id}"
