"""Rows of the local Databricks: types, chunks, truncation, expiry, reruns."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from sandbox.databricks import Databricks, Timing, Turn
from tests.unit.genie.databricks_caller import Caller, calling, path_of, query_of

TODAY = date(2026, 11, 22)


@pytest.fixture
def databricks() -> Databricks:
    return Databricks(timing=Timing.instant(), today=TODAY, chunk_rows=40, max_rows=150)


@pytest.fixture
async def caller(databricks: Databricks) -> AsyncIterator[Caller]:
    async with calling(databricks) as caller:
        yield caller


async def rows(caller: Caller, message: Any) -> Any:
    """Read the result of a message's query, waiting while it runs."""
    while True:
        said = await caller.call("GET", f"{query_of(message)}/query-result")
        statement = said.body["statement_response"]
        if statement["status"]["state"] not in {"PENDING", "RUNNING"}:
            return statement


async def test_cells_are_text_and_columns_typed(caller: Caller) -> None:
    """Every cell is text whatever its type, and the columns carry Databricks' type names."""
    message = await caller.answer("list the 3 latest orders with all columns")
    result = await rows(caller, message)
    columns = {each["name"]: each["type_name"] for each in result["manifest"]["schema"]["columns"]}
    assert columns["order_id"] == "LONG"
    assert columns["units"] == "INT"
    assert columns["order_date"] == "DATE"
    assert columns["returned"] == "BOOLEAN"
    assert columns["created_at"] == "TIMESTAMP"
    discount = result["manifest"]["schema"]["columns"][9]
    assert (discount["type_text"], discount["type_precision"], discount["type_scale"]) == (
        "DECIMAL(4,2)",
        4,
        2,
    )
    assert all(isinstance(cell, str) for row in result["result"]["data_array"] for cell in row)


async def test_null_is_null(caller: Caller) -> None:
    """SQL's NULL is JSON's null, in a row of its own."""
    result = await rows(caller, await caller.answer("revenue in 2031"))
    assert result["result"]["data_array"] == [[None]]


async def test_empty_result_has_no_data_array(caller: Caller) -> None:
    """No rows means no `data_array` and no chunks, but columns."""
    result = await rows(caller, await caller.answer("revenue in Atlantis"))
    assert result["result"] == {"row_count": 0}
    assert result["manifest"]["total_chunk_count"] == 0
    assert result["manifest"]["schema"]["column_count"] == 2


async def test_chunks_together_are_the_result(caller: Caller) -> None:
    """A long result comes in chunks that follow each other by their links, and is cut where Genie cuts it."""
    message = await caller.answer("revenue by customer")
    result = await rows(caller, message)
    manifest, chunk = result["manifest"], result["result"]
    found = list(chunk["data_array"])
    while "next_chunk_internal_link" in chunk:
        chunk = (await caller.call("GET", chunk["next_chunk_internal_link"])).body
        assert chunk["row_offset"] == len(found)
        found += chunk["data_array"]
    assert [each["row_count"] for each in manifest["chunks"]] == [40, 40, 40, 30]
    assert len({row[0] for row in found}) == manifest["total_row_count"] == 150
    assert manifest["truncated"] is True
    assert message["attachments"][0]["query"]["query_result_metadata"] == {
        "row_count": 150,
        "is_truncated": True,
    }


@pytest.mark.parametrize(("chunk", "status"), [("9", 400), ("x", 400), ("1", 200)])
async def test_chunk_out_of_range_is_refused(caller: Caller, chunk: str, status: int) -> None:
    """Only chunks that the manifest names can be read."""
    statement = (await rows(caller, await caller.answer("revenue by customer")))["statement_id"]
    path = f"/api/2.0/sql/statements/{statement}/result/chunks/{chunk}"
    assert (await caller.call("GET", path)).status == status


async def test_expired_rows_come_back_by_execute_query(databricks: Databricks, caller: Caller) -> None:
    """Expired rows are gone until the query is run again, which is no question."""
    message = await caller.answer("total revenue by region")
    databricks.expire_result(message["conversation_id"], message["message_id"])
    message = (await caller.call("GET", path_of(message))).body
    assert message["status"] == "QUERY_RESULT_EXPIRED"
    assert (await caller.call("GET", f"{query_of(message)}/query-result")).status == 404
    said = await caller.call("POST", f"{query_of(message)}/execute-query", {})
    assert said.body["statement_response"]["status"]["state"] == "PENDING"
    assert len((await rows(caller, message))["result"]["data_array"]) == 4
    assert len(databricks.questions()) == 1


async def test_question_can_expire_at_once(databricks: Databricks, caller: Caller) -> None:
    """A question can be made to end as expired, with its SQL and without rows."""
    databricks.turns.add(Turn(end="QUERY_RESULT_EXPIRED"))
    message = await caller.answer("total revenue by region")
    assert message["status"] == "QUERY_RESULT_EXPIRED"
    assert "query_result_metadata" not in message["attachments"][0]["query"]


async def test_rows_before_the_end_are_refused(databricks: Databricks, caller: Caller) -> None:
    """Rows can be asked for while the query runs or after, not in any other state."""
    databricks.turns.add(Turn(statuses=("EXECUTING_QUERY", "ASKING_AI"), end=""))
    message = await caller.until(await caller.ask("total revenue by region"), "ASKING_AI")
    said = await caller.call("GET", f"{query_of(message)}/query-result")
    assert (said.status, said.body["error_code"]) == (400, "INVALID_STATE")


async def test_deprecated_paths_still_work(caller: Caller) -> None:
    """The paths of the preview give the same rows."""
    message = await caller.answer("total revenue by region")
    attachment = query_of(message).split("/")[-1]
    for path in ("query-result", f"query-result/{attachment}"):
        said = await caller.call("GET", f"{path_of(message)}/{path}")
        assert len(said.body["statement_response"]["result"]["data_array"]) == 4
    said = await caller.call("POST", f"{path_of(message)}/execute-query", {})
    assert said.body["statement_response"]["status"]["state"] == "PENDING"


async def test_a_query_that_runs_again_sees_the_next_day(databricks: Databricks, caller: Caller) -> None:
    """A day of orders more, asked for over HTTP; what was sold before stays as it was."""
    message = await caller.answer("how many orders")
    [[before]] = (await rows(caller, message))["result"]["data_array"]
    assert (await caller.call("POST", "/sandbox/next-day")).body == {"today": "2026-11-23"}
    await caller.call("POST", f"{query_of(message)}/execute-query", {})
    [[after]] = (await rows(caller, message))["result"]["data_array"]
    assert int(before) < int(after) < int(before) * 1.01
    assert databricks.today == date(2026, 11, 23)
    [[last]] = (await rows(caller, await caller.answer("how many orders today")))["result"]["data_array"]
    assert int(last) == int(after) - int(before)
