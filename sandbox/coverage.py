"""What of the two vendors' platforms the sandbox emulates, and where each thing is tested.

Tests compare this with what is registered; `python -m sandbox.coverage` writes `docs/sandbox.md`.
"""

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One method or behaviour: the test file that proves it, and where it stops short of the real one."""

    name: str
    tests: str
    note: str = ""


_SDK = "databricks/test_sdk"
_MESSAGES = "databricks/api/test_messages"
_RESULTS = "databricks/api/test_results"
_REFUSALS = "databricks/api/test_refusals"
_FEEDBACK = "databricks/api/test_feedback"
_EXPORTS = "databricks/api/test_exports"
_CHARTS = "databricks/api/test_charts"
_AUTHORIZE = "databricks/oauth/test_authorize"
_TOKENS = "databricks/oauth/test_token_endpoint"
_SIGN_IN = "databricks/oauth/test_sign_in"
_RIGHTS = "databricks/api/test_rights"
_TURNS = "databricks/genie/test_turns"
_FAULTS = "test_faults"
_SERVING = "databricks/api/test_serving"
_WORKSPACE = "databricks/api/test_workspace"
_AGENT_MODE = "databricks/api/test_agent_mode"
_AGENT_RUNS = "databricks/api/test_agent_runs"
_FRESH_CLIENT = "databricks/agent_mode/test_fresh_client"
_CATALOG = "databricks/api/test_unity_catalog"

_CHAT = "slack/methods/test_chat"
_METHODS_TESTS = "slack/methods/test_team_and_conversations"
_PEOPLE = "slack/methods/test_people"
_USER_GROUPS = "slack/methods/test_user_groups"
_PROGRESS = "slack/methods/test_progress"
_FILES = "slack/methods/test_files"
_ACTIONS = "slack/operations/test_user_actions"
_SOCKET = "slack/transport/test_socket_mode"
_HTTP = "slack/transport/test_http_mode"
_PAGE = "slack/page/test_routes"

METHODS = (
    Row("api.test", _METHODS_TESTS),
    Row("auth.test", _METHODS_TESTS),
    Row("apps.connections.open", _SOCKET),
    Row("team.info", _METHODS_TESTS),
    Row("users.info", _PEOPLE),
    Row("users.list", _METHODS_TESTS, "no people of other companies"),
    Row("users.lookupByEmail", _METHODS_TESTS),
    Row("usergroups.users.list", _USER_GROUPS),
    Row("conversations.list", _METHODS_TESTS),
    Row("conversations.info", _PEOPLE),
    Row("conversations.open", _METHODS_TESTS, "one person only; opens no group messages"),
    Row("conversations.join", _METHODS_TESTS),
    Row("conversations.members", _PEOPLE),
    Row("conversations.history", _METHODS_TESTS),
    Row("conversations.replies", _METHODS_TESTS),
    Row("chat.postMessage", _CHAT, "no name or icon of its own"),
    Row("chat.update", _CHAT, "no `file_ids`, no `block_mismatch`, no edit window"),
    Row("chat.delete", _CHAT),
    Row("chat.postEphemeral", _CHAT),
    Row("chat.getPermalink", _CHAT),
    Row("reactions.add", _METHODS_TESTS, "any name is an emoji"),
    Row("reactions.remove", _METHODS_TESTS),
    Row("assistant.threads.setStatus", _PROGRESS, "60 a minute; Slack's number is not documented"),
    Row("agents.sessions.setStatus", _PROGRESS, "Slack's word for an app that is no agent is not known"),
    Row("files.getUploadURLExternal", _FILES),
    Row("files.completeUploadExternal", _FILES, "one channel; no `blocks`"),
    Row("files.info", _FILES),
    Row("files.delete", _FILES),
    Row("views.open", _ACTIONS),
    Row("views.push", _ACTIONS),
    Row("views.update", _ACTIONS),
    Row("views.publish", _ACTIONS),
)

SLACK_BEHAVIOURS = (
    Row("Socket Mode: tickets, hello, acks, redelivery, disconnects, ten connections", _SOCKET),
    Row("HTTP mode: signatures, challenge, retry headers, no-retry", _HTTP),
    Row("Events: app_mention, message.*, edits, deletions, tombstones, reactions, app_home_opened", _ACTIONS),
    Row(
        "Messages: replies to the channel, `/me`, files, another app's with attachments",
        _ACTIONS,
        "an app's mention makes no `app_mention`",
    ),
    Row("People: e-mail, guests, deactivated accounts, `user_change`", _PEOPLE),
    Row("Who comes into a channel: `member_joined_channel`, `channel_shared`", _PEOPLE),
    Row("Channels shared with another company, and its people", _PEOPLE, "one company, one channel"),
    Row("Scopes of each kind of channel, `missing_scope`", _PEOPLE),
    Row("Clicks, menus, commands, modals, Home tab", _ACTIONS),
    Row(
        "Stop of an agent's session: `agent_session_stopped`",
        _PROGRESS,
        "what Slack shows after the press is not known",
    ),
    Row(
        "Shortcuts of messages and global ones; modals that are updated while they are filled in",
        "slack/operations/test_shortcuts",
        "Slack's word for a shortcut that is not offered is not known",
    ),
    Row("response_url: five uses, thirty minutes, replace, delete, in channel", _ACTIONS),
    Row("Tokens, scopes, content types, paging", _METHODS_TESTS),
    Row(
        "Rate limits by tier, posts a second in a channel, Retry-After",
        "slack/state/test_rate_limits",
    ),
    Row("Block Kit: types, keys, lengths, surfaces, roll-out", "slack/blocks/test_block_rules"),
    Row("Block Kit: tables and what counts over a whole message", "slack/blocks/test_message_limits"),
    Row("The page's routes and event stream", _PAGE),
    Row("One command that starts and ends everything", "test_main"),
)

SLACK_STRICTER = (
    "`data_table` takes 100 rows below its header, a chart 6 series (pages differ: 200, 12).",
    "A `container` refuses `rich_text`: Slack's page lists it, its live validator was seen to refuse it.",
    "Both tables are for messages only, and a table inside a `markdown` block counts as one.",
    "`msg_blocks_too_long` counts 13,200 characters over the JSON of all blocks, tables included.",
    "Refused calls count against the rate limit.",
    "Of other companies' people neither e-mail nor locale is told, and the name in the profile alone.",
    "A deactivated account has no locale, and its name in the profile alone.",
    "People of other companies have no direct message with the app, none of its commands and shortcuts.",
)

SLACK_MISSING = (
    "Streaming (`chat.startStream` and its kin), suggested prompts, titles but for a session's first.",
    "No session is `closed` by Slack, and guests are not kept from an agent.",
    "External selects, `response_url_enabled`, workflow steps, unfurls; opening and leaving group messages.",
    "`blocks.validate`, `video`, `file` and `call` blocks, legacy fields of attachments.",
    "OAuth and token rotation: one workspace, one installed app, fixed tokens.",
    "Fetching `image_url`s: any web address passes.",
    "The hourly limit of events, and the workspace-wide cap on posts.",
)

_SPACES = "/api/2.0/genie/spaces"
_SPACE = f"{_SPACES}/{{space}}"
_CONVERSATION = f"{_SPACE}/conversations/{{conversation}}"
_MESSAGE = f"{_CONVERSATION}/messages/{{message}}"
_AGENT = "/api/2.0/genie/agents/{space}"
_ATTACHMENT = f"{_MESSAGE}/attachments/{{attachment}}"

ENDPOINTS = (
    Row("GET /.well-known/databricks-config", _SDK),
    Row("GET /oidc/.well-known/oauth-authorization-server", _SDK),
    Row("GET /oidc/.well-known/openid-configuration", _SIGN_IN),
    Row("GET /oidc/v1/authorize", _AUTHORIZE, "no login: a person is chosen on the page"),
    Row("POST /oidc/v1/authorize", _AUTHORIZE, "what the page's form sends"),
    Row("POST /oidc/v1/token", _TOKENS, "no `id_token` that can be verified, no federation"),
    Row("POST /oidc/v1/revoke", _TOKENS),
    Row("GET /api/2.0/preview/scim/v2/Me", _SIGN_IN, "no groups"),
    Row(f"GET {_SPACES}", _FEEDBACK),
    Row(f"GET {_SPACE}", _FEEDBACK, "`serialized_space` has sample questions and tables alone"),
    Row(f"POST {_SPACE}/start-conversation", _SDK, "a fixed grammar, not an AI"),
    Row(f"GET {_SPACE}/conversations", _MESSAGES, "nobody may manage, so no `include_all`"),
    Row(f"DELETE {_CONVERSATION}", _MESSAGES),
    Row(f"GET {_CONVERSATION}/list-comments", _FEEDBACK, "the order is not documented: oldest first"),
    Row(f"POST {_CONVERSATION}/messages", _MESSAGES),
    Row(f"GET {_CONVERSATION}/messages", _MESSAGES),
    Row(f"GET {_MESSAGE}", _MESSAGES),
    Row(f"DELETE {_MESSAGE}", _SDK),
    Row(f"POST {_MESSAGE}/feedback", _FEEDBACK),
    Row(f"POST {_MESSAGE}/comments", _FEEDBACK),
    Row(f"GET {_MESSAGE}/comments", _FEEDBACK, "the order is not documented: oldest first"),
    Row(f"GET {_MESSAGE}/query-result", _RESULTS, "deprecated"),
    Row(f"GET {_MESSAGE}/query-result/{{attachment}}", _RESULTS, "deprecated"),
    Row(f"POST {_MESSAGE}/execute-query", _RESULTS, "deprecated"),
    Row(f"GET {_ATTACHMENT}/query-result", _RESULTS, "`INLINE` and `JSON_ARRAY` alone"),
    Row(f"POST {_ATTACHMENT}/execute-query", _RESULTS),
    Row(f"GET {_ATTACHMENT}/download-visualization", _CHARTS),
    Row(f"POST {_ATTACHMENT}/downloads", _EXPORTS),
    Row(
        f"GET {_ATTACHMENT}/downloads/{{download}}", _EXPORTS, "CSV by default; the format is not documented"
    ),
    Row(
        f"POST {_AGENT}/responses",
        _AGENT_MODE,
        "a fixed plan of queries, not an AI; `AGENT_MODE=off make demo` has none",
    ),
    Row(f"GET {_AGENT}/conversations/{{conversation}}/items", _AGENT_RUNS),
    Row(f"POST {_AGENT}/conversations/{{conversation}}/responses/{{response}}/cancel", _AGENT_RUNS),
    Row("GET /exports/{statement}/{chunk}", _EXPORTS, "the cloud's storage, on a port of its own"),
    Row("GET /api/2.0/sql/statements/{statement}/result/chunks/{chunk}", _RESULTS),
    Row("GET /api/2.0/sql/warehouses/{warehouse}", _WORKSPACE, "one, of which queries take no notice"),
    Row("GET /api/2.1/unity-catalog/tables/{name}", _CATALOG, "no columns"),
    Row("GET /api/2.1/unity-catalog/entity-tag-assignments/{kind}/{name}/tags", _CATALOG, "tables alone"),
    Row("GET /api/2.0/serving-endpoints/{endpoint}", _WORKSPACE, "no served entities"),
    Row("POST /serving-endpoints/{endpoint}/invocations", _SERVING, "an echo that says what it is"),
)

DATABRICKS_BEHAVIOURS = (
    Row("Statuses in their order, each in its time, ones that go back, unknown ones", _MESSAGES),
    Row("Questions back, corrections, failures of any type, answers in words", _MESSAGES),
    Row("The preview's shapes, late attachments, missing fields, odd columns and cells", _TURNS, "on demand"),
    Row("An author's verified query with parameters", _TURNS, "official revenue alone"),
    Row("Charts: offered, rejected, ignored", _CHARTS),
    Row("Rows: types, chunks, both truncations, expiry, reruns", _RESULTS),
    Row("Storage: no tokens, signed headers, 15 minutes", _EXPORTS),
    Row("Agent mode: the order of its events, items, reports, all ends, a cancel", _FRESH_CLIENT),
    Row(
        "Agent mode: streams that are cut, written in other ways, or lack events or ids",
        _FRESH_CLIENT,
        "on demand",
    ),
    Row("Agent mode: both readings where the documents leave a thing open", _AGENT_MODE, "on demand"),
    Row("A run of agent mode as a message of chat mode, some seconds late", _AGENT_RUNS),
    Row("Tokens, scopes, owners, limits of size, pages", _REFUSALS),
    Row("Sign-in of people: codes, PKCE, confidential and public apps, single-use refresh tokens", _TOKENS),
    Row("Rights of people: a row filter, a column mask, no SELECT, no CAN RUN", _RIGHTS),
    Row("Expiry and revocation of people's tokens, and whose token each request carried", _SIGN_IN),
    Row("The limit on questions, over the whole workspace", _REFUSALS),
    Row("Serving: `max_tokens`, usage, the served model, the limit of tokens a minute", _SERVING),
    Row("Latency, refusals, dropped and broken replies", _FAULTS, "on demand"),
    Row("Each call of chat mode that the databricks-sdk has", _SDK),
)

DATABRICKS_STRICTER = (
    "Another identity may neither read nor continue a conversation: 403.",
    "A second question while one runs in the same conversation is refused with 409.",
    "Questions refused for their content count against the limit, and each 429 has `Retry-After`.",
    "A content of more than 10,000 characters is refused; the real limit is not published.",
    "PKCE is demanded of every app; a code or single-use refresh token that comes back ends the grant.",
    "`/Me` needs `all-apis`, an address in the `id_token` needs `email`, and a refresh gives no `id_token`.",
    "The discovery documents do not announce revocation, and a lasting refresh token is given only once.",
    "A person's token that has ended is refused with 403 and `Invalid access token.`; 401 can be chosen.",
    "Rows before the end, and pictures of anything but a COMPLETED message, are refused with 400.",
    "Agent mode takes five runs a minute, counts refused ones, and has 10,000 characters and 25,000 bytes.",
    "A body of another shape gets 500 with an empty message there, and an unknown field 400.",
    "A response has another id than its message in chat mode, where a repeated query stands twice.",
    "In the items it is that message's id, not the response's, which stands before `_input`.",
    "Items come newest first unless `order` says otherwise, and of a page that is not named there are 20.",
    "A cancel of what has ended is refused with 400; that of what runs is answered before it ends.",
)

DATABRICKS_MISSING = (
    "Genie One, evaluation runs, and the management of spaces.",
    "Agent mode: files and outside tools as sources, questions back with choices, the end after 30 minutes.",
    "Logins, accounts and their management, an absolute session lifetime, logins at an identity provider.",
    "The rest of the Statement Execution API, and results as Arrow.",
)


def document() -> str:
    """Give docs/sandbox.md."""
    parts = [
        "# The local Slack and the local Databricks: what is emulated and what is not",
        "Written by `python -m sandbox.coverage > docs/sandbox.md`; tests compare it with the code.",
        "Both are meant to be never kinder than the real ones; where documents disagree, the stricter holds.",
        "## Slack",
        "### Web API methods",
        _table(METHODS),
        "Any other method answers `unknown_method`.",
        *_rest(SLACK_BEHAVIOURS, SLACK_STRICTER, SLACK_MISSING),
        "## Databricks",
        "### Endpoints",
        _table(ENDPOINTS),
        "Any other endpoint answers 404 with `ENDPOINT_NOT_FOUND`.",
        *_rest(DATABRICKS_BEHAVIOURS, DATABRICKS_STRICTER, DATABRICKS_MISSING),
    ]
    return "\n\n".join(parts) + "\n"


def _rest(behaviours: tuple[Row, ...], stricter: tuple[str, ...], missing: tuple[str, ...]) -> list[str]:
    return [
        "### Behaviour",
        _table(behaviours),
        "### Stricter than the documents",
        "\n".join(f"- {line}" for line in stricter),
        "### Not emulated",
        "\n".join(f"- {line}" for line in missing),
    ]


def _table(rows: tuple[Row, ...]) -> str:
    lines = [f"| {row.name} | `tests/unit/sandbox/{row.tests}.py` | {row.note} |" for row in rows]
    return "\n".join(["| What | Proved by | Where it stops short |", "|---|---|---|", *lines])


if __name__ == "__main__":
    sys.stdout.write(document())
