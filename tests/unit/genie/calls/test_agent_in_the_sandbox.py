"""The bot's client reads every oddity of the sandbox's agent mode alike."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import date

import pytest

from genie.agent_model import (
    Item,
    Prose,
    ResponseCreated,
    ResponseEnded,
    ResponseEvent,
    ResponseRef,
    ResponseState,
    ResultPart,
    ToolCall,
    ToolOutput,
)
from genie.client import Genie
from genie.errors import Ambiguous, BadRequest, StreamBroken
from genie.http.auth import PersonalToken
from sandbox.databricks import AgentMode, AgentTurn, Databricks, Timing, Turn
from sandbox.faults import Fault
from tests.unit.genie.genie_server import client
from tests.unit.sandbox.databricks.agent_mode.test_fresh_client import ODD, WHY

TODAY = date(2026, 11, 22)
SHORT = AgentTurn(queries=2)


@pytest.fixture
async def databricks() -> AsyncIterator[Databricks]:
    mode = AgentMode(limit=100)
    async with Databricks(timing=Timing.instant(), today=TODAY, agent_mode=mode) as databricks:
        yield databricks


@pytest.fixture
async def genie(databricks: Databricks) -> AsyncIterator[Genie]:
    async with client(databricks.url, PersonalToken(databricks.token)) as genie:
        yield genie


async def research(
    genie: Genie, databricks: Databricks, seen: list[ResponseEvent], cancel_at: int = 0
) -> tuple[Item, ...]:
    """Have a question researched; return its items, from the stream or, where that breaks, from the list."""
    with suppress(StreamBroken):
        async for event in genie.research(databricks.space_id, WHY):
            seen += [event]
            if len(seen) == cancel_at:
                await genie.cancel_response(place(seen))
    if isinstance(seen[-1], ResponseEnded):
        return seen[-1].items
    return (await stored(genie, place(seen))).items


def place(seen: list[ResponseEvent]) -> ResponseRef:
    assert isinstance(seen[0], ResponseCreated)
    return seen[0].ref


async def stored(genie: Genie, ref: ResponseRef) -> ResponseState:
    async with asyncio.timeout(10):
        while True:
            state = await genie.response_items(ref)
            if state.final:
                return state
            await asyncio.sleep(0.01)


def read(items: tuple[Item, ...]) -> list[object]:
    """Return what a reader learns of a run, apart from thoughts and ids; the same SQL counts once."""
    said: list[object] = []
    for item in items:
        match item:
            case ToolCall():
                said.append((item.title, item.sql))
            case ToolOutput():
                said.append((item.title, item.markdown))
            case ResultPart():
                said.append((item.sql, item.rows, item.total_rows))
            case Prose():
                said.append((item.text, item.citations))
    return list(dict.fromkeys(said))


async def test_each_oddity_reads_the_same(databricks: Databricks, genie: Genie) -> None:
    """However a stream is written, the run reads the same as in the usual one."""
    usual = read(await research(genie, databricks, []))
    assert len(usual) > 10
    for name, turn in ODD.items():
        databricks.turns.add(Turn(agent=turn))
        assert read(await research(genie, databricks, [])) == usual, name
    assert len(databricks.runs) == len(ODD) + 1


async def test_a_stream_cut_at_any_event_reads_the_same(databricks: Databricks, genie: Genie) -> None:
    """What a broken stream did not tell is in the items; one that told nothing may have begun a run."""
    databricks.turns.add(Turn(agent=SHORT, times=100))
    events: list[ResponseEvent] = []
    usual = read(await research(genie, databricks, events))
    for cut in range(1, len(events)):
        databricks.faults.add(Fault(path="*/responses", cut=cut))
        assert read(await research(genie, databricks, [])) == usual, cut
    databricks.faults.add(Fault(path="*/responses", cut=0))
    with pytest.raises(Ambiguous):
        await research(genie, databricks, [])
    assert len(databricks.runs) == len(events) + 1


@pytest.mark.parametrize("waits", [False, True])
async def test_a_cancel_ends_a_run(databricks: Databricks, genie: Genie, *, waits: bool) -> None:
    """Each way in which Genie may word that end is an end; what has ended is refused, and not tried again."""
    databricks.agent_mode.cancel_waits = waits
    for reading in ("incomplete", "failed", "completed", "eof"):
        databricks.agent_mode.cancelled = reading
        databricks.turns.add(Turn(agent=AgentTurn(hold=6)))
        seen: list[ResponseEvent] = []
        items = await research(genie, databricks, seen, cancel_at=3)
        assert [item.title for item in items if isinstance(item, ToolCall)] == ["Revenue by region, Q3 2026"]
        with pytest.raises(BadRequest):
            await genie.cancel_response(place(seen))
    assert [run.cancels for run in databricks.runs] == [1] * 4


async def test_a_lost_run_is_found_by_its_words(databricks: Databricks, genie: Genie) -> None:
    """By the items, or by chat mode's view where a workspace has none; its rows are in that view."""
    databricks.faults.add(Fault(path="*/responses", drop=True, after=True))
    with pytest.raises(Ambiguous):
        await research(genie, databricks, [])
    (run,) = databricks.runs
    for items in (True, False):
        databricks.agent_mode.items = items
        (found,) = await genie.find_responses(databricks.space_id, WHY, run.began - 1)
        assert found.conversation_id == run.message.conversation_id
    await run.settled.wait()
    message = await genie.response_message(found, run.began - 1)
    assert message is not None
    assert (message.ref.message_id, len(message.attachments)) == (run.message.message_id, 7)
