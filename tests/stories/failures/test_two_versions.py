"""Replicas are replaced one after the other: for a while one cannot read what another one stores."""

import asyncio
import json
import signal
from collections import Counter

import pytest
from redis.asyncio import Redis

from bot.records.question import Question
from bot.store.keys import Keys
from render import words
from tests.stories.limited import limited
from tests.stories.world import (
    ADA,
    ANSWER_SECONDS,
    BEN,
    CHLOE,
    GENIE,
    OWN_CHARTS,
    SALES,
    company,
    kinds,
    words_of,
)

pytestmark = [pytest.mark.redis, pytest.mark.slow]

LIMIT, WINDOW_SECONDS = 3, 10.0
"""So long that who comes after these is still in line when a busy machine has edited and started again."""
LONG = 6 * 60 * 1000
"""Milliseconds after which a process looks again."""
SIGHTINGS = 3
"""Of a record that nobody can read, with the one at its end."""


def know_no_edits() -> None:
    """Make a bot one of a version that cannot read a question whose message was edited."""
    read = Question.from_json

    def from_json(text: str) -> Question:
        if "revises" in json.loads(text):
            raise TypeError
        return read(text)

    Question.from_json = staticmethod(from_json)  # type: ignore[method-assign]


def unreadable(log: list[str]) -> Counter[str]:
    """Count how often each record was logged as one of another version."""
    lines = [json.loads(line) for line in log if "question.unreadable" in line]
    return Counter(line["question"] for line in lines)


async def test_each_version_answers_what_it_can_read(redis_url: str) -> None:
    """Edited questions, and what follows in their threads, wait for the later version alone."""
    async with limited(redis_url, LIMIT, WINDOW_SECONDS, CHARTS="off", PORT="0") as world:
        old = await world.start_bot(prepare=know_no_edits)
        threads = [await world.ask(f"{GENIE} revenue by region", user) for user in (ADA, BEN, CHLOE)]
        await world.asked(LIMIT)
        edited = [await world.ask(f"{GENIE} units by month", user) for user in (ADA, BEN)]
        for user, thread in zip((ADA, BEN), edited, strict=True):
            await world.slack.until(lambda: world.ours(thread))  # noqa: B023 - awaited here
            await world.slack.edit(user, SALES, thread, f"{GENIE} orders by month")
        await world.until(lambda: len(unreadable(old.log)) == len(edited))
        await world.ask("and by region?", ADA, thread=edited[0])
        new = await world.start_bot()
        for thread in threads + edited:
            await world.answer(thread)
        await world.answer(edited[0], 2)
        assert [len(world.ours(thread)) for thread in threads + edited] == [1, 1, 1, 2, 1]
        assert len(world.databricks.questions()) == len(threads + edited) + 1
        assert set(unreadable(old.log).values()) == {1}
        assert not unreadable(new.log)
        assert await old.end(signal.SIGTERM) == 0


async def test_who_went_back_tells_what_it_cannot_read(redis: "Redis", redis_url: str) -> None:
    """After ten minutes the edited question reads that it has to be asked again, and its thread goes on."""
    async with company(redis_url, databricks=OWN_CHARTS, CHARTS="off") as world:
        old = await world.start_bot(prepare=know_no_edits)
        asked = await world.ask(f"{GENIE} units by month")
        await world.asked()
        await world.slack.edit(ADA, SALES, asked, f"{GENIE} orders by month")
        await world.until(lambda: unreadable(old.log))
        await world.ask("and by region?", thread=asked)
        [edited] = unreadable(old.log)
        async with asyncio.timeout(ANSWER_SECONDS):
            while unreadable(old.log)[edited] < SIGHTINGS:
                due = Keys(world.environment["REDIS_PREFIX"]).due
                await redis.zadd(due, {edited: -LONG}, xx=True, incr=True)
                await asyncio.sleep(0.05)
        assert "data_table" in kinds(await world.answer(asked, 2))
        assert words.failures.OTHER_VERSION in words_of(world.ours(asked)[0])
