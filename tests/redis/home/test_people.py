"""What Redis keeps of a person: settings, and the questions asked last."""

import json
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.progress import FAILED, State
from bot.records.question import Notice, Place, Surface
from bot.store.changes import QuestionChanges
from bot.store.keys import PREFERENCES_LIFETIME
from bot.store.people import PeopleStore, Preferences
from render.text.locales import Dates, Numbers
from tests.redis.queue_moves import EDITS, KEYS, Bot, question

pytestmark = pytest.mark.redis

EVERYTHING = Preferences(private=True, charts=False, numbers=Numbers.POINT, dates=Dates.YEAR)


async def recent(redis: "Redis", user: str = "U1") -> list[str]:
    """Return the ids of the questions that a person asked last, without what all have in common."""
    found = await PeopleStore(redis, KEYS).recent("T1", user)
    return [each.question.id.removeprefix("T1.C1.") for each in found]


async def test_settings_come_back_as_they_were_saved(redis: "Redis") -> None:
    """Of that person and nobody else."""
    store = PeopleStore(redis, KEYS)
    await store.save("T1", "U1", EVERYTHING)
    assert await store.preferences("T1", "U1") == EVERYTHING
    assert await store.preferences("T1", "U2") == Preferences()
    assert await store.preferences("T2", "U1") == Preferences()


async def test_settings_of_another_version_are_read(redis: "Redis") -> None:
    """What this version does not know is as if it were not set."""
    stored = {"private": True, "numbers": "roman", "tone": "friendly"}
    await redis.set(KEYS.preferences("T1", "U1"), json.dumps(stored), px=1000)
    assert await PeopleStore(redis, KEYS).preferences("T1", "U1") == Preferences(private=True)


async def test_settings_that_are_used_stay(redis: "Redis") -> None:
    """Each use begins their year anew."""
    store = PeopleStore(redis, KEYS)
    await store.save("T1", "U1", EVERYTHING)
    await redis.pexpire(KEYS.preferences("T1", "U1"), 60_000)
    await store.preferences("T1", "U1")
    assert await redis.pttl(KEYS.preferences("T1", "U1")) > PREFERENCES_LIFETIME - 60_000


async def test_the_questions_asked_last_are_found_newest_first(redis: "Redis") -> None:
    """A person's own alone, wherever they were asked, and no more than twenty."""
    bot = Bot(redis)
    for number in range(25):
        await bot.questions.accept(question(str(number)))
    await bot.questions.accept(question("of another", "U2"))
    elsewhere = replace(question("elsewhere"), place=Place("T1", "D1", None), surface=Surface.DIRECT)
    await bot.questions.accept(elsewhere)
    assert await recent(redis) == ["elsewhere", *(str(number) for number in range(24, 5, -1))]
    assert await recent(redis, "U2") == ["of another"]


async def test_calls_for_help_are_no_questions(redis: "Redis") -> None:
    """Nor are thanks."""
    bot = Bot(redis)
    await bot.questions.accept(replace(question("help"), notice=Notice.HELP))
    await bot.questions.accept(question("1"))
    await bot.questions.accept(question("1"))
    assert await recent(redis) == ["1"]


async def test_what_was_withdrawn_or_forgotten_is_not_among_them(redis: "Redis") -> None:
    """A question that was edited is there in its new words."""
    bot, changes = Bot(redis), QuestionChanges(redis, KEYS)
    for name in ("kept", "withdrawn", "forgotten", "edited"):
        await bot.questions.accept(question(name))
    await changes.withdraw("T1.C1.withdrawn", "U1")
    await redis.hdel(KEYS.question("T1.C1.forgotten"), "question")
    at = next(EDITS)
    words = replace(
        question("edited"), id=f"T1.C1.edited.{at}", revises="T1.C1.edited", text="in other words"
    )
    await changes.revise(words, at, "UBOT")
    assert await recent(redis) == [f"edited.{at}", "kept"]


@pytest.mark.parametrize("outcome", ["answered", f"{FAILED}unavailable", "withdrawn"])
async def test_how_a_question_ended_is_kept_and_counted(redis: "Redis", outcome: str) -> None:
    """For its day, in one step with its end."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    [lease] = await bot.claim(1)
    await bot.queue.finish(lease, State.DELIVERED, outcome)
    [asked] = await PeopleStore(redis, KEYS).recent("T1", "U1")
    assert asked.progress.outcome == outcome
    assert await redis.hgetall(KEYS.figures(lease.now)) == {outcome: "1"}
