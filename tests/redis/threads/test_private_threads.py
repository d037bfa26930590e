"""Questions of a channel that go on in the direct messages of their askers."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.records.question import Place, Question, Surface
from bot.store.scripts.script import NotWanted
from bot.store.threads import ThreadStore
from tests.redis.queue_moves import KEYS, Bot, Person, question
from tests.redis.responses import private_first

pytestmark = pytest.mark.redis

DIRECT, THREAD, OPENED = "D1", "1", "9.9"


async def opened(redis: "Redis", bot: Bot, asked: Question) -> QuestionLease:
    """Take a question into direct messages and open a thread for it there."""
    [lease] = await bot.claim(1)
    assert lease.question == asked
    moved = await ThreadStore(redis, KEYS).move(lease, DIRECT)
    assert moved
    assert moved.thread == ""
    return await ThreadStore(redis, KEYS).open(moved, OPENED)


async def moved(redis: "Redis", bot: Bot, *asked: Question) -> list[QuestionLease | None]:
    """Store questions and take each into direct messages; None for one that has to wait."""
    for each in asked:
        await bot.questions.accept(each)
    return [await ThreadStore(redis, KEYS).move(lease, DIRECT) for lease in await bot.claim(10)]


async def test_later_questions_of_a_person_join_the_thread_of_the_first(redis: "Redis") -> None:
    """They know where they were asked, and the channel's thread keeps none of them."""
    bot, first, second = Bot(redis), question("1"), question("2", thread=THREAD)
    await bot.questions.accept(first)
    await opened(redis, bot, first)
    [lease] = await moved(redis, bot, second)
    assert lease
    assert (lease.thread, lease.progress.joined) == (OPENED, 1)
    assert lease.question == replace(
        second, place=Place("T1", DIRECT, None), asked_in="C1", asked_thread=THREAD
    )
    assert lease.question.asked_at == second.place
    assert await redis.lrange(KEYS.thread_line(Place("T1", DIRECT, None), OPENED), 0, -1) == [
        first.id,
        second.id,
    ]
    assert await redis.exists(KEYS.thread_line(first.place, THREAD)) == 0
    assert not [each for each in await redis.hkeys(KEYS.thread(first.place, THREAD)) if "question:" in each]
    assert await bot.questions.find(second.id) == lease.question


async def test_a_question_waits_while_an_earlier_one_opens_the_thread(redis: "Redis") -> None:
    """One person gets one thread, and another person's question does not wait."""
    bot = Bot(redis)
    first, second = question("1"), question("2", thread=THREAD)
    leases = await moved(redis, bot, first, second)
    assert [lease.question.id for lease in leases if lease] == [first.id]
    assert None not in await moved(redis, bot, question("3", asker="U2", thread=THREAD))


async def test_a_process_that_dies_as_it_opens_the_thread_may_have_posted_there(redis: "Redis") -> None:
    """The next one knows, and looks for the message before it posts one."""
    bot = Bot(redis)
    [first] = await moved(redis, bot, question("1"))
    assert first
    assert not first.redelivered
    await redis.zadd(KEYS.due, {first.question.id: 0})
    [again] = await bot.claim(1)
    lease = await ThreadStore(redis, KEYS).move(again, DIRECT)
    assert lease
    assert lease.redelivered


async def test_what_is_asked_as_oneself_opens_the_thread_or_joins_it(redis: "Redis") -> None:
    """A later mention or click waits while it does; then they join, below their own words."""
    bot, threads, there = Bot(redis), ThreadStore(redis, KEYS), Place("T1", "C1", THREAD)
    await bot.questions.accept(question("1", asker="U2"))
    [others] = await bot.claim(1)
    await bot.queue.finish(others, State.DELIVERED)
    asked = replace(
        question("as myself"), place=Place("T1", DIRECT, None), asked_in="C1", asked_thread=THREAD
    )
    [mine] = await moved(redis, bot, asked)
    assert mine
    again = replace(asked, id="T1.C1.again")
    assert await moved(redis, bot, question("2", thread=THREAD), again) == [None, None]
    await ThreadStore(redis, KEYS).open(mine, OPENED)
    assert not await threads.is_new(there)
    [lease] = await moved(redis, bot, replace(asked, id="T1.C1.later"))
    assert lease
    assert (lease.thread, lease.progress.joined) == (OPENED, 1)


async def test_two_clicks_open_one_thread(redis: "Redis") -> None:
    """The second is taken up again when the first has opened it, as after a sign-in for which both waited."""
    bot, asked = Bot(redis), question("1")
    first_look = replace(private_first(bot), threads=ThreadStore(redis, KEYS))
    clicks = [
        replace(asked, id=f"T1.C1.{at}", place=Place("T1", DIRECT, None), asked_in="C1", asked_thread=THREAD)
        for at in range(2)
    ]
    for each in clicks:
        await bot.questions.accept(each)
    placed = [await first_look.move(lease) for lease in await bot.claim(2)]
    assert [bool(lease) for lease in placed] == [True, False]
    assert await redis.hget(KEYS.question(clicks[1].id), "owner") is None


async def test_a_slash_command_leaves_the_thread_that_it_opened(redis: "Redis") -> None:
    """It opens one in direct messages, and nobody waits for it in that of the channel."""
    bot = Bot(redis)
    command = replace(question("1", surface=Surface.COMMAND), place=Place("T1", "C1", None))
    await bot.questions.accept(command)
    [lease] = await bot.claim(1)
    lease = await ThreadStore(redis, KEYS).open(lease, THREAD)
    left = await ThreadStore(redis, KEYS).move(lease, DIRECT)
    assert left
    assert (left.thread, left.question.asked_at) == ("", Place("T1", "C1", THREAD))
    assert not await redis.hexists(KEYS.question(command.id), "thread")
    assert not await redis.exists(KEYS.thread_line(command.place, THREAD))


async def test_one_that_comes_to_nothing_leaves_the_thread_to_the_next(redis: "Redis") -> None:
    """Withdrawn before it opened a thread, nobody waits for it."""
    bot, first = Bot(redis), question("1")
    await moved(redis, bot, first)
    await Person(redis, KEYS).withdraw(first.id, "U1")
    [lease] = await moved(redis, bot, question("2", thread=THREAD))
    assert lease
    assert not lease.progress.joined


async def test_a_withdrawn_question_does_not_move(redis: "Redis") -> None:
    """Nobody waits for its answer, so nothing of it is to be shown anywhere."""
    bot, asked = Bot(redis), question("1")
    await bot.questions.accept(asked)
    [lease] = await bot.claim(1)
    await Person(redis, KEYS).withdraw(asked.id, "U1")
    with pytest.raises(NotWanted):
        await ThreadStore(redis, KEYS).move(lease, DIRECT)


async def test_the_next_question_of_the_channels_thread_begins(redis: "Redis") -> None:
    """One that was parked behind a question that moves has its turn in the channel."""
    bot, first = Bot(redis), question("1")
    theirs = question("2", asker="U2", thread=THREAD)
    await bot.questions.accept(first)
    await bot.questions.accept(theirs)
    mine, parked = await bot.claim(2)
    await bot.queue.park(parked, state=State.ANNOUNCED)
    await ThreadStore(redis, KEYS).move(mine, DIRECT)
    assert [each.question for each in await bot.claim(2)] == [theirs]


async def test_an_earlier_question_of_a_person_moves_first(redis: "Redis") -> None:
    """Also when a thread is open for both."""
    bot, first = Bot(redis), question("1")
    second, third = question("2", thread=THREAD), question("3", thread=THREAD)
    await bot.questions.accept(first)
    await opened(redis, bot, first)
    await bot.questions.accept(second)
    [waiting] = await bot.claim(1)
    assert await moved(redis, bot, third) == [None]
    assert await ThreadStore(redis, KEYS).move(waiting, DIRECT)


async def test_another_thread_is_opened_when_the_first_message_is_gone(redis: "Redis") -> None:
    """Slack would take no reply to it."""
    bot, first = Bot(redis), question("1")
    await bot.questions.accept(first)
    lease = await opened(redis, bot, first)
    await ThreadStore(redis, KEYS).retire(replace(lease.question.place, thread=OPENED))
    [lease_of_second] = await moved(redis, bot, question("2", thread=THREAD))
    assert lease_of_second
    assert lease_of_second.thread == ""


async def test_cancelling_works_where_it_was_asked_and_where_it_is_answered(redis: "Redis") -> None:
    """In both threads it is the newest question of its asker."""
    bot, person = Bot(redis), Person(redis, KEYS)
    for number, place in enumerate((Place("T1", "C1", "0"), Place("T1", DIRECT, OPENED))):
        asked = question(str(number))
        await bot.questions.accept(asked)
        await opened(redis, bot, asked)
        withdrawal = await person.withdraw_latest(f"wish {number}", place, "U1")
        assert withdrawal.question_id == asked.id
