"""The local Genie's conversations: what a message goes through, and what it holds at the end."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from sandbox.databricks import Databricks, Timing, Turn
from sandbox.databricks.genie import message_runner
from tests.unit.genie.databricks_caller import Caller, calling, path_of

TODAY = date(2026, 11, 22)


@pytest.fixture
def databricks() -> Databricks:
    return Databricks(timing=Timing.instant(), today=TODAY)


@pytest.fixture
async def caller(databricks: Databricks) -> AsyncIterator[Caller]:
    async with calling(databricks) as caller:
        yield caller


def texts(message: Any) -> list[Any]:
    return [each["text"] for each in message["attachments"] if "text" in each]


async def test_answer_has_query_summary_and_suggestions(caller: Caller) -> None:
    """A finished question holds its SQL with the row count, a summary without an id, and suggestions."""
    message = await caller.answer("total revenue by region")
    query, summary, suggestions = message["attachments"]
    assert message["status"] == "COMPLETED"
    assert query["query"]["title"] == "Revenue by region"
    assert "GROUP BY `region`" in query["query"]["query"]
    assert query["query"]["query_result_metadata"] == {"row_count": 4, "is_truncated": False}
    assert query["query"]["thoughts"][0]["thought_type"] == "THOUGHT_TYPE_UNDERSTANDING"
    assert summary["text"]["purpose"] == "TEXT_ATTACHMENT_PURPOSE_ANSWER"
    assert "attachment_id" not in summary
    assert len(suggestions["suggested_questions"]["questions"]) == 3


async def test_timestamps_are_milliseconds_and_ids_legacy_twins(caller: Caller) -> None:
    """Times are milliseconds since 1970, and the legacy id is the message id."""
    message = await caller.answer("total revenue")
    assert abs(message["created_timestamp"] / 1000 - time.time()) < 10
    assert message["id"] == message["message_id"]
    assert len(message["message_id"]) == 32


async def test_statuses_come_in_genies_order(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question passes through the documented statuses; the warehouse starts with the first one only."""
    moves = asyncio.Semaphore(0)
    # Each status lasts until it was seen: neither a slow poll misses it nor passes one that is not listed.
    paced = {**vars(asyncio), "sleep": lambda _seconds: moves.acquire()}
    monkeypatch.setattr(message_runner, "asyncio", SimpleNamespace(**paced))
    reading = ("SUBMITTED", "FETCHING_METADATA", "FILTERING_CONTEXT", "ASKING_AI")
    for question, statuses in (
        ("total revenue", (*reading, "PENDING_WAREHOUSE", "EXECUTING_QUERY")),
        ("total units", (*reading, "EXECUTING_QUERY")),
    ):
        path = await caller.ask(question)
        for status in statuses:
            await caller.until(path, status)
            moves.release()
        await caller.until(path, "COMPLETED")


async def test_pace_sets_the_time_of_a_question() -> None:
    """A question ends after the time that the timing gives it, and the moment is kept."""
    databricks = Databricks(timing=Timing(total=lambda _question: 0.2), today=TODAY)
    async with calling(databricks) as caller:
        message = await caller.answer("total revenue")
        asked = databricks.questions()[0]
        took = databricks.finished[message["message_id"]] - asked.time
        assert 0.19 <= took < 2.5  # which its natural time would exceed
        assert asked.message_id == message["message_id"]


async def test_follow_up_uses_the_conversation(caller: Caller) -> None:
    """A follow-up is understood from what was asked before in its conversation."""
    first = await caller.answer("total revenue by region")
    second = await caller.answer("and by month?", first["conversation_id"])
    assert second["attachments"][0]["query"]["title"] == "Revenue by month"


async def test_question_back_is_marked_and_its_reply_is_answered(caller: Caller) -> None:
    """An unclear question gets one text with purpose FOLLOW_UP_QUESTION, and the reply completes it."""
    message = await caller.answer("Who are our best customers?")
    assert [text["purpose"] for text in texts(message)] == ["FOLLOW_UP_QUESTION"]
    assert message["query_result"] is None
    reply = await caller.answer("revenue", message["conversation_id"])
    assert reply["attachments"][0]["query"]["title"] == "Top 5: revenue by customer"


async def test_help_is_an_answer_in_words(caller: Caller) -> None:
    """Help is a text without a query."""
    message = await caller.answer("help")
    assert "not an AI" in texts(message)[0]["content"]
    assert all("query" not in each for each in message["attachments"])


async def test_second_question_while_one_runs_is_refused(databricks: Databricks, caller: Caller) -> None:
    """A conversation works on one message at a time: the next is refused with 409."""
    databricks.turns.add(Turn(end=""))
    conversation = (await caller.ask("total revenue")).split("/")[1]
    said = await caller.call("POST", f"conversations/{conversation}/messages", {"content": "by month?"})
    assert (said.status, said.body["error_code"]) == (409, "ABORTED")
    assert "BLOCK_MULTIPLE_EXECUTIONS" in said.body["message"]


async def test_failed_message_says_why(databricks: Databricks, caller: Caller) -> None:
    """A question that is made to fail ends as FAILED with the given type, and suggests others."""
    databricks.turns.add(
        Turn(match="payroll", end="FAILED", error_type="CONTENT_FILTER_EXCEPTION", error="No.")
    )
    message = await caller.answer("list Payroll by person")
    assert message["status"] == "FAILED"
    assert message["error"] == {"type": "CONTENT_FILTER_EXCEPTION", "error": "No."}
    assert message["attachments"][-1]["suggested_questions"]["questions"]


async def test_repaired_query_stands_after_the_failed_one(databricks: Databricks, caller: Caller) -> None:
    """When Genie repairs its SQL, the status goes back, and the last query is the one that counts."""
    statuses = ("ASKING_AI", "EXECUTING_QUERY", "ASKING_AI", "EXECUTING_QUERY")
    databricks.turns.add(Turn(statuses=statuses))
    message = await caller.answer("total revenue by region")
    first, second = (each["query"]["query"] for each in message["attachments"] if "query" in each)
    assert "`order`" in first
    assert "`orders`" in second
    assert message["status"] == "COMPLETED"


@pytest.mark.parametrize(("status", "end"), [("CANCELLED", "CANCELLED"), ("IN_PROGRESS", "")])
async def test_any_status_can_be_forced(
    databricks: Databricks, caller: Caller, status: str, end: str
) -> None:
    """Rare final statuses and ones that nobody has parsed of can be had on demand."""
    databricks.turns.add(Turn(statuses=("SUBMITTED", status), end=end))
    message = await caller.until(await caller.ask("total revenue"), status)
    assert message["status"] == status


async def test_completed_without_attachments(databricks: Databricks, caller: Caller) -> None:
    """A message can complete without any attachment, which is then null."""
    databricks.turns.add(Turn(silent=True))
    message = await caller.answer("total revenue")
    assert (message["status"], message["attachments"]) == ("COMPLETED", None)


async def test_turn_over_http(caller: Caller) -> None:
    """A turn can be set from outside, for a demo of trouble."""
    body = {"match": "revenue", "end": "FAILED", "error_type": "SQL_EXECUTION_EXCEPTION"}
    await caller.call("POST", "/sandbox/turns", body)
    message = await caller.answer("total revenue")
    assert message["error"]["type"] == "SQL_EXECUTION_EXCEPTION"


async def test_feedback_is_kept_and_replaced(caller: Caller) -> None:
    """The last rating of a message counts, and it comes with a comment."""
    path = path_of(await caller.answer("total revenue"))
    await caller.call("POST", f"{path}/feedback", {"rating": "POSITIVE"})
    body = {"rating": "NEGATIVE", "comment": "Wrong quarter"}
    assert (await caller.call("POST", f"{path}/feedback", body)).body == {}
    message = await caller.call("GET", path)
    assert message.body["feedback"] == body


async def test_lists_are_newest_first_and_paged(caller: Caller) -> None:
    """Conversations and messages come newest first, a page at a time."""
    conversation = (await caller.answer("total revenue"))["conversation_id"]
    await caller.answer("and by month?", conversation)
    await caller.answer("total units")
    path = f"conversations/{conversation}/messages?page_size=1"
    page = (await caller.call("GET", path)).body
    assert [each["content"] for each in page["messages"]] == ["and by month?"]
    page = (await caller.call("GET", f"{path}&page_token={page['next_page_token']}")).body
    assert [each["content"] for each in page["messages"]] == ["total revenue"]
    assert page["next_page_token"] == ""
    listed = (await caller.call("GET", "conversations")).body["conversations"]
    assert [each["title"] for each in listed] == ["total units", "total revenue"]


async def test_deleted_conversation_is_gone(caller: Caller) -> None:
    """A follow-up into a deleted conversation finds nothing."""
    conversation = (await caller.answer("total revenue"))["conversation_id"]
    assert (await caller.call("DELETE", f"conversations/{conversation}")).body == {}
    said = await caller.call("POST", f"conversations/{conversation}/messages", {"content": "by month?"})
    assert (said.status, said.body["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")
