import asyncio

import pytest
from redis.asyncio import Redis

from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.store.limiter import Rate
from bot.store.results import Receipt, Resumed
from bot.store.scripts.script import LeaseLost
from bot.store.threads import ThreadStore
from genie.model import MessageRef
from tests.redis.queue_moves import KEYS, Bot, Person, end_withdrawn, names, question

pytestmark = pytest.mark.redis


async def test_a_redelivered_event_is_the_same_question(redis: "Redis") -> None:
    """A question that Slack sends twice is taken once."""
    bot = Bot(redis)
    assert await bot.questions.accept(question("1")) is Receipt.ACCEPTED
    assert await bot.questions.accept(question("1")) is Receipt.DUPLICATE
    assert len(await bot.claim(10)) == 1


async def test_fifty_deliveries_at_once_are_one_question(redis: "Redis") -> None:
    """Replicas that get the same event at the same moment agree on who has it."""
    bot = Bot(redis)
    receipts = await asyncio.gather(*(bot.questions.accept(question("1")) for _ in range(50)))
    assert receipts.count(Receipt.ACCEPTED) == 1


async def test_a_question_is_held_by_one_worker(redis: "Redis") -> None:
    """While a worker holds a question nobody else gets it."""
    one, two = Bot(redis, name="one"), Bot(redis, name="two")
    await one.questions.accept(question("1"))
    assert len(await one.claim(10)) == 1
    assert await two.claim(10) == []


async def test_no_more_tokens_than_the_rate_allows(redis: "Redis") -> None:
    """Of thirty waiting questions twenty are asked at once, however many workers claim."""
    bots = [Bot(redis, name=str(number)) for number in range(4)]
    for number in range(30):
        await bots[0].questions.accept(question(str(number), asker=f"U{number}"))
    await bots[0].announce()
    granted = await asyncio.gather(*(bot.granted() for bot in bots for _ in range(5)))
    assert sum(len(each) for each in granted) == 20


async def test_the_line_is_fair_between_people(redis: "Redis") -> None:
    """Somebody who asks five questions does not make others wait for five."""
    bot = Bot(redis, Rate(1, 60))
    for number in range(5):
        await bot.questions.accept(question(f"many{number}", asker="U1"))
    await bot.questions.accept(question("one", asker="U2"))
    await bot.announce()
    order = await redis.zrange(KEYS.line, 0, -1)
    assert [str(each).rpartition(".")[2] for each in order] == [
        "many0",
        "one",
        "many1",
        "many2",
        "many3",
        "many4",
    ]


async def test_what_a_person_withdraws_costs_no_turn(redis: "Redis") -> None:
    """Whoever takes five questions back is served like one who has not asked; the rest move up."""
    bot, person = Bot(redis, Rate(1, 60)), Person(redis, KEYS)
    for asker in ("U1", "U2"):
        for number in range(4):
            await bot.questions.accept(question(f"{asker}.{number}", asker))
    for name in ("U1.0", "U1.2", "U2.0", "U2.1", "U2.2", "U2.3"):
        await person.withdraw(f"T1.C1.{name}")
    await end_withdrawn(bot)
    await bot.questions.accept(question("U2.4", "U2"))
    order = [str(each).removeprefix("T1.C1.") for each in await redis.zrange(KEYS.line, 0, -1)]
    assert order == ["U1.1", "U2.4", "U1.3"]


async def test_equal_turns_go_by_arrival(redis: "Redis") -> None:
    """People with one question each are served in the order in which they asked."""
    bot = Bot(redis, Rate(3, 60))
    for number in range(6):
        await bot.questions.accept(question(str(number), asker=f"U{9 - number}"))
    await bot.announce()
    assert names(await bot.granted()) == ["0", "1", "2"]


@pytest.mark.parametrize("missing", [(), (":since", ":last")])
async def test_turns_are_kept_while_versions_are_replaced(redis: "Redis", missing: tuple[str, ...]) -> None:
    """A version before wrote each person's last turn alone, the next one since when the person waits, too."""
    bot = Bot(redis, Rate(1, 60))
    for name, asker in (("many0", "U1"), ("many1", "U1"), ("one", "U2")):
        await bot.questions.accept(question(name, asker))
    await redis.delete(KEYS.line_own("T1.U1"), KEYS.line_own("T1.U2"))
    for field in await redis.hkeys(KEYS.line_turns):
        if str(field).endswith(missing):
            await redis.hdel(KEYS.line_turns, str(field))
    for name, asker in (("many2", "U1"), ("another", "U2")):
        await bot.questions.accept(question(name, asker))
    order = [str(each).rpartition(".")[2] for each in await redis.zrange(KEYS.line, 0, -1)]
    assert order == ["many0", "one", "many1", "another", "many2"]


async def test_everybody_can_be_told_place_and_time(redis: "Redis") -> None:
    """The wait of the k-th in line is that of the token which it will get."""
    bot = Bot(redis, Rate(2, 60))
    for number in range(7):
        await bot.questions.accept(question(str(number), asker=f"U{number}"))
    lease = await bot.claim(10)
    places = [await bot.queue.join(each) for each in lease]
    assert [place.number for place in places] == list(range(7))
    assert [round(place.seconds / 60) for place in places] == [0, 0, 1, 1, 2, 2, 3]


async def test_a_claim_counts_what_is_in_flight(redis: "Redis") -> None:
    """Questions with Genie count, those that wait in line do not."""
    bot = Bot(redis, Rate(3, 60))
    for number in range(8):
        await bot.questions.accept(question(str(number), asker=f"U{number}"))
    await bot.announce()
    for lease in await bot.granted():
        await bot.queue.asked(lease, MessageRef("s", "c", lease.question.id), poll_in=0)
    assert [lease.in_flight for lease in await bot.claim(10)] == [3, 3, 3]


async def test_nobody_is_asked_in_the_first_moment(redis: "Redis") -> None:
    """Somebody who asked earlier, and whose event arrives a moment later, gets the only token."""
    at_once, later = Bot(redis, Rate(1, 60), settle=60), Bot(redis, Rate(1, 60))
    early, late = question("early", asker="U1"), question("late", asker="U2")
    await at_once.questions.accept(late)
    assert await at_once.announce() == [late.id]
    assert await at_once.granted() == []
    await at_once.questions.accept(early)
    assert await at_once.announce() == [early.id]
    assert await at_once.granted() == []
    assert names(await later.granted()) == ["early"]


async def test_a_worker_that_lost_its_lease_cannot_save(redis: "Redis") -> None:
    """A worker whose hold ended and was given to another one is fenced off from every change."""
    slow, quick = Bot(redis, name="slow"), Bot(redis, name="quick")
    await slow.questions.accept(question("1"))
    [late] = await slow.claim(1)
    await redis.zadd(KEYS.due, {"T1.C1.1": 0})  # as if the hold were over
    [now] = await quick.claim(1)
    for move in (
        slow.queue.save(late, ts="9"),
        slow.queue.park(late),
        slow.queue.join(late),
        ThreadStore(redis, KEYS).open(late, "9"),
        slow.queue.asked(late, MessageRef("s", "c", "m"), poll_in=0),
        slow.queue.finish(late, State.DELIVERED),
    ):
        with pytest.raises(LeaseLost):
            await move
    await quick.queue.finish(now, State.DELIVERED)


async def claimed_again(bot: Bot, redis: "Redis") -> QuestionLease:
    """Claim the only question, as if its time had come."""
    await redis.zadd(KEYS.due, {"T1.C1.1": 0})
    [lease] = await bot.claim(1)
    return lease


async def test_attempts_are_leases_that_did_not_end(redis: "Redis") -> None:
    """One that expired or failed may have done a part of its step; one that was postponed did not."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    lease = await claimed_again(bot, redis)
    assert (lease.progress.attempts, lease.redelivered) == (0, False)
    lease = await claimed_again(bot, redis)  # the worker died
    assert (lease.progress.attempts, lease.redelivered) == (1, True)
    await bot.queue.postpone(lease, 0)
    lease = await claimed_again(bot, redis)
    assert lease.progress.attempts == 1
    await bot.queue.fail(lease, 0)
    lease = await claimed_again(bot, redis)
    assert lease.progress.attempts == 2


async def test_the_next_step_has_no_attempts_yet(redis: "Redis") -> None:
    """Whether its question was given back in between or not."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    await claimed_again(bot, redis)
    lease = await bot.queue.advance(await claimed_again(bot, redis), ts="9")
    assert (lease.progress.ts, lease.redelivered) == ("9", False)
    lease = await claimed_again(bot, redis)
    assert lease.progress.attempts == 1
    await bot.queue.release(lease, 0)
    assert not (await claimed_again(bot, redis)).redelivered


async def test_a_lease_that_failed_is_over(redis: "Redis") -> None:
    """Its worker can save nothing more, and its time is not renewed."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    lease = await claimed_again(bot, redis)
    await bot.queue.fail(lease, 60)
    with pytest.raises(LeaseLost):
        await bot.queue.save(lease)
    assert await bot.claim(1) == []


async def test_a_question_goes_back_to_the_head_of_the_line(redis: "Redis") -> None:
    """A question that Genie refused for now keeps its turn."""
    bot = Bot(redis, Rate(1, 0.05))
    for number in range(3):
        await bot.questions.accept(question(str(number), asker=f"U{number}"))
    await bot.announce()
    [first] = await bot.granted()
    await bot.queue.join(first, first=True)
    await bot.queue.release(first, 15, state=State.ANNOUNCED)
    assert (await redis.zrange(KEYS.line, 0, 0)) == ["T1.C1.0"]


async def test_a_question_that_genie_has_stands_in_line_no_more(redis: "Redis") -> None:
    """Somebody died on the way back into the line, and the question was found in Genie all the same."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    await bot.announce()
    [lease] = await bot.granted()
    await bot.queue.join(lease, first=True)
    await bot.queue.asked(lease, MessageRef("s", "c", "m"), poll_in=1, found=True)
    assert await redis.zcard(KEYS.line) == 0


async def test_a_message_found_again_belongs_to_one_question(redis: "Redis") -> None:
    """Of two lost questions with the same words only one may adopt a message found in Genie."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    await bot.questions.accept(question("2"))
    await bot.announce()
    one, two = await bot.granted()
    ref = MessageRef("s", "c", "m")
    assert await bot.queue.asked(one, ref, poll_in=0, found=True)
    assert not await bot.queue.asked(two, ref, poll_in=0, found=True)


async def test_an_overdue_question_can_be_resumed_once(redis: "Redis") -> None:
    """The button "check again" looks at the same message, and only if the question was given up."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    [lease] = await bot.claim(1)
    assert await bot.questions.resume("T1.C1.1") is Resumed.RUNNING
    await bot.queue.finish(lease, State.OVERDUE)
    assert await bot.questions.resume("T1.C1.1") is Resumed.RESUMED
    assert await bot.questions.resume("T1.C1.1") is Resumed.RUNNING
    [again] = await bot.claim(1)
    assert again.progress.state is State.ASKED


async def test_a_lost_record_does_not_block_the_line(redis: "Redis") -> None:
    """An id without a record, expired or deleted by hand, disappears from line and schedule."""
    bot = Bot(redis, Rate(1, 60))
    for number in range(2):
        await bot.questions.accept(question(str(number), asker=f"U{number}"))
    await bot.announce()
    await redis.delete(KEYS.question("T1.C1.0"))
    assert names(await bot.granted()) == ["1"]


@pytest.mark.parametrize(
    ("field", "value"), [("question", "{}"), ("question", "no JSON"), ("state", "of later")]
)
async def test_a_record_that_cannot_be_read_stops_nobody(redis: "Redis", field: str, value: str) -> None:
    """What another version left in Redis is skipped, and all others are served."""
    bot = Bot(redis)
    for name in "12":
        await bot.questions.accept(question(name))
    await redis.hset(KEYS.question("T1.C1.1"), field, value)
    assert names(await bot.claim(10)) == ["2"]
