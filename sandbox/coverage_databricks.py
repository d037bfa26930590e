"""What of Databricks the local one emulates: its part of the table in `coverage`."""

_SDK = "sandbox/databricks/test_sdk"
_MESSAGES = "sandbox/databricks/test_messages"
_RESULTS = "sandbox/databricks/test_results"
_REFUSALS = "sandbox/databricks/test_refusals"
_COMMENTS = "sandbox/databricks/test_comments"
_EXPORTS = "sandbox/databricks/test_exports"
_CHARTS = "sandbox/databricks/test_charts"
_TURNS = "sandbox/databricks/test_turns"
_FAULTS = "sandbox/databricks/test_faults"
_SERVING = "sandbox/databricks/test_serving"

_SPACES = "/api/2.0/genie/spaces"
_SPACE = f"{_SPACES}/{{space}}"
_CONVERSATION = f"{_SPACE}/conversations/{{conversation}}"
_MESSAGE = f"{_CONVERSATION}/messages/{{message}}"
_ATTACHMENT = f"{_MESSAGE}/attachments/{{attachment}}"

ENDPOINTS = (
    ("GET /.well-known/databricks-config", _SDK, ""),
    ("GET /oidc/.well-known/oauth-authorization-server", _SDK, ""),
    ("POST /oidc/v1/token", _REFUSALS, "client credentials alone; no sign-in of people"),
    (f"GET {_SPACES}", _COMMENTS, ""),
    (f"GET {_SPACE}", _COMMENTS, "nobody may edit, so no `serialized_space`"),
    (f"POST {_SPACE}/start-conversation", _SDK, "a fixed grammar, not an AI"),
    (f"GET {_SPACE}/conversations", _MESSAGES, "nobody may manage, so no `include_all`"),
    (f"DELETE {_CONVERSATION}", _MESSAGES, ""),
    (f"GET {_CONVERSATION}/list-comments", _COMMENTS, "the order is not documented: oldest first"),
    (f"POST {_CONVERSATION}/messages", _MESSAGES, ""),
    (f"GET {_CONVERSATION}/messages", _MESSAGES, ""),
    (f"GET {_MESSAGE}", _MESSAGES, ""),
    (f"DELETE {_MESSAGE}", _SDK, ""),
    (f"POST {_MESSAGE}/feedback", _COMMENTS, ""),
    (f"POST {_MESSAGE}/comments", _COMMENTS, ""),
    (f"GET {_MESSAGE}/comments", _COMMENTS, "the order is not documented: oldest first"),
    (f"GET {_MESSAGE}/query-result", _RESULTS, "deprecated"),
    (f"GET {_MESSAGE}/query-result/{{attachment}}", _RESULTS, "deprecated"),
    (f"POST {_MESSAGE}/execute-query", _RESULTS, "deprecated"),
    (f"GET {_ATTACHMENT}/query-result", _RESULTS, "`INLINE` and `JSON_ARRAY` alone"),
    (f"POST {_ATTACHMENT}/execute-query", _RESULTS, ""),
    (f"GET {_ATTACHMENT}/download-visualization", _CHARTS, ""),
    (f"POST {_ATTACHMENT}/downloads", _EXPORTS, ""),
    (f"GET {_ATTACHMENT}/downloads/{{download}}", _EXPORTS, "CSV by default; the format is not documented"),
    ("GET /exports/{statement}/{chunk}", _EXPORTS, "the cloud's storage, on a port of its own"),
    ("GET /api/2.0/sql/statements/{statement}/result/chunks/{chunk}", _RESULTS, ""),
    ("POST /serving-endpoints/{endpoint}/invocations", _SERVING, "an echo that says what it is"),
)
"""Each endpoint, the test that proves it, and where it stops short of Databricks."""

BEHAVIOURS = (
    ("Statuses in their order, each in its time, ones that go back, unknown ones", _MESSAGES, ""),
    ("Questions back, corrections, failures of any type, answers in words", _MESSAGES, ""),
    ("The preview's shapes, late attachments, missing fields, odd columns and cells", _TURNS, "on demand"),
    ("An author's verified query with parameters", _TURNS, "official revenue alone"),
    ("Charts: offered, rejected, ignored", _CHARTS, ""),
    ("Rows: types, chunks, both truncations, expiry, reruns", _RESULTS, ""),
    ("Storage: no tokens, signed headers, 15 minutes", _EXPORTS, ""),
    ("Tokens, scopes, owners, limits of size, pages", _REFUSALS, ""),
    ("The limit on questions, over the whole workspace", _REFUSALS, ""),
    ("Serving: `max_tokens`, usage, the served model, the limit of tokens a minute", _SERVING, ""),
    ("Latency, refusals, dropped and broken replies", _FAULTS, "on demand"),
    ("Each call of chat mode that the databricks-sdk has", _SDK, ""),
)

STRICTER = (
    "Another identity may neither read nor continue a conversation: 403.",
    "A second question while one runs in the same conversation is refused with 409.",
    "Questions refused for their content count against the limit, and each 429 has `Retry-After`.",
    "A content of more than 10,000 characters is refused; the real limit is not published.",
    "Rows before the end, and pictures of anything but a COMPLETED message, are refused with 400.",
)

MISSING = (
    "Agent mode, Genie One, evaluation runs, and the management of spaces.",
    "Sign-in of people: a personal token and one service principal.",
    "The rest of the Statement Execution API, and results as Arrow.",
)
