"""Special answers of the local Genie on demand: what a `Turn` orders is what goes over the wire."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from aiohttp import ContentTypeError

from sandbox.databricks import Databricks, Timing, Turn, message_shapes, row_shapes
from tests.unit.genie.databricks_caller import Caller, calling, path_of, query_of

TODAY = date(2026, 11, 22)
BY_REGION = "total revenue by region"


@pytest.fixture
def databricks() -> Databricks:
    return Databricks(timing=Timing.instant(), today=TODAY, chunk_rows=40)


@pytest.fixture
async def caller(databricks: Databricks) -> AsyncIterator[Caller]:
    async with calling(databricks) as caller:
        yield caller


async def statement(caller: Caller, message: Any) -> Any:
    return (await caller.call("GET", f"{query_of(message)}/query-result")).body["statement_response"]


async def test_any_query_can_be_ordered(databricks: Databricks, caller: Caller) -> None:
    """A turn's SQL is run for real and shown, whatever the question was."""
    databricks.turns.add(Turn(sql="SELECT id, NULL AS id FROM range(90) AS t(id)"))
    message = await caller.answer("sing a song")
    result = await statement(caller, message)
    assert message["attachments"][0]["query"]["query"].startswith("SELECT id, NULL")
    assert [each["name"] for each in result["manifest"]["schema"]["columns"]] == ["id", "id"]
    assert result["manifest"]["total_chunk_count"] == 3
    assert result["result"]["data_array"][1] == ["1", None]


async def test_attachments_can_come_late(databricks: Databricks, caller: Caller) -> None:
    """COMPLETED can be seen twice without attachments before they are there."""
    databricks.turns.add(Turn(message=message_shapes.late(looks=2)))
    path = await caller.ask(BY_REGION)
    looks = [await caller.until(path, "COMPLETED") for _ in range(3)]
    assert [bool(look["attachments"]) for look in looks] == [False, False, True]


async def test_preview_shape(databricks: Databricks, caller: Caller) -> None:
    """The private preview has legacy ids alone, one object of attachments and rows by message."""
    turn = Turn(
        opening=message_shapes.preview_opening,
        message=message_shapes.both(message_shapes.preview, message_shapes.in_seconds),
        statement=row_shapes.typed_array,
    )
    databricks.turns.add(turn)
    opening = (await caller.call("POST", "start-conversation", {"content": BY_REGION})).body
    assert "conversation_id" not in opening
    path = f"conversations/{opening['conversation']['id']}/messages/{opening['message']['id']}"
    message = await caller.until(path)
    assert set(message["attachments"]) == {"query", "text"}
    assert set(message["attachments"]["query"]) == {
        *("title", "description", "query", "last_updated_timestamp")
    }
    assert message["query_result"]["row_count"] == 4
    assert message["created_timestamp"] < 10**10
    said = await caller.call("GET", f"{path}/query-result")
    cell = said.body["statement_response"]["result"]["data_typed_array"][0]["values"][0]
    assert cell == {"str": "EMEA"}


async def test_int64_can_be_text(databricks: Databricks, caller: Caller) -> None:
    """64-bit integers can come as strings in messages, statements and chunks, and 32-bit ones never do."""
    text = message_shapes.int64_as_text
    databricks.turns.add(Turn(message=text, statement=text, chunk=text))
    message = await caller.answer("revenue by customer")
    result = await statement(caller, message)
    chunk = (await caller.call("GET", result["result"]["next_chunk_internal_link"])).body
    assert message["created_timestamp"].isdigit()
    assert message["attachments"][0]["query"]["query_result_metadata"]["row_count"] == "200"
    assert result["manifest"]["total_row_count"] == "200"
    assert result["manifest"]["total_chunk_count"] == 5
    assert chunk["row_offset"] == "40"


async def test_fields_can_be_missing(databricks: Databricks, caller: Caller) -> None:
    """Any field can be left out wherever it stands."""
    databricks.turns.add(Turn(message=message_shapes.without("purpose", "attachment_id", "query_result")))
    message = await caller.answer(BY_REGION)
    assert "query_result" not in message
    assert all("attachment_id" not in each for each in message["attachments"])
    assert [set(each["text"]) for each in message["attachments"] if "text" in each] == [{"content"}]


async def test_more_attachments_and_other_words(databricks: Databricks, caller: Caller) -> None:
    """Further attachments can be added, and hostile words put everywhere that Genie speaks."""
    question = {"attachment_id": "a", "text": {"content": "Which?", "purpose": "FOLLOW_UP_QUESTION"}}
    attached = message_shapes.attached(question, first_of_all=True)
    databricks.turns.add(Turn(message=message_shapes.both(attached, message_shapes.saying("<!channel>"))))
    first, query, summary, questions = (await caller.answer(BY_REGION))["attachments"]
    assert first["text"] == {"content": "<!channel>", "purpose": "FOLLOW_UP_QUESTION"}
    assert {query["query"]["title"], query["query"]["thoughts"][0]["content"]} == {"<!channel>"}
    assert summary["text"]["content"] == "<!channel>"
    assert questions["suggested_questions"]["questions"] == ["<!channel>"]


@pytest.mark.parametrize("manifest", [True, False], ids=["manifest", "metadata"])
async def test_each_truncation_flag_stands_alone(
    databricks: Databricks,
    caller: Caller,
    manifest: bool,  # noqa: FBT001 - a parameter of a table
) -> None:
    """The statement or the message says that rows were cut, without the other."""
    databricks.turns.add(
        Turn(statement=row_shapes.cut) if manifest else Turn(message=message_shapes.marked_cut)
    )
    message = await caller.answer(BY_REGION)
    result = await statement(caller, message)
    assert result["manifest"]["truncated"] is manifest
    assert message["attachments"][0]["query"]["query_result_metadata"]["is_truncated"] is not manifest
    assert message["query_result"]["is_truncated"] is not manifest


@pytest.mark.parametrize("form", [*row_shapes.NO_ROWS, "missing"])
async def test_no_rows_in_every_form(databricks: Databricks, caller: Caller, form: str) -> None:
    """A query without rows has a null, empty, counted or missing result."""
    databricks.turns.add(Turn(statement=row_shapes.no_rows(form)))
    result = await statement(caller, await caller.answer(BY_REGION))
    assert result["status"]["state"] == "SUCCEEDED"
    assert result.get("result", "missing") == row_shapes.NO_ROWS.get(form, "missing")
    assert result["manifest"]["total_row_count"] == 0


async def test_columns_and_cells_can_be_others(databricks: Databricks, caller: Caller) -> None:
    """A column can have another name and a type outside of the enumeration, and cells any text."""
    rows: list[list[str | None]] = [["1.5E9", None], ["<@U1>", "{}", "too", "many"], []]
    edits = (row_shapes.renamed("", ""), row_shapes.retyped(1, "VARIANT"), row_shapes.cells(rows))
    databricks.turns.add(Turn(statement=message_shapes.both(*edits)))
    result = await statement(caller, await caller.answer(BY_REGION))
    columns = result["manifest"]["schema"]["columns"]
    assert [(each["name"], each["type_text"]) for each in columns] == [("", "STRING"), ("", "VARIANT")]
    assert result["result"]["data_array"] == rows


async def test_statement_can_be_in_any_state(databricks: Databricks, caller: Caller) -> None:
    """A statement can still run when its message is COMPLETED, and then fail with its SQLSTATE."""
    running = message_shapes.first(1, row_shapes.in_state("RUNNING"))
    failed = row_shapes.in_state("FAILED", "42P01", "No such table")
    databricks.turns.add(Turn(statement=message_shapes.both(failed, running)))
    message = await caller.answer(BY_REGION)
    assert (await statement(caller, message))["status"] == {"state": "RUNNING"}
    status = (await statement(caller, message))["status"]
    assert (status["state"], status["sql_state"]) == ("FAILED", "42P01")


async def test_correction_leaves_words_between_the_queries(databricks: Databricks, caller: Caller) -> None:
    """Between a query and its correction stands a text that no longer holds."""
    databricks.turns.add(Turn(statuses=("EXECUTING_QUERY", "ASKING_AI", "EXECUTING_QUERY")))
    attachments = (await caller.answer(BY_REGION))["attachments"]
    assert [set(each) - {"attachment_id"} for each in attachments] == [
        *({"query"}, {"text"}, {"query"}, {"text"}, {"suggested_questions"})
    ]


async def test_official_revenue_is_a_trusted_answer(caller: Caller) -> None:
    """The verified question is answered by a query with parameters; going on from it is not."""
    message = await caller.answer("official revenue for Q3 2026")
    query = message["attachments"][0]["query"]
    assert query["title"] == "Official revenue by region, Q3 2026"
    assert ":first_day" in query["query"]
    assert query["parameters"] == [
        {"keyword": "first_day", "sql_type": "DATE", "value": "2026-07-01"},
        {"keyword": "day_after", "sql_type": "DATE", "value": "2026-10-01"},
    ]
    assert len((await statement(caller, message))["result"]["data_array"]) == 4
    following = await caller.answer("and by month?", message["conversation_id"])
    assert "parameters" not in following["attachments"][0]["query"]


async def test_an_edit_is_not_taken_over_http(caller: Caller) -> None:
    """What is no plain field of a turn is refused."""
    with pytest.raises(ContentTypeError) as refused:
        await caller.call("POST", "/sandbox/turns", {"message": "x"})
    assert refused.value.status == 400


async def test_edits_hold_for_lists_too(databricks: Databricks, caller: Caller) -> None:
    """A message looks the same in its list."""
    databricks.turns.add(Turn(message=lambda body: body | {"status": "DREAMING"}))
    path = await caller.ask(BY_REGION)
    listed = await caller.call("GET", path.rpartition("/")[0])
    assert [each["status"] for each in listed.body["messages"]] == ["DREAMING"]
    assert path_of(listed.body["messages"][0]) == path
