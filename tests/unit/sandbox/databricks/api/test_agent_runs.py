"""Runs of agent mode: their items, their end on request, their view in chat mode, and the journal."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest

from sandbox.databricks import AgentTurn, Databricks, Timing, Turn
from sandbox.faults import Fault
from tests.unit.genie.databricks_caller import Caller, calling, path_of, query_of
from tests.unit.sandbox.databricks.api.agent_calls import agents, body, cancel_path, post, research, view_of

TODAY = date(2026, 11, 22)


@pytest.fixture
def databricks() -> Databricks:
    return Databricks(timing=Timing.instant(), today=TODAY)


@pytest.fixture
async def caller(databricks: Databricks) -> AsyncIterator[Caller]:
    async with calling(databricks) as caller:
        yield caller


async def test_items_in_pages(databricks: Databricks, caller: Caller) -> None:
    """The question first, whose id ends in `_input`; newest first unless asked; pages end with `has_more`."""
    message = await research(databricks, caller)
    items = agents(caller, f"conversations/{message['conversation_id']}/items")
    whole = (await caller.call("GET", f"{items}?order=asc&limit=100")).body
    first = (await caller.call("GET", f"{items}?order=asc&limit=4")).body
    second = (await caller.call("GET", f"{items}?order=asc&limit=100&after={first['last_id']}")).body
    newest = (await caller.call("GET", items)).body
    assert (whole["status"], whole["has_more"], first["has_more"]) == ("completed", False, True)
    assert whole["data"][0]["id"] == f"{message['message_id']}_input"
    assert first["data"] + second["data"] == whole["data"] == newest["data"][::-1]
    assert whole["data"][1:] == databricks.runs[0].items
    databricks.agent_mode.input_ids = "response"
    oldest = (await caller.call("GET", f"{items}?order=asc")).body["data"][0]
    assert oldest["id"] == f"{databricks.runs[0].response_id}_input"
    for wrong in ("limit=0", "limit=101", "limit=x", "order=up", "after=nothing"):
        assert (await caller.call("GET", f"{items}?{wrong}")).status == 400


async def test_items_of_a_running_and_of_a_failed_run(databricks: Databricks, caller: Caller) -> None:
    """While it runs a call is there without its arguments; a failure is a message of the system."""
    databricks.turns.add(Turn(agent=AgentTurn(hold=4, end="failed", error="No warehouse.")))
    databricks.faults.add(Fault(path="*/responses", cut=4))
    with pytest.raises(Exception, match="payload"):
        await caller.stream(agents(caller, "responses"), body())
    items = agents(caller, f"conversations/{view_of(databricks)['conversation_id']}/items?order=asc")
    running = (await caller.call("GET", items)).body
    assert running["status"] == "in_progress"
    assert running["data"][-1]["arguments"] == ""
    databricks.release()
    await caller.until(path_of(view_of(databricks)))
    failed = (await caller.call("GET", items)).body
    assert (failed["status"], failed["data"][-1]["role"]) == ("failed", "system")
    assert failed["data"][-1]["content"][0]["text"] == "No warehouse."


async def test_the_view_of_chat_mode_lags_and_has_rows(databricks: Databricks, caller: Caller) -> None:
    """Once it is COMPLETED the rows, reruns, exports, feedback and deletion work as in chat mode."""
    message = await research(databricks, caller)
    query = query_of(message)
    assert (await caller.call("GET", f"{query}/query-result")).body["statement_response"]["result"][
        "row_count"
    ]
    assert (await caller.call("POST", f"{query}/execute-query", {})).status == 200
    assert (await caller.call("POST", f"{query}/downloads", {})).status == 200
    assert (await caller.call("POST", f"{path_of(message)}/feedback", {"rating": "POSITIVE"})).status == 200
    assert databricks.feedback_on(message["conversation_id"], message["message_id"])[0] == "POSITIVE"
    assert (await caller.call("DELETE", f"conversations/{message['conversation_id']}")).status == 200


async def test_the_view_comes_some_time_after_the_end() -> None:
    """The stream has ended while the message is still at work, and has no attachments."""
    databricks = Databricks(
        timing=Timing({"VIEW_LAG": 60.0, "REASONING": 0.0, "REPORTING": 0.0}), today=TODAY
    )
    databricks.turns.add(Turn(agent=AgentTurn(queries=0)))
    async with calling(databricks) as caller:
        text = await caller.stream(agents(caller, "responses"), body("hello"))
        said = await caller.call("GET", path_of(view_of(databricks)))
    assert "response.completed" in text
    assert (said.body["status"], said.body["attachments"]) == ("SUBMITTED", None)


async def test_a_cancel_of_what_has_ended_or_never_was(databricks: Databricks, caller: Caller) -> None:
    """What has ended is refused, or answered as it is; another response does not exist."""
    message = await research(databricks, caller)
    assert (await post(caller, {}, cancel_path(databricks))).status == 400
    databricks.agent_mode.late_cancel = 200
    said = await post(caller, {}, cancel_path(databricks))
    assert (said.status, said.body["message_id"]) == (200, message["message_id"])
    assert (await post(caller, {}, cancel_path(databricks, "other"))).status == 404
    assert databricks.runs[0].cancels == 0


async def test_a_cancel_may_wait_for_the_end(databricks: Databricks, caller: Caller) -> None:
    """In that reading its answer is the message at its end."""
    databricks.agent_mode.cancel_waits = True
    databricks.turns.add(Turn(agent=AgentTurn(hold=4)))
    databricks.faults.add(Fault(path="*/responses", cut=4))
    with pytest.raises(Exception, match="payload"):
        await caller.stream(agents(caller, "responses"), body())
    assert (await post(caller, {}, cancel_path(databricks))).body["status"] == "CANCELLED"


async def test_silence_is_filled_with_comments(databricks: Databricks, caller: Caller) -> None:
    """A run that has nothing to tell for a while sends comments, so that nobody takes it for dead."""
    databricks.agent_mode.keep_alive = 0.01
    databricks.turns.add(Turn(agent=AgentTurn(hold=2)))
    asyncio.get_running_loop().call_later(0.1, databricks.release)
    text = await caller.stream(agents(caller, "responses"), body())
    assert ": keep-alive\n\n" in text
    assert "response.completed" in text


async def test_the_journal_has_runs_cancels_and_ends(databricks: Databricks, caller: Caller) -> None:
    """Tests see which questions ran, and how they ended; one whose answer is lost runs as well."""
    await research(databricks, caller, "revenue by region")
    databricks.faults.add(Fault(path="*/responses", drop=True, after=True))
    with pytest.raises(Exception, match="disconnected"):
        await post(caller, body("units by month"))
    await caller.until(path_of(view_of(databricks)))
    assert [(run.content, run.status) for run in databricks.runs] == [
        ("revenue by region", "completed"),
        ("units by month", "completed"),
    ]
    asked = [record for record in databricks.request_log if record.kind == "research"]
    assert [(record.content, record.status) for record in asked] == [
        ("revenue by region", 200),
        ("units by month", 499),
    ]
    assert asked[1].message_id == databricks.runs[1].message.message_id
