"""What people see while Genie works: Slack's native status line, whichever generation of it serves."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from redis.asyncio import Redis

from render import words
from sandbox.databricks.genie.timing import Timing, Turn
from sandbox.faults import Fault
from tests.stories.kill import kill
from tests.stories.world import GENIE, PATIENT_SLACK, SALES, World, company, words_of

pytestmark = pytest.mark.redis

ASSISTANT, SESSIONS = "assistant.threads.setStatus", "agents.sessions.setStatus"
CALM = Timing(dict.fromkeys(words.progress.STATUS, 2.5))
"""Each status of Genie lasts long enough to be seen."""
BRISK = Timing(total=lambda _: 2.5)
"""A question lasts long enough for its status to be seen."""
LATER = replace(PATIENT_SLACK, agent=True, retired=frozenset({ASSISTANT}))
"""After February 2027, for an app that is declared an agent."""
NEITHER = replace(PATIENT_SLACK, retired=frozenset({ASSISTANT}))
QUESTION = f"{GENIE} revenue by region last year"


def told(world: World, method: str) -> list[str]:
    """Return the words that Slack took by a method, oldest first."""
    calls = [call for call in world.slack.request_log if call.method == method and not call.error]
    return [str(call.arguments["status"]) for call in calls]


@pytest.fixture
async def world(request: pytest.FixtureRequest, redis_url: str) -> AsyncIterator[World]:
    """Open a company with the Slack and the timing that a story wants, and one bot."""
    slack, timing = request.param
    async with company(redis_url, slack=slack, timing=timing) as opened:
        await opened.start_bot()
        yield opened


def settles(world: World, method: str, *words_told: str) -> bool:
    """Whether the last words that Slack took are these."""
    return told(world, method)[-len(words_told) :] == list(words_told)


@pytest.mark.parametrize("world", [(None, CALM)], indirect=True)
async def test_each_status_of_genie_is_told_in_order(world: World) -> None:
    """Every status is one line, said once, and the line is gone when the answer is there."""
    steps = ("ASKING_AI", "PENDING_WAREHOUSE", "EXECUTING_QUERY")
    world.databricks.turns.add(Turn(statuses=steps))
    asked = await world.ask(QUESTION)
    await world.answer(asked)
    await world.slack.until(lambda: settles(world, ASSISTANT, ""))
    assert told(world, ASSISTANT) == [*(words.progress.STATUS[step] for step in steps), ""]
    assert world.slack.workspace.statuses[SALES, asked] == ""
    assert told(world, SESSIONS) == []


@pytest.mark.parametrize("world", [(LATER, CALM)], indirect=True)
async def test_an_agents_session_works_and_ends(world: World) -> None:
    """Where the status line is no more, the thread's session says once that somebody works, and ends."""
    world.databricks.turns.add(Turn(statuses=("ASKING_AI", "EXECUTING_QUERY")))
    asked = await world.ask(QUESTION)
    await world.slack.until(lambda: settles(world, SESSIONS, "processing"))
    await world.answer(asked)
    await world.slack.until(lambda: settles(world, SESSIONS, "processing", "active"))
    assert told(world, SESSIONS) == ["processing", "active"]


@pytest.mark.slow
@pytest.mark.parametrize("world", [(LATER, BRISK)], indirect=True)
async def test_a_question_of_genies_leaves_the_session_waiting(world: World) -> None:
    """The session is suspended until the person replies; the answer to the reply ends it."""
    asked = await world.ask(f"{GENIE} how are we doing by region?")
    question = await world.answer(asked)
    await world.slack.until(lambda: settles(world, SESSIONS, "suspended"))
    await world.ask("revenue", thread=asked)
    await world.answer(asked, 2)
    await world.slack.until(lambda: settles(world, SESSIONS, "active"))
    assert words.answer.REPLY_HERE in words_of(question)


@pytest.mark.parametrize("world", [(NEITHER, BRISK)], indirect=True)
async def test_without_any_status_the_answers_come_all_the_same(world: World) -> None:
    """Slack refuses both generations once, the log says so, and they are left alone."""
    for _ in range(2):
        await world.answer(await world.ask(QUESTION))
    refused = [call.method for call in world.slack.request_log if call.method in {ASSISTANT, SESSIONS}]
    assert refused == [ASSISTANT, SESSIONS]
    assert sum("status.not_ours" in line for line in world.bots[0].log) == 2


FAULTS = {
    "unreadable": {"status": 200, "body": "[]"},
    "silent": {"delay": 60.0},
    "here": {"status": 200, "body": '{"ok": false, "error": "not_in_channel"}'},
    "for good": {"status": 200, "body": '{"ok": false, "error": "a_word_of_tomorrow"}'},
    "busy": {"status": 429, "retry_after": "30", "body": "{}"},
    "away": {"status": 503, "body": "<html>"},
    "cut": {"drop": True},
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("world", [(replace(PATIENT_SLACK, agent=True), BRISK)], indirect=True)
async def test_no_refusal_of_the_status_costs_an_answer(world: World, fault: dict[str, Any]) -> None:
    """Whatever Slack does to both generations, the answer comes and the next question gets its turn."""
    world.slack.faults.add(Fault(path="/api/a*s.setStatus", times=None, **fault))
    asked = await world.ask(QUESTION)
    await world.answer(asked)
    await world.ask("only EMEA", thread=asked)
    await world.answer(asked, 2)


@pytest.mark.parametrize(
    "turn",
    [
        Turn(end="FAILED"),
        *(pytest.param(turn, marks=pytest.mark.slow) for turn in (Turn(end="CANCELLED"), Turn(silent=True))),
    ],
)
@pytest.mark.parametrize("world", [(LATER, BRISK)], indirect=True)
async def test_trouble_ends_the_status_too(world: World, turn: Turn) -> None:
    """No "Working…" stays below words about trouble."""
    world.databricks.turns.add(turn)
    await world.answer(await world.ask(QUESTION))
    await world.slack.until(lambda: settles(world, SESSIONS, "processing", "active"))


@pytest.mark.parametrize("world", [(LATER, CALM)], indirect=True)
async def test_a_successor_ends_what_a_killed_bot_began(world: World) -> None:
    """A crash while Genie works leaves no session at work behind."""
    world.databricks.turns.add(Turn(statuses=("ASKING_AI", "EXECUTING_QUERY")))
    asked = await world.ask(QUESTION)
    await world.slack.until(lambda: settles(world, SESSIONS, "processing"))
    await kill(world, world.bots[0])
    await world.start_bot()
    await world.answer(asked)
    await world.slack.until(lambda: settles(world, SESSIONS, "active"))


@pytest.mark.parametrize("world", [(replace(PATIENT_SLACK, status_life=0.3), BRISK)], indirect=True)
async def test_a_long_question_keeps_its_line(world: World, redis_url: str) -> None:
    """Slack forgets a line after two minutes; it is told again while Genie works on."""
    world.databricks.turns.add(Turn(statuses=("EXECUTING_QUERY",), end=""))
    asked = await world.ask(QUESTION)
    line, shown = words.progress.STATUS["EXECUTING_QUERY"], world.slack.workspace.statuses
    await world.slack.until(lambda: shown.get((SALES, asked)) == line)
    await world.slack.until(lambda: not shown[SALES, asked])
    async with Redis.from_url(redis_url, decode_responses=True) as redis:
        [key] = [key async for key in redis.scan_iter(f"*{world.environment['REDIS_PREFIX']}*:question:*")]
        for moment in ("asked_at", "shown_at"):
            await redis.hincrby(key, moment, -120_000)  # as if two minutes had passed
    await world.slack.until(lambda: shown[SALES, asked] == line)
