"""Every kind of reply that Genie's reference knows, as hypothesis strategies by their names."""

from hypothesis import settings
from hypothesis import strategies as st

from tests.laws.examples import examples
from tests.laws.genie.row_shapes import EXTERNAL, rows, statement
from tests.laws.genie.shapes import (
    COMMENT,
    HEX,
    IDS,
    MESSAGE,
    SPACE,
    STARTED,
    SUMMARY,
    TEXTS,
    Shape,
    enum,
    int64,
    listed,
    page,
    some,
)

CODES = ("RESOURCE_EXHAUSTED", "PERMISSION_DENIED", "INVALID_PARAMETER_VALUE", "NOT_FOUND", "ABORTED")

DOWNLOAD = some({"download_id": IDS}, download_id_signature=st.just("eyJ.eyJ.sig"))
_DETAIL = st.one_of(
    some({"@type": st.just("type.googleapis.com/google.rpc.RequestInfo")}, request_id=HEX),
    some(
        {"@type": st.just("type.googleapis.com/google.rpc.RetryInfo")},
        retry_delay=some({}, seconds=int64(0, 99), nanos=st.integers(0, 10**9)) | st.just("20s"),
    ),
)
ERROR = some(
    {}, error_code=enum(*CODES) | st.integers(400, 599), message=TEXTS, details=listed(_DETAIL)
) | some({}, detail=TEXTS, status=st.just("403"), scimType=enum("invalidValue", "tooMany"))

REPLIES: dict[str, Shape] = {
    "started": STARTED,
    "message": MESSAGE,
    "messages": page("messages", MESSAGE),
    "conversations": page("conversations", SUMMARY),
    "spaces": page("spaces", SPACE),
    "space": SPACE,
    "comments": page("comments", COMMENT),
    "statement": statement(),
    "chunk": rows(2),
    "export": EXTERNAL,
    "download": DOWNLOAD,
    "error": ERROR,
}
"""Each kind of reply by the name of what it is."""

MANY = settings(max_examples=examples(500, 100_000))
"""For the laws that are about all kinds of replies: each shall have its share; more in `make laws`."""
