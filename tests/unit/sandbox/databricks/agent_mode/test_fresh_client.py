"""A client that was written from the reference alone agrees with the sandbox's agent mode, oddities too."""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from datetime import date
from typing import Any

import pytest
from aiohttp import ClientSession

from sandbox.databricks import AgentMode, AgentTurn, Databricks, Timing, Turn
from sandbox.faults import Fault
from tests.unit.sandbox.databricks.agent_mode.fresh_client import FreshClient, Refused, Report

TODAY = date(2026, 11, 22)
WHY = "Why did revenue fall in Q3 2026?"


@pytest.fixture
async def databricks() -> AsyncIterator[Databricks]:
    mode = AgentMode(limit=100)
    async with Databricks(timing=Timing.instant(), today=TODAY, agent_mode=mode) as databricks:
        yield databricks


@asynccontextmanager
async def fresh(databricks: Databricks) -> AsyncIterator[FreshClient]:
    async with ClientSession() as session:
        yield FreshClient(session, databricks.url, databricks.space_id, databricks.token)


def whole(report: Report) -> tuple[object, ...]:
    """Return what a reader learns of a run, whichever way it came."""
    return report.status, list(report.queries.values()), report.prose, report.tables, report.links


async def test_a_run_is_read_to_its_end(databricks: Databricks) -> None:
    """The stream tells thoughts, queries, what they gave, and a report whose tables have rows beside them."""
    async with fresh(databricks) as client:
        report = await client.ask(WHY, charts=True)
    assert (report.status, report.recovered, report.error) == ("completed", False, "")
    assert report.seen[0] == "response.created"
    assert report.seen[-1] == "response.completed"
    assert list(report.queries.values())[:2] == ["Revenue by region, Q3 2026", "Revenue by month, Q3 2026"]
    assert len(report.queries) == 5
    assert len(report.outputs) == 6
    assert "| EMEA | 1323571.20 |" in report.outputs[0]
    assert [table["total_row_count"] for table in report.tables] == [4, 3]
    assert report.tables[0]["preview_rows"][0] == ["EMEA", "1323571.20"]
    assert report.tables[0]["columns"][1] == {"name": "revenue", "type": "DECIMAL(38,2)"}
    assert "**EMEA** leads" in report.prose
    assert report.links == [f"{databricks.url}/explore/data/samples/sales/orders"]
    assert (len(report.charts), len(report.thoughts)) == (1, 2)


ODD = {
    "names in the data alone": AgentTurn(naming="type"),
    "names in the event's line alone": AgentTurn(naming="event"),
    "another name in the event's line": AgentTurn(naming="other"),
    "no ids": AgentTurn(ids=False),
    "updated": AgentTurn(updated=True),
    "comments": AgentTurn(comments=3),
    "no last blank line": AgentTurn(open_end=True),
    "frames that were lost": AgentTurn(lost=(1, 2, 4, 7, 8)),
    "thoughts as a summary": AgentTurn(reasoning="summary"),
    "thoughts as text": AgentTurn(reasoning="text"),
    "thoughts as messages": AgentTurn(thoughts=True),
    "response.done": AgentTurn(end="done"),
    "no end in the stream": AgentTurn(end="eof"),
}


async def test_each_oddity_tells_the_same(databricks: Databricks) -> None:
    """However a stream is written, the run reads the same as in the usual one."""
    async with fresh(databricks) as client:
        usual = await client.ask(WHY)
        for name, turn in ODD.items():
            databricks.turns.add(Turn(agent=turn))
            report = await client.ask(WHY)
            assert whole(report) == whole(usual), name
            assert report.recovered is (turn.end == "eof"), name
            assert ("response.output_item.updated" in report.seen) is turn.updated, name
    assert len(databricks.runs) == len(ODD) + 1


async def test_a_stream_cut_at_any_event_is_recovered(databricks: Databricks) -> None:
    """The run goes on without its stream: the items tell the rest, and nothing is asked twice."""
    databricks.turns.add(Turn(agent=AgentTurn(queries=2), times=100))
    async with fresh(databricks) as client:
        usual = await client.ask(WHY)
        events = len(usual.seen)
        for cut in range(1, events):
            databricks.faults.add(Fault(path="*/responses", cut=cut))
            report = await client.ask(WHY)
            assert (len(report.seen), report.recovered) == (cut, True)
            assert whole(report) == whole(usual), cut
        databricks.faults.add(Fault(path="*/responses", cut=0))
        assert (await client.ask(WHY)).response_id == ""
    assert len(databricks.runs) == events + 1


async def test_a_stream_that_dies_with_its_run(databricks: Databricks) -> None:
    """The run can end with the stream: then the items say that it failed, and a system message says why."""
    databricks.faults.add(Fault(path="*/responses", cut=5, with_run=True))
    databricks.turns.add(Turn(agent=AgentTurn(hold=5)))
    async with fresh(databricks) as client:
        report = await client.ask(WHY)
        view = await client.view(report.conversation_id)
    assert (report.status, report.error) == ("failed", "The response was interrupted.")
    assert view["status"] == "FAILED"


ENDS: list[tuple[AgentTurn, str, str]] = [
    (AgentTurn(end="failed"), "failed", "The model could not answer."),
    (AgentTurn(end="failed", error="No warehouse."), "failed", "No warehouse."),
    (AgentTurn(end="failed", error={"code": "BAD_REQUEST"}), "failed", "BAD_REQUEST"),
    (AgentTurn(end="incomplete"), "incomplete", ""),
    (
        AgentTurn(end="error", error={"code": "RESOURCE_DOES_NOT_EXIST", "message": "None."}),
        "failed",
        "None.",
    ),
    (AgentTurn(end="error", announced=False), "failed", "The model could not answer."),
]


@pytest.mark.parametrize(("turn", "status", "error"), ENDS)
async def test_ends_that_are_no_report(
    databricks: Databricks, turn: AgentTurn, status: str, error: str
) -> None:
    """A run that fails or stops early says so, with an error of any shape, and keeps what it has found."""
    databricks.turns.add(Turn(agent=turn))
    async with fresh(databricks) as client:
        report = await client.ask(WHY)
    assert (report.status, report.error, report.recovered) == (status, error, False)
    assert report.reason == ("max_output_tokens" if status == "incomplete" else "")
    assert len(report.queries) == (5 if turn.announced else 0)


async def test_a_line_of_600_kilobytes(databricks: Databricks) -> None:
    """A report can be a line of any length, twice."""
    databricks.turns.add(Turn(agent=AgentTurn(padding=600_000)))
    async with fresh(databricks) as client:
        report = await client.ask(WHY)
    assert report.status == "completed"
    assert len(report.prose) > 600_000


async def test_a_run_of_one_query_has_no_rows_in_its_report(databricks: Databricks) -> None:
    """Its rows are in what the query gave, and in chat mode's view; a report without data says the status."""
    databricks.turns.add(Turn(agent=AgentTurn(queries=1)))
    databricks.turns.add(Turn(agent=AgentTurn(metadata="fetch_failed")))
    async with fresh(databricks) as client:
        report, second = await client.ask(WHY), await client.ask(WHY)
    assert (len(report.queries), report.tables, len(report.outputs)) == (1, [], 1)
    assert [(table["status"], table["preview_rows"]) for table in second.tables] == [("fetch_failed", [])] * 2


@pytest.mark.parametrize("reading", ["incomplete", "failed", "completed", "eof"])
async def test_a_cancel_ends_the_run_at_its_next_step(databricks: Databricks, reading: Any) -> None:
    """The answer to a cancel is the message, still at work; what was found until then stays."""
    databricks.agent_mode.cancelled = reading
    databricks.turns.add(Turn(agent=AgentTurn(hold=6)))
    report = Report()
    async with fresh(databricks) as client:
        async with aclosing(client.steps(report, WHY)) as events:
            async for event in events:
                if event["sequence_number"] == 5:
                    assert (await client.cancel(report))["status"] == "EXECUTING_QUERY"
        view = await client.view(report.conversation_id)
    status = {"completed": "cancelled", "eof": "cancelled"}.get(reading, reading)
    assert (report.status, report.recovered) == (status, reading == "eof")
    assert list(report.queries.values()) == ["Revenue by region, Q3 2026"]
    assert (view["status"], len(view["attachments"])) == ("CANCELLED", 1)
    (run,) = databricks.runs
    assert (run.cancels, run.cancelled, len(run.queries)) == (1, True, 1)


@pytest.mark.parametrize("published", [False, True])
async def test_chat_modes_view_has_rows_and_pictures(databricks: Databricks, published: bool) -> None:  # noqa: FBT001
    """Each query is an attachment there; the chart's id in the stream is not quite that of its picture."""
    databricks.turns.add(Turn(agent=AgentTurn(published=published)))
    async with fresh(databricks) as client:
        report = await client.ask(WHY, charts=True)
        view = await client.view(report.conversation_id)
        picture = await client.picture(view, report.charts[0])
    kinds = [next(key for key in each if key != "attachment_id") for each in view["attachments"]]
    assert kinds == [*["query"] * 6, "viz", "suggested_questions"]
    assert picture.startswith(b"\x89PNG")
    assert view["message_id"] != report.response_id


async def test_refusals_leave_nothing_running(databricks: Databricks) -> None:
    """A run in the same conversation, the limit, and agent mode switched off are told by their statuses."""
    async with fresh(databricks) as client:
        databricks.turns.add(Turn(agent=AgentTurn(hold=2)))
        report = Report()
        events = client.steps(report, WHY)
        await anext(events)
        with pytest.raises(Refused) as busy:
            await client.ask("And why?", report.conversation_id)
        databricks.release()
        async for _ in events:
            pass
        follow_up = await client.ask("Only EMEA", report.conversation_id)
        databricks.faults.add(Fault(path="*/responses", status=429, body="{}", retry_after="7"))
        databricks.faults.add(Fault(path="*/responses", status=429, body="{}"))
        with pytest.raises(Refused) as limited:
            await client.ask(WHY)
        with pytest.raises(Refused) as without_time:
            await client.ask(WHY)
        databricks.agent_mode.enabled = False
        with pytest.raises(Refused) as off:
            await client.ask(WHY)
    assert (busy.value.status, follow_up.conversation_id) == (409, report.conversation_id)
    assert (limited.value.retry_after, without_time.value.retry_after) == ("7", None)
    assert (off.value.status, off.value.code) == (404, "FEATURE_DISABLED")
    assert len(databricks.runs) == 2
