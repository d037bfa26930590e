"""How many questions may wait: of a person, in a channel, besides those that can be asked at once."""

import asyncio
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.progress import Placeholder, State
from bot.store.limiter import QUESTIONS, Bucket, Rate
from bot.store.questions import Bounds, QuestionStore
from bot.store.results import Receipt
from tests.redis.queue_moves import KEYS, Bot, question

pytestmark = pytest.mark.redis

RATE = Rate(2, 60)
IN_MEMORY = 400


def bounded(redis: "Redis", by_person: int = 3, in_channel: int = 100) -> tuple[Bot, QuestionStore]:
    """Return a worker's hands, and a store with bounds."""
    return Bot(redis, RATE), QuestionStore(redis, KEYS, 0, Bounds(by_person, in_channel, RATE))


async def test_a_person_may_have_so_many_waiting_beside_what_is_asked_at_once(redis: "Redis") -> None:
    """Two tokens are free and three may wait; those that Genie has do not count, nor do withdrawn ones."""
    bot, store = bounded(redis)
    receipts = [await store.accept(question(str(number))) for number in range(7)]
    assert receipts == [Receipt.ACCEPTED] * 5 + [Receipt.TOO_MANY_BY_PERSON] * 2
    await bot.announce()
    granted = await bot.granted()
    assert len(granted) == RATE.capacity
    assert await store.accept(question("other")) is Receipt.TOO_MANY_BY_PERSON
    await redis.hset(KEYS.question("T1.C1.4"), "withdrawn", 1)
    assert await store.accept(question("other")) is Receipt.ACCEPTED
    assert await store.accept(question("one more")) is Receipt.TOO_MANY_BY_PERSON
    assert await store.accept(question("another's", asker="U2")) is Receipt.ACCEPTED


@pytest.mark.parametrize("since", ["signing_in_at", "choosing_at"])
async def test_what_waits_for_its_person_does_not_wait_for_genie(redis: "Redis", since: str) -> None:
    """A sign-in or a choice that does not come takes nobody's place; of one person no more may wait so."""
    _, store = bounded(redis, by_person=2, in_channel=2)
    await Bucket(redis, KEYS, QUESTIONS, RATE).close(60)
    for name in ("1", "2"):
        assert await store.accept(question(name)) is Receipt.ACCEPTED
        await redis.hset(KEYS.question(f"T1.C1.{name}"), since, 1)
    assert await store.accept(question("3")) is Receipt.TOO_MANY_BY_PERSON
    await redis.hset(KEYS.question("T1.C1.2"), "withdrawn", 1)
    assert await store.accept(question("3")) is Receipt.ACCEPTED
    assert await store.accept(question("4", asker="U2")) is Receipt.ACCEPTED
    assert await store.accept(question("5", asker="U2")) is Receipt.TOO_MANY_IN_CHANNEL
    await redis.hset(KEYS.question("T1.C1.4"), "withdrawn", 1)
    await redis.hdel(KEYS.question("T1.C1.1"), since)  # what goes on counts again
    assert await store.accept(question("6", asker="U2")) is Receipt.TOO_MANY_IN_CHANNEL


async def test_a_refused_question_leaves_nothing(redis: "Redis") -> None:
    """Neither a record nor a thread, and a redelivery of one that was stored is still known."""
    _, store = bounded(redis, by_person=1)
    await Bucket(redis, KEYS, QUESTIONS, RATE).close(60)
    first = question("1")
    assert await store.accept(first) is Receipt.ACCEPTED
    keys = await redis.dbsize()
    for number in range(2, 50):
        assert await store.accept(question(str(number))) is Receipt.TOO_MANY_BY_PERSON
    assert await redis.dbsize() == keys
    assert await store.accept(first) is Receipt.DUPLICATE


async def test_a_channel_has_a_bound_of_its_own(redis: "Redis") -> None:
    """However many people ask in it at once."""
    _, store = bounded(redis, in_channel=10)
    asking = (store.accept(question(str(number), asker=f"U{number}")) for number in range(30))
    receipts = await asyncio.gather(*asking)
    assert receipts.count(Receipt.ACCEPTED) == 10 + RATE.capacity
    assert receipts.count(Receipt.TOO_MANY_IN_CHANNEL) == 18


async def test_a_refusal_is_told_once_a_minute(redis: "Redis") -> None:
    """Each person hears it, and an event storm says it once."""
    _, store = bounded(redis)
    assert [await store.may_tell_refusal("T1.U1") for _ in range(3)] == [True, False, False]
    assert await store.may_tell_refusal("T1.U2")


async def test_a_waiting_question_takes_three_kilobytes_at_most(redis: "Redis") -> None:
    """Of 200 characters, with its thread, its placeholder and its place in line; ten of each person."""
    bot = Bot(redis, RATE)
    await bot.announce()  # Redis keeps the scripts in memory, too
    before = (await redis.info("memory"))["used_memory"]
    for number in range(IN_MEMORY):
        asked = question(str(number), asker=f"U0PERSON{number // 10:03}")
        place = replace(asked.place, channel=f"C0CHANNEL{number // 50:03}")
        await bot.questions.accept(replace(asked, text="x" * 200, place=place))
    while leases := [each for each in await bot.claim(10) if each.progress.state is State.RECEIVED]:
        for lease in leases:
            await bot.queue.join(lease)
            told = {"state": State.ANNOUNCED, "placeholder": Placeholder.IN_LINE, "place": 4}
            await bot.queue.release(lease, 600, ts="1795871420.000100", text="x" * 200, **told)
    each = ((await redis.info("memory"))["used_memory"] - before) / IN_MEMORY
    assert 1_000 <= each <= 3_000


async def test_ten_thousand_waiting_questions_at_the_start(redis: "Redis") -> None:
    """A claim stays as quick as with one: it looks at the head of the line only, and takes what fits."""
    bot = Bot(redis, RATE)
    await redis.eval(
        """for at = 1, 10000 do
            local id = 'T1.C1.' .. at
            redis.call('HSET', ARGV[1] .. id, 'question', ARGV[2], 'state', 'announced', 'received_at', 0)
            redis.call('PEXPIRE', ARGV[1] .. id, 60000)
            redis.call('ZADD', KEYS[1], 0, id)
            redis.call('ZADD', KEYS[2], at, id)
        end
        redis.call('PEXPIRE', KEYS[1], 60000)
        redis.call('PEXPIRE', KEYS[2], 60000)""",
        2,
        KEYS.due,
        KEYS.line,
        KEYS.question(""),
        question("1").to_json(),
    )
    await redis.config_resetstat()
    claim = await bot.claim(64)
    looks = (await redis.info("commandstats"))["cmdstat_hmget"]["calls"]
    assert [lease.granted for lease in claim] == [True] * RATE.capacity + [False] * 62
    assert {lease.progress.state for lease in claim} == {State.ASKING, State.ANNOUNCED}
    assert looks <= 200
