"""The rows of Genie's reference as hypothesis strategies: statements, chunks, exports.

Vendor's page: https://docs.databricks.com/api/workspace/statementexecution/getstatement
"""

from hypothesis import strategies as st

from tests.laws.genie.shapes import HEX, TEXTS, Json, Shape, enum, int64, listed, some

STATES = ("PENDING", "RUNNING", "SUCCEEDED", "FAILED", "CANCELED", "CLOSED")
TYPES = (
    "ARRAY", "BINARY", "BOOLEAN", "DATE", "DECIMAL", "DOUBLE", "INT", "LONG", "MAP", "NULL", "STRING",
    "STRUCT", "TIMESTAMP", "USER_DEFINED_TYPE", "VARIANT", "TIMESTAMP_NTZ",
)  # fmt: skip
COINS: Shape = st.booleans()
CELLS = (
    st.sampled_from(
        ["9007199254740993", "-9223372036854775808", "3.336E8", "1E-300", "0.10", "007", "NaN", "-0", ""]
    )
    | st.decimals(allow_nan=False, allow_infinity=False).map(str)
    | TEXTS
)

LINK = some(
    {"external_link": st.just("https://storage.example/part?sig=secret")},
    expiration=st.just("2026-11-22T10:15:00Z"),
    http_headers=st.dictionaries(st.sampled_from(["x-amz-key", "x-ms-blob"]), TEXTS, max_size=2),
    chunk_index=st.integers(0, 9),
    row_offset=int64(0, 5_000),
    row_count=int64(0, 5_000),
    byte_count=int64(0),
    next_chunk_index=st.integers(0, 9),
    next_chunk_internal_link=st.just("/api/2.0/sql/statements/01f1/result/chunks/1?row_offset=2"),
)
_OFFSETS = {
    "chunk_index": st.just(0),
    "row_offset": st.just(0) | st.just("0"),
    "row_count": int64(0, 5_000),
    "byte_count": int64(0),
    "next_chunk_index": st.integers(1, 9),
    "next_chunk_internal_link": LINK.map(lambda link: link.get("next_chunk_internal_link")),
}


@st.composite
def rows(draw: st.DrawFn, width: int) -> Json:
    """Give ResultData with rows of one width, or without any in one of the forms that this has."""
    count = draw(st.integers(0, 3))
    cells: list[list[str | None]] = [[draw(st.none() | CELLS) for _ in range(width)] for _ in range(count)]
    body: Json = draw(some({}, **_OFFSETS))
    if cells and draw(COINS) and all(None not in row for row in cells):
        typed = [{"values": [{"str": cell} for cell in row]} for row in cells]
        return body | {"data_typed_array": typed}
    if cells or draw(COINS):
        body["data_array"] = cells
    return body


@st.composite
def statement(draw: st.DrawFn) -> Json:
    """Give a query result: a statement in any state, with its rows when it has succeeded."""
    state = draw(enum(*STATES))
    status: Json = {"state": state}
    if state == "FAILED":
        status["error"] = draw(st.none() | some({}, error_code=enum("BAD_REQUEST"), message=TEXTS))
        status["sql_state"] = draw(st.sampled_from([None, "", "42501", "42000"]))
    body: Json = {"statement_id": draw(HEX), "status": status}
    if state == "SUCCEEDED":
        width = draw(st.integers(0, 3))
        body["manifest"] = draw(st.none() | manifest(width))
        body["result"] = draw(st.none() | rows(width))
    return {"statement_response": body}


@st.composite
def manifest(draw: st.DrawFn, width: int) -> Json:
    """Give a ResultManifest of so many columns."""
    columns = [
        draw(
            some(
                {"name": TEXTS, "type_name": enum(*TYPES)},
                type_text=TEXTS,
                type_precision=st.integers(1, 38),
                type_scale=st.integers(0, 38),
                type_interval_type=TEXTS,
            )
        )
        | {"position": position}
        for position in range(width)
    ]
    schema = {"column_count": width, "columns": draw(st.permutations(columns))}
    if not width and draw(COINS):
        schema = draw(st.sampled_from([None, {}]))
    return draw(
        some(
            {"format": enum("JSON_ARRAY", "ARROW_STREAM", "CSV"), "schema": st.just(schema)},
            chunks=listed(some({}, chunk_index=st.integers(0, 9), row_count=int64(0, 9))),
            total_chunk_count=st.integers(0, 9),
            total_row_count=int64(0, 5_000),
            total_byte_count=int64(0),
            truncated=st.booleans(),
        )
    )


EXTERNAL = some(
    {"statement_id": HEX, "status": some({"state": enum(*STATES)})},
    manifest=manifest(2),
    result=some({}, external_links=listed(LINK)),
).map(lambda body: {"statement_response": body})
