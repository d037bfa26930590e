"""SQL results become rectangles of cells, whatever is missing from them."""

from typing import Any

import pytest

from genie.errors import Malformed
from genie.model import Table
from genie.protocol import results
from tests.unit.genie.genie_server import payload

ONE_COLUMN = {"schema": {"columns": [{"name": "a", "type_name": "string"}]}}


def statement(**parts: Any) -> results.Statement:
    return results.statement({"statement_response": {"status": {"state": "SUCCEEDED"}, **parts}})


def table(**parts: Any) -> Table:
    start = statement(**parts)
    return results.table(start, start.first.rows, truncated=False)


@pytest.mark.parametrize(
    "result", [None, {}, {"row_count": 0}, {"data_array": None}, {"data_array": []}, [], "x"]
)
def test_an_empty_result_has_columns_and_no_rows(result: object) -> None:
    """All the forms in which Genie says "no rows"."""
    empty = table(manifest=ONE_COLUMN, result=result)
    assert ([column.name for column in empty.columns], empty.rows, empty.incomplete) == (["a"], (), False)


def test_rows_are_made_to_fit_the_columns() -> None:
    """A short row is filled with NULL, a cell without a column is dropped."""
    columns = {"schema": {"columns": [{"name": "a"}, {"name": "b"}]}}
    fitted = table(manifest=columns, result={"data_array": [["1"], ["1", "2", "3"], []]})
    assert fitted.rows == (("1", None), ("1", "2"), (None, None))


def test_without_a_schema_the_widest_row_makes_the_columns() -> None:
    """Rows are shown even if nobody says what they are."""
    bare = table(result={"data_array": [["1"], ["1", "2"]]})
    assert [column.name for column in bare.columns] == ["column 1", "column 2"]
    assert bare.rows == (("1", None), ("1", "2"))


def test_cells_that_are_not_strings_are_shown_as_their_json() -> None:
    """The rules promise strings; numbers, booleans and structures are not lost when they come."""
    row = table(result={"data_array": [[1, 2.5, True, {"a": [None]}, None, "x"]]}).rows[0]
    assert row == ("1", "2.5", "true", '{"a": [null]}', None, "x")


def test_columns_are_ordered_by_position() -> None:
    """Cells follow the positions, so the columns have to as well."""
    columns = [{"name": "b", "position": 1}, {"name": "a", "position": "0"}]
    ordered = table(manifest={"schema": {"columns": columns}}, result={"data_array": [["x", "y"]]})
    assert [column.name for column in ordered.columns] == ["a", "b"]


def test_duplicate_and_missing_names_do_not_matter() -> None:
    """Columns are told apart by place, never by name."""
    columns = {"schema": {"columns": [{"name": "a"}, {"name": "a"}, {}]}}
    same = table(manifest=columns, result={"data_array": [["1", "2", "3"]]})
    assert [column.name for column in same.columns] == ["a", "a", ""]


def test_more_rows_than_genie_gives_are_cut_and_said() -> None:
    """5,000 rows are kept; a table that lost some says so."""
    start = statement(manifest=ONE_COLUMN)
    cut = results.table(start, [("1",)] * 5_001, truncated=False)
    assert (len(cut.rows), cut.truncated) == (5_000, True)


def test_one_reply_with_more_rows_than_genie_gives_is_cut_and_said() -> None:
    """Also when nobody counts them."""
    for result in (
        {"data_array": [["1"]] * 5_001},
        {"data_typed_array": [{"values": [{"str": "1"}]}] * 5_001},
    ):
        cut = table(manifest=ONE_COLUMN, result=result)
        assert (len(cut.rows), cut.truncated) == (5_000, True)
    whole = table(manifest=ONE_COLUMN, result={"data_array": [["1"]] * 5_000})
    assert (len(whole.rows), whole.truncated) == (5_000, False)


def test_a_small_reply_cannot_claim_a_table_that_fills_the_memory() -> None:
    """Short rows are filled up, so a megabyte could become gigabytes; no real result has so many cells."""
    wide: dict[str, Any] = {"schema": {"columns": [{}] * 100_000}}
    with pytest.raises(Malformed):
        table(manifest=wide, result={"data_array": [[]] * 4_000})


def test_the_total_says_when_rows_are_missing() -> None:
    """int64 as a string, larger than the rows that are here."""
    short = table(manifest={**ONE_COLUMN, "total_row_count": "9"}, result={"data_array": [["1"]]})
    assert (short.total_rows, short.incomplete) == (9, True)


def test_a_result_that_genie_cut_says_so() -> None:
    """The manifest's own flag, though every counted row is here."""
    cut = table(
        manifest={**ONE_COLUMN, "total_row_count": 1, "truncated": True}, result={"data_array": [["1"]]}
    )
    assert (cut.truncated, cut.incomplete) == (True, True)


def test_the_next_chunk_follows_from_the_reply_or_from_the_number_of_chunks() -> None:
    """`next_chunk_index` when it is there, else as long as the manifest counts more."""
    told = statement(result={"next_chunk_index": "3"})
    counted = statement(manifest={"total_chunk_count": 2}, result={"data_array": [["1"]]})
    listed = statement(manifest={"chunks": [{"chunk_index": 0}, {"chunk_index": 1}]}, result={})
    last = statement(manifest={"total_chunk_count": 2}, result={"chunk_index": 1})
    none = statement(manifest={"total_chunk_count": 0, "chunks": []}, result={"row_count": 0})
    assert [part.first.next_index for part in (told, counted, listed, last, none)] == [3, 1, 1, None, None]


def test_a_chunk_tells_its_number_or_its_last_link_does() -> None:
    """Several links are several chunks, so the last of them says how far this reply goes."""
    links = [{"external_link": "https://x", "chunk_index": number} for number in (0, 1)]
    bare = [{"external_link": "https://x"}]
    by_link = results.chunk({"external_links": links}, total_chunks=3)
    by_itself = results.chunk({"external_links": bare, "chunk_index": 1}, total_chunks=3)
    assert (by_link.next_index, by_itself.next_index) == (2, 2)


def test_a_failed_statement_carries_its_sql_state_and_hides_its_text() -> None:
    """The five characters may be logged, the message may quote data."""
    failed = results.statement(payload("result_failed"))
    assert failed.failure is not None
    assert (failed.failure.state, failed.failure.sql_state, failed.failure.code) == (
        "FAILED",
        "22012",
        "BAD_REQUEST",
    )
    assert "DIVIDE_BY_ZERO" in failed.failure.detail
    assert "DIVIDE_BY_ZERO" not in f"{failed.failure} {failed.failure!r}"


@pytest.mark.parametrize("body", [None, {}, {"statement_response": None}, {"state": "SUCCEEDED"}])
def test_a_result_without_state_or_rows_is_malformed(body: object) -> None:
    """A top-level `state` is not where it belongs, and is not believed."""
    with pytest.raises(Malformed):
        results.statement(body)


def test_an_unknown_state_is_still_running() -> None:
    """Neither success nor failure: look again."""
    queued = results.statement({"statement_response": {"status": {"state": "QUEUED"}}})
    assert (queued.state, queued.failure) == ("QUEUED", None)


def test_rows_behind_links_are_noticed() -> None:
    """They are not fetched, and the result must not look complete."""
    assert statement(result={"external_links": [{"external_link": "https://x"}]}).first.links
