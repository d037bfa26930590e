"""Texts for the operator about each cause of failure: in the log and in docs/operating/causes.md.

Each sentence says what happened and what to check or do.
"""

NOT_SENT = "Databricks could not be reached: check network, proxy and DATABRICKS_HOST."
AMBIGUOUS = "Nobody knows whether Genie got a question: ordinary now and then, else check network and proxy."
BAD_REQUEST = "Databricks refused the question itself: if it refuses every question, check GENIE_SPACE."
SIGN_IN_FAILED = "Databricks wants another sign-in: renew its token or client, check proxy and Private Link."
GRANT_ENDED = "What a person gave at a sign-in serves no more: nothing to do, the person signs in again."
SCOPE_REFUSED = "The app connection may not have a scope: allow it there, or change DATABRICKS_OAUTH_SCOPES."
FORBIDDEN = (
    "The bot's identity may not use the space: give it CAN RUN, and check IP access lists and budgets."
)
SCOPE_MISSING = (
    "The token lacks a scope: give it `genie` or `all-apis`, where people sign in by DATABRICKS_OAUTH_SCOPES."
)
NOT_FOUND = (
    "The space or the conversation is gone: check GENIE_SPACE, and whether somebody deleted the conversation."
)
CONFLICT = "Another client asks in the bot's conversations: nothing to do if it is rare."
RATE_LIMITED = (
    "The workspace's limit of questions is reached: others share it, so lower QUESTIONS_PER_MINUTE."
)
NOT_ENABLED = (
    "The Genie API is off in this workspace: a workspace admin enables it among the previews and AI settings."
)
AGENT_MODE_OFF = (
    "Genie's agent mode is off in this workspace: a workspace admin enables it among the previews, "
    "until then only chat mode is offered."
)
STREAM_BROKEN = (
    "A run of agent mode broke off and could not be looked up: check network and proxy, which must not hold "
    "streams back."
)
UNAVAILABLE = "Databricks is overloaded or in maintenance: look at its status page if it lasts."
UNREACHABLE = "A look at Databricks got no reply: check network and proxy if it lasts."
LINK_EXPIRED = (
    "The storage refused a link to a full result: check its network rules if it refuses every link."
)
MALFORMED = (
    "Databricks, or a proxy before it, sent what is not the API's: report it with the request id if it lasts."
)
STATEMENT_FAILED = "Genie's SQL did not run: open the conversation in Databricks to see why."
STATEMENT_FORBIDDEN = "The bot's identity may not read a table of the space: grant SELECT in Unity Catalog."
UNKNOWN = "The call failed in a way that has no name: report it with the request id if it lasts."

MODEL_BUSY = (
    "The model behind Genie is at its limit: nothing to do if it is rare, else ask Databricks for more."
)
HICCUP = (
    "Genie failed on its own side: nothing to do if it is rare, else report the message id to Databricks."
)
TOO_LONG = "The conversation or question is too long for Genie: nothing to do."
FILTERED = "Databricks' content filter stopped the question: nothing to do."
SQL_FAILED = "Genie wrote SQL that does not run: improve the space's instructions, joins and example queries."
NO_WAREHOUSE = "The space's SQL warehouse is missing or not permitted: set one, and give the bot CAN USE."
NO_TABLES = (
    "The space cannot read its tables: check that they exist and that the bot's identity may read them."
)
TABLES_COMING = "The space's tables are still being set up: nothing to do if it ends."
BAD_SETUP = "A function or certified answer of the space is set up wrongly: its author has to correct it."
NO_MODEL = "Genie's model is not available: check the workspace's region and AI settings, or ask Databricks."
CLASH = "Somebody asks in the bot's conversations besides the bot: nothing to do if it is rare."
REMOVED = "Somebody cancelled or deleted the message in Databricks: nothing to do."
WRONG_MODE = "The conversation is of another mode than chat: nothing to do, the bot begins a new one."
NO_CHART = "A chart was wanted without a query: nothing to do."
NO_REASON = "Genie gave no reason, or one that is new: look the message id up in the space's history."

CANCELLED = "The question or its SQL warehouse was stopped in Databricks: nothing to do if it is rare."
EMPTY = "Genie finished without an answer: improve the space's instructions if it is frequent."
ROWS_GONE = "The rows had expired and could not be read again: check the SQL warehouse if it is frequent."
OVERDUE = "Genie took longer than ANSWER_DEADLINE_SECONDS: look for a slow or cold SQL warehouse."
BLOCKED = "Another question held the conversation until the deadline: look for other clients in it."
CRASHED = "A fault of the bot: the line `step.crashed` before it says where; please report it."
OTHER_VERSION = (
    "Another version of the bot stored it, and none of its processes ran for ten minutes: nothing to do, "
    "unless versions still run side by side."
)
SPACE_NOT_CHOSEN = (
    "Nobody pressed the button of a Genie space within an hour: if it is frequent, write in GENIE_SPACES "
    "what each space is about."
)
NOT_SIGNED_IN = "Its person did not sign in to Databricks within an hour: nothing to do if it is rare."
SIGNED_OUT = "Its person signed out of Databricks, or their account in Slack was deactivated: nothing to do."
IDENTITY_CHANGED = "IDENTITY was changed while Genie worked on it: nothing to do."
NO_EMAIL = (
    "Slack shows no e-mail address of its person: check the scope users:read.email, then the person's "
    "profile."
)
SLACK_REFUSED = "Slack refused every form of the answer: the line `step.refused` before it has Slack's word."
