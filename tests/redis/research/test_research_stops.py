"""Research that its asker stops while it runs, and as it is sent."""

import asyncio
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.steps.research import follow
from genie.agent_model import ItemSeen, Reasoning, ResponseCreated, ResponseStatus
from genie.errors import RateLimited
from tests.redis.queue_moves import KEYS, Person
from tests.redis.research.test_research_steps import ENDED, REF, run_of

pytestmark = pytest.mark.redis


async def test_a_stop_is_told_to_genie_and_the_end_awaited(
    redis: "Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another replica takes the press; the reader cancels once, says so at once, and tells how Genie ends.

    It waits neither for Genie to answer the cancel, nor for edits for progress, which are used up.
    """
    monkeypatch.setattr(follow, "GLANCE_SECONDS", 0.01)
    monkeypatch.setattr(follow, "SHOWN_SECONDS", 60.0)

    async def becomes(stopping: str) -> None:
        async with asyncio.timeout(5):
            while await run.saved("stopping", "place") != [stopping, "1"]:  # noqa: ASYNC110 - Redis tells nobody
                await asyncio.sleep(0.01)

    async def stop() -> None:
        run.genie.answers.clear()
        run.slack.short = True
        await Person(redis, KEYS).stop(run.lease.question.id, "U1")
        try:
            await becomes("1")
        finally:
            run.genie.answers.set()
        await becomes("2")

    run = await run_of(redis, ResponseCreated(REF), stop, ItemSeen((Reasoning("i", "x"),), done=True), ENDED)
    await run.step.run(run.lease)
    assert run.genie.cancelled == [REF]
    assert run.reports.ends == [("incomplete", 2)]


@pytest.mark.parametrize(
    ("stored", "stopping"), [(ResponseStatus.INCOMPLETE, 2), (ResponseStatus.IN_PROGRESS, 3)]
)
async def test_a_run_that_is_not_found_has_ended_or_goes_on(
    redis: "Redis", monkeypatch: pytest.MonkeyPatch, stored: ResponseStatus, stopping: int
) -> None:
    """A process that was killed may have stopped it: what is stored tells the one from the other."""
    monkeypatch.setattr(follow, "GLANCE_SECONDS", 0.01)

    async def stop() -> None:
        run.genie.stored = stored
        await Person(redis, KEYS).stop(run.lease.question.id, "U1")
        async with asyncio.timeout(5):
            while await run.saved("stopping") == ["1"]:  # noqa: ASYNC110 - Redis tells nobody
                await asyncio.sleep(0.01)

    run = await run_of(redis, ResponseCreated(REF), stop, ItemSeen((Reasoning("i", "x"),), done=True), ENDED)
    await run.step.run(run.lease)
    assert run.reports.ends == [("incomplete", stopping)]


@pytest.mark.parametrize("lost", [False, True])
async def test_what_was_stopped_and_has_not_begun_is_withdrawn(
    redis: "Redis",
    lost: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """At once after a refusal, also where no token is to be had, and after a POST that left no trace."""

    async def stop() -> None:
        await Person(redis, KEYS).stop(run.lease.question.id, "U1")

    run = await run_of(redis, stop, RateLimited(status=429))
    if lost:
        await stop()
    asked_before = replace(run.lease.progress, asking_at=1)
    await run.step.run(replace(run.lease, granted=False, progress=asked_before) if lost else run.lease)
    [lease] = await run.bot.claim(1)
    assert (lease.granted, lease.progress.withdrawn, run.genie.posts) == (False, 1, 0 if lost else 1)
