"""What becomes of research of which Genie has not said in time where it is."""

import asyncio
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.progress import State
from bot.steps.research import begin
from bot.store.threads import ThreadStore
from genie.model import MessageRef
from tests.redis.queue_moves import KEYS, Bot, question
from tests.redis.research.test_research_queue import research
from tests.redis.research.test_research_steps import run_of

pytestmark = pytest.mark.redis


async def test_a_stream_that_only_lives_is_left_and_the_run_looked_up(
    redis: "Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its slot is free again; nothing asks anew before Genie's lists have been searched."""
    monkeypatch.setattr(begin, "BEGIN_SECONDS", 0.05)
    run = await run_of(redis, asyncio.Event().wait)
    async with asyncio.timeout(20):
        await run.step.run(run.lease)
    assert await run.saved("state", "owner", "failures_in_a_row") == [State.ASKING, None, "1"]
    assert run.genie.posts == 1


@pytest.mark.parametrize(("seconds", "state"), [(15, State.ASKING), (25, State.ANNOUNCED)])
async def test_a_lost_run_has_time_to_be_listed(redis: "Redis", seconds: int, state: State) -> None:
    """It is asked for again only when Genie would have told of it long ago."""
    run = await run_of(redis)
    sent_at = replace(run.lease.progress, asking_at=run.lease.now - seconds * 1000)
    await run.step.run(replace(run.lease, granted=False, progress=sent_at))
    assert await run.saved("state") == [state]


async def test_research_that_refused_charts_leaves_them_to_questions(redis: "Redis") -> None:
    """Each mode has a field of its own for them; further research spares itself the refusal."""
    bot, threads = Bot(redis), ThreadStore(redis, KEYS)
    for each in (research("1"), research("2"), question("3")):
        await bot.questions.accept(each)
    await bot.announce()
    charts = {}
    for lease in sorted(await bot.granted(), key=lambda each: each.question.id):
        picked, charts[lease.question.id] = await threads.pick_conversation(lease, "s")
        if lease.question.id == "T1.C1.1":
            await bot.queue.save(picked, plain=1)
            await bot.queue.asked(picked, MessageRef("s", "c1", "r1"), poll_in=9)
    assert charts == {"T1.C1.1": True, "T1.C1.2": False, "T1.C1.3": True}


async def test_research_begins_anew_beside_what_was_said_in_chat_mode(redis: "Redis") -> None:
    """Its own conversation in the thread is left; that of chat mode goes on, and so does what begins one."""
    bot, threads, current, before = Bot(redis), ThreadStore(redis, KEYS), {}, []
    for name, asked in (
        ("1", question("1", thread="1")),
        ("2", research("2", thread="1")),
        ("3", replace(research("3", thread="1"), fresh=True)),
    ):
        await bot.questions.accept(asked)
        await bot.announce()
        [lease] = await bot.granted()
        before.append(await threads.before_research(lease, "s"))
        lease, _ = await threads.pick_conversation(lease, "s")
        assert lease.progress.into == ""
        await bot.queue.asked(lease, MessageRef("s", f"c{name}", f"m{name}"), poll_in=0)
        current[lease.question.bucket] = await threads.current(lease, "s")
        [lease] = [lease] if asked.research else await bot.claim(10)
        await bot.queue.finish(lease, State.DELIVERED)
    again = replace(lease, question=question("4", thread="1"))
    assert (current["research"], await threads.current(again, "s")) == ("c3", "c1")
    assert before == ["", "T1.C1.1", "T1.C1.1"]
    assert not await threads.before_research(replace(again, question=research("4", thread="1")), "s")
