"""Questions that a schedule asks stand behind what people ask, in the line and in their thread."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.failures import causes
from bot.records.progress import State
from bot.records.question import Place, Question, Surface
from bot.store.changes import QuestionChanges
from bot.store.jobs import JobStore
from bot.store.limiter import Rate
from bot.store.questions import Bounds, QuestionStore
from bot.store.results import Receipt
from bot.store.threads import ThreadStore
from genie.errors import GrantEnded
from tests.redis.queue_moves import KEYS, Bot, names, question
from tests.redis.sign_in.private_words import SlackSide

pytestmark = pytest.mark.redis


def scheduled(name: str, asker: str = "U1", thread: str | None = None) -> Question:
    """Return a question that a watch asks."""
    return replace(question(name, asker, thread, Surface.BUTTON), scheduled=f"T1.{asker}.V1")


async def test_people_are_asked_before_schedules(redis: "Redis") -> None:
    """However early a schedule came, and also for the person whose schedule it is."""
    bot = Bot(redis, Rate(6, 60))
    for each in (scheduled("s1"), scheduled("s2", "U2"), question("a", "U1"), question("b", "U3")):
        await bot.questions.accept(each)
    await bot.announce()
    assert names(await bot.granted()) == ["a", "b", "s1"]
    for each in (question("c", "U1"), question("d", "U1"), scheduled("s3", "U3")):
        await bot.questions.accept(each)
    await bot.announce()
    assert names(await bot.granted()) == ["c", "d"]


async def test_schedules_leave_half_of_the_tokens_to_people(redis: "Redis") -> None:
    """Who asks while many schedules are due finds a token at once."""
    bot = Bot(redis, Rate(6, 60))
    for number in range(6):
        await bot.questions.accept(scheduled(f"s{number}", f"U{number}"))
    await bot.announce()
    assert len(await bot.granted()) == 3
    for number in range(4):
        await bot.questions.accept(question(f"q{number}", "U9"))
    await bot.announce()
    assert names(await bot.granted()) == ["q0", "q1", "q2"]


async def test_the_only_token_of_a_limit_serves_schedules_too(redis: "Redis") -> None:
    """With one question in each window half of the tokens is none."""
    bot = Bot(redis, Rate(1, 60))
    await bot.questions.accept(scheduled("s"))
    await bot.announce()
    assert names(await bot.granted()) == ["s"]


async def test_a_schedule_that_is_asked_once_more_stays_behind_people(redis: "Redis") -> None:
    """Refused by Genie it stands first among schedules, and not at the head of the line."""
    bot = Bot(redis, Rate(4, 60))
    for each in (scheduled("s1"), scheduled("s2", "U2"), scheduled("s3", "U3")):
        await bot.questions.accept(each)
    await bot.announce()
    refused, _ = await bot.granted()
    await bot.questions.accept(question("a", "U4"))
    await bot.queue.join(refused, first=True)
    line = [str(each).rpartition(".")[2] for each in await redis.zrange(KEYS.line, 0, -1)]
    assert line == ["a", "s1", "s3"]


async def test_a_person_passes_a_schedule_in_its_thread(redis: "Redis") -> None:
    """As long as Genie has not got it; it is asked when what people asked there has ended."""
    bot = Bot(redis, Rate(9, 60))
    await bot.questions.accept(scheduled("s", "U1", thread="t"))
    await bot.questions.accept(question("a", "U2", thread="t"))
    await bot.announce()
    [first] = await bot.granted()
    assert names([first]) == ["a"]
    await bot.answer(first)
    await bot.announce()
    assert names(await bot.granted()) == ["s"]


async def test_schedules_take_no_room_from_what_people_ask(redis: "Redis") -> None:
    """They count for no bound, neither of a person nor of a channel."""
    store = QuestionStore(redis, KEYS, 0, Bounds(1, 1, Rate(1, 60)))
    for number in range(3):
        assert await store.accept(scheduled(f"s{number}")) is Receipt.ACCEPTED
    assert await store.accept(question("a")) is Receipt.ACCEPTED


async def test_what_a_schedule_asks_is_not_where_its_owner_asked_last(redis: "Redis") -> None:
    """`/genie new` and the like are about the thread of a person's own words."""
    bot, jobs = Bot(redis), JobStore(redis, KEYS)
    await bot.questions.accept(question("a"))
    await bot.questions.accept(scheduled("s1", thread="t"))
    await bot.questions.accept(replace(scheduled("s2"), place=Place("T1", "C1", None)))
    opens = next(each for each in await bot.claim(9) if each.question.id.endswith("s2"))
    await ThreadStore(redis, KEYS).open(opens, "9.0")
    assert await jobs.latest("T1", "C1", "U1") == Place("T1", "C1", "a")


async def test_what_was_withdrawn_is_not_asked_by_the_same_run_again(redis: "Redis") -> None:
    """A process that stalled may come back to ask it, after its schedule was stopped."""
    bot, asked = Bot(redis), scheduled("s", thread="t")
    await bot.questions.accept(asked)
    await QuestionChanges(redis, KEYS).withdraw(asked.id)
    [lease] = await bot.claim(9)
    await bot.queue.finish(lease, State.WITHDRAWN)
    assert await bot.questions.accept(asked) is Receipt.DUPLICATE


async def test_what_a_schedule_asks_waits_for_no_sign_in(redis: "Redis") -> None:
    """Its run would hold up those of others for the hour; no link is sent."""
    bot, side = Bot(redis), SlackSide(redis)
    await bot.questions.accept(scheduled("1"))
    [lease] = await bot.claim(9)
    assert await side.waits.begin(lease) is causes.ERROR_CAUSES[GrantEnded]
    assert (side.told, side.directly) == ([], [])
