import pytest
from redis.asyncio import Redis

from bot.records.progress import State
from bot.records.question import Surface
from bot.store.limiter import Rate
from bot.store.results import Receipt
from bot.store.threads import ThreadStore
from genie.model import MessageRef
from tests.redis.queue_moves import KEYS, Bot, names, question

pytestmark = pytest.mark.redis


async def test_a_reply_counts_only_in_a_thread_of_ours(redis: "Redis") -> None:
    """A reply without a mention is a question in known threads, and nobody's business elsewhere."""
    bot = Bot(redis)
    reply = question("2", thread="1", surface=Surface.REPLY)
    assert await bot.questions.accept(reply) is Receipt.UNKNOWN_THREAD
    await bot.questions.accept(question("1"))
    assert await bot.questions.accept(reply) is Receipt.ACCEPTED


async def test_questions_of_one_thread_are_asked_one_after_the_other(redis: "Redis") -> None:
    """The second question of a thread waits for the end of the first, and is then woken."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    await bot.questions.accept(question("2", thread="1"))
    await bot.announce()
    [first] = await bot.granted()
    assert names([first]) == ["1"]
    await bot.answer(first)
    assert await bot.announce() == ["T1.C1.2"]
    assert names(await bot.granted()) == ["2"]


async def test_a_thread_keeps_the_order_of_writing(redis: "Redis") -> None:
    """Replies whose events overtook each other are asked in the order in which they were written."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    early, late = question("early", thread="1"), question("late", thread="1")
    await bot.announce()
    [first] = await bot.granted()
    await bot.questions.accept(late)
    await bot.questions.accept(early)
    assert await redis.lrange(KEYS.thread_line(early.place, "1"), 0, -1) == ["T1.C1.1", early.id, late.id]
    await bot.answer(first)
    await bot.announce()
    assert names(await bot.granted()) == ["early"]


async def test_an_earlier_reply_takes_the_place_of_a_later_one_in_line(redis: "Redis") -> None:
    """Even the first of a thread makes room, as long as it has not left for Genie; it waits its turn then."""
    bot = Bot(redis)
    early, late = question("early", thread="1"), question("late", thread="1")
    await bot.questions.accept(late)
    [lease] = await bot.claim(10)
    await bot.queue.join(lease)
    await bot.questions.accept(early)
    await bot.queue.release(lease, 0, state=State.ANNOUNCED)
    await bot.announce()
    [lease] = await bot.granted()
    assert names([lease]) == ["early"]
    await bot.answer(lease)
    await bot.announce()
    assert names(await bot.granted()) == ["late"]


async def test_a_thread_keeps_its_place_when_its_questions_change_places(redis: "Redis") -> None:
    """Whoever lets an earlier reply pass hands over the place in line; nobody else comes between."""
    bot = Bot(redis, Rate(1, 60))
    early, late = question("early", thread="1"), question("late", thread="1")
    await bot.questions.accept(late)
    await bot.questions.accept(question("2", asker="U2"))
    await bot.questions.accept(early)
    assert await redis.zrange(KEYS.line, 0, -1) == [early.id, "T1.C1.2"]


async def test_a_question_that_became_first_is_never_parked(redis: "Redis") -> None:
    """If the question before ends just before a worker parks the next one, that stays due."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    await bot.questions.accept(question("2", thread="1"))
    first, second = await bot.claim(10)
    assert (await bot.queue.join(second)).number is None
    await bot.queue.finish(first, State.DELIVERED)
    await bot.queue.park(second, state=State.ANNOUNCED)
    assert names(await bot.claim(10)) == ["2"]


async def test_the_thread_remembers_its_conversation(redis: "Redis") -> None:
    """A follow-up finds the conversation of the question before."""
    bot, conversations = Bot(redis), ThreadStore(redis, KEYS)
    await bot.questions.accept(question("1"))
    await bot.announce()
    [lease] = await bot.granted()
    assert await conversations.current(lease, "s") == ""
    await bot.queue.asked(lease, MessageRef("s", "conversation", "m"), poll_in=0)
    assert await conversations.current(lease, "s") == "conversation"


async def test_a_question_that_was_checked_again_comes_back_into_its_thread(redis: "Redis") -> None:
    """Its thread went on meanwhile: it is asked again after the question that runs, and not forgotten."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    await bot.announce()
    [late] = await bot.granted()
    await bot.queue.asked(late, MessageRef("s", "c", "m1"), poll_in=0)
    [late] = await bot.claim(1)
    await bot.queue.finish(late, State.OVERDUE)
    await bot.questions.resume(late.question.id)
    await bot.questions.accept(question("2", thread="1"))
    [again] = [lease for lease in await bot.claim(1) if lease.question.id == late.question.id]
    await bot.queue.release(again, 0, state=State.ANNOUNCED, repeated=1)
    await bot.announce()
    [second] = await bot.granted()
    assert names([second]) == ["2"]
    await bot.answer(second)
    await bot.announce()
    assert names(await bot.granted()) == ["1"]
