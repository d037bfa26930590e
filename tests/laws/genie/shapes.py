"""Any JSON that satisfies the types of Genie's reference, as hypothesis strategies.

Optional fields are absent, null or empty; 64-bit integers are numbers or strings; enumerations have
their known values and ones that nobody knows yet; objects have fields from the future.
Vendor's page: https://docs.databricks.com/api/workspace/genie
"""

from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]
Shape = st.SearchStrategy[Any]

STATUSES = (
    "SUBMITTED", "FETCHING_METADATA", "FILTERING_CONTEXT", "ASKING_AI", "PENDING_WAREHOUSE",
    "EXECUTING_QUERY", "COMPLETED", "FAILED", "CANCELLED", "QUERY_RESULT_EXPIRED", "IN_PROGRESS",
)  # fmt: skip
PURPOSES = ("FOLLOW_UP_QUESTION", "TEXT_ATTACHMENT_PURPOSE_ANSWER")
THOUGHTS = ("THOUGHT_TYPE_DESCRIPTION", "THOUGHT_TYPE_STEPS", "THOUGHT_TYPE_UNSPECIFIED")
RATINGS = ("POSITIVE", "NEGATIVE", "NONE")
ERRORS = ("SQL_EXECUTION_EXCEPTION", "CONTENT_FILTER_EXCEPTION", "RATE_LIMIT_EXCEEDED_GENERIC_EXCEPTION")

TEXTS = st.sampled_from(
    ["", "revenue by region", "**Total**: 5 < 6 & <!channel>", "größer 🙂", "SELECT 1;\n-- x", "\x00", "?"]
) | st.text(max_size=8)
HEX = st.integers(0, 2**128 - 1).map("{:032x}".format)
IDS = HEX | st.from_regex(r"[A-Za-z0-9_~:+=-]{1,12}", fullmatch=True)
TOKENS = st.sampled_from(["", "eyJvZmZzZXQiOiAyMH0", "a/b+c=="]) | st.text(max_size=6)


def int64(low: int = -(2**63), high: int = 2**63 - 1) -> Shape:
    """Give a 64-bit integer, as a number or as text."""
    numbers = st.integers(low, high)
    return numbers | numbers.map(str)


def enum(*known: str) -> Shape:
    """Give a known value, or one of a later release."""
    return st.sampled_from([*known, "SOMETHING_NEW"])


def some(required: dict[str, Shape], **optional: Shape) -> st.SearchStrategy[Json]:
    """Give an object whose optional fields may be absent or null, and which may have unknown ones."""
    late: dict[str, Shape] = {"field_of_next_year": st.sampled_from([None, 1, "x", [], {"a": []}])}
    return st.fixed_dictionaries(
        required, optional={name: st.none() | shape for name, shape in optional.items()} | late
    )


def listed(shape: Shape, most: int = 3) -> Shape:
    """Give a short list."""
    return st.lists(shape, max_size=most)


QUERY = some(
    {},
    id=HEX,
    title=TEXTS,
    description=TEXTS,
    query=TEXTS,
    statement_id=HEX,
    parameters=listed(some({}, keyword=TEXTS, sql_type=TEXTS, value=TEXTS), 2),
    query_result_metadata=some({}, row_count=int64(0), is_truncated=st.booleans()),
    thoughts=listed(some({}, thought_type=enum(*THOUGHTS), content=TEXTS), 2),
    last_updated_timestamp=int64(0),
)
TEXT = some({}, id=HEX, content=TEXTS, purpose=enum(*PURPOSES))
SUGGESTIONS = some({}, questions=listed(TEXTS))
VIZ = some({}, title=TEXTS, query_attachment_id=HEX)
ATTACHMENT = st.one_of(
    some({"query": QUERY}, attachment_id=IDS),
    some({"text": TEXT}, attachment_id=IDS),
    some({"suggested_questions": SUGGESTIONS}, attachment_id=IDS),
    some({"viz": VIZ}, attachment_id=IDS),
)
FEEDBACK = some({}, rating=enum(*RATINGS), comment=TEXTS)
MESSAGE = some(
    {"space_id": HEX, "conversation_id": IDS, "message_id": IDS, "content": TEXTS},
    id=HEX,
    status=enum(*STATUSES),
    attachments=listed(ATTACHMENT, 5),
    error=some({}, type=enum(*ERRORS), error=TEXTS),
    feedback=FEEDBACK,
    query_result=some({}, row_count=int64(0), is_truncated=st.booleans(), statement_id=HEX),
    created_timestamp=int64(0),
    last_updated_timestamp=int64(0),
    user_id=int64(),
)
CONVERSATION = some(
    {"conversation_id": IDS, "space_id": HEX, "title": TEXTS},
    id=HEX,
    created_timestamp=int64(0),
    last_updated_timestamp=int64(0),
    user_id=int64(),
)
STARTED = some({"conversation_id": IDS, "message_id": IDS}, conversation=CONVERSATION, message=MESSAGE)
SUMMARY = some(
    {"conversation_id": IDS},
    title=TEXTS,
    created_timestamp=int64(0),
    agent_type=enum("GENIE_CONVERSATION_TYPE_CHAT", "GENIE_CONVERSATION_TYPE_AGENT"),
)
SPACE = some(
    {"space_id": IDS, "title": TEXTS},
    description=TEXTS,
    warehouse_id=HEX,
    parent_path=TEXTS,
    etag=TEXTS,
    serialized_space=TEXTS,
    create_time=st.just("2026-03-02T09:00:00Z"),
    update_time=st.just("2026-11-01T12:30:00Z"),
)
COMMENT = some(
    {"space_id": HEX, "conversation_id": IDS, "message_id": IDS, "message_comment_id": IDS, "content": TEXTS},
    created_timestamp=int64(0),
    user_id=int64(),
)


def page(name: str, shape: Shape) -> st.SearchStrategy[Json]:
    """Give a page of a list."""
    return some({}, **{name: listed(shape), "next_page_token": TOKENS})
