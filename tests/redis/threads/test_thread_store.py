"""Threads and their conversations: begun anew, forgotten, and never brought back by who was on the way."""

import json

import pytest
from redis.asyncio import Redis

from bot.records.job import Job, JobKind, Stage
from bot.records.lease import QuestionLease
from bot.records.progress import Progress, State
from bot.records.question import Place, Question, Surface
from bot.store.jobs import JobStore
from bot.store.results import EnqueueResult, Receipt, Resumed
from bot.store.threads import ThreadStore
from genie.model import MessageRef
from tests.redis.queue_moves import KEYS, Bot, Person, question

pytestmark = pytest.mark.redis

SPACE = "s"


def order(kind: JobKind, user: str = "U1", mark: str = "1", thread: str = "1") -> Job:
    return Job(f"T1.C1.{thread}.{kind}.{mark}", kind, Place("T1", "C1", thread), user)


async def granted(bot: Bot, name: str, thread: str | None = None) -> QuestionLease:
    """Take a question in and bring it to its token."""
    await bot.questions.accept(question(name, thread=thread))
    await bot.announce()
    [lease] = await bot.granted()
    return lease


async def asked(bot: Bot, conversations: ThreadStore, name: str, into: str) -> None:
    """Take a question of thread 1 through to its answer."""
    lease, _ = await conversations.pick_conversation(await granted(bot, name, "1"), SPACE)
    await bot.queue.asked(lease, MessageRef(SPACE, into, f"m{name}"), poll_in=0)
    [lease] = await bot.claim(10)
    await bot.queue.finish(lease, State.DELIVERED)


async def test_a_follow_up_goes_into_the_conversation_of_its_thread(redis: "Redis") -> None:
    """The first question opens a conversation, the second is asked in it."""
    bot, conversations = Bot(redis), ThreadStore(redis, KEYS)
    await asked(bot, conversations, "1", "c1")
    lease, charts = await conversations.pick_conversation(await granted(bot, "2", "1"), SPACE)
    assert (lease.progress.into, charts) == ("c1", True)


async def test_a_question_that_was_edited_counts_once(redis: "Redis") -> None:
    """Edited twice it is one question of its thread, of which all words are forgotten together."""
    bot, conversations, first = Bot(redis), ThreadStore(redis, KEYS), question("1")
    await bot.questions.accept(first)
    for text in ("second words", "third words"):
        await Person(redis, KEYS).edit(first, text)
    assert await conversations.is_new(first.place)
    assert await conversations.is_alone(first.place, first.id)
    await bot.questions.accept(question("2", thread="1"))
    assert not await conversations.is_alone(first.place, first.id)


async def test_conversations_of_other_questions_are_known(redis: "Redis") -> None:
    """Who looks for a lost question need not read what belongs to others; its own and strange ones remain."""
    bot, conversations = Bot(redis), ThreadStore(redis, KEYS)
    await asked(bot, conversations, "1", "c1")
    lease = await granted(bot, "2", "2")
    assert await conversations.others(lease, ["c1", "c2", "c3"]) == {"c1"}
    await bot.queue.asked(lease, MessageRef(SPACE, "c2", "m2"), poll_in=0)
    assert await conversations.others(lease, ["c1", "c2", "c3"]) == {"c1"}
    assert await conversations.others(lease, []) == frozenset()


async def test_beginning_anew_is_said_once(redis: "Redis") -> None:
    """Who chooses it twice, or after somebody else, gives no second order until something was asked."""
    bot, conversations, orders = Bot(redis), ThreadStore(redis, KEYS), JobStore(redis, KEYS)
    await asked(bot, conversations, "1", "c1")
    assert await orders.start_fresh(order(JobKind.FRESH, mark="1")) is EnqueueResult.ACCEPTED
    assert await orders.start_fresh(order(JobKind.FRESH, "U2", mark="2")) is EnqueueResult.ALREADY
    [told] = await bot.claim_jobs(10)
    assert told.job.kind is JobKind.FRESH
    await bot.queue.finish(told, Stage.DONE)
    await asked(bot, conversations, "2", "c2")
    assert await orders.start_fresh(order(JobKind.FRESH, mark="3")) is EnqueueResult.ACCEPTED


async def test_who_is_on_the_way_does_not_bring_the_old_conversation_back(redis: "Redis") -> None:
    """A question that was being asked while somebody began anew leaves the thread without conversation."""
    bot, conversations, orders = Bot(redis), ThreadStore(redis, KEYS), JobStore(redis, KEYS)
    await asked(bot, conversations, "1", "c1")
    lease, _ = await conversations.pick_conversation(await granted(bot, "2", "1"), SPACE)
    await orders.start_fresh(order(JobKind.FRESH))
    assert await bot.queue.asked(lease, MessageRef(SPACE, "c1", "m2"), poll_in=0)
    assert await conversations.current(lease, SPACE) == ""


async def test_a_question_may_ask_for_a_new_conversation(redis: "Redis") -> None:
    """The button "Start Fresh" asks in a new conversation, which is the thread's from then on."""
    bot, conversations = Bot(redis), ThreadStore(redis, KEYS)
    await asked(bot, conversations, "1", "c1")
    again = question("2", thread="1")
    await bot.questions.accept(Question(again.id, "x", again.place, "U1", Surface.BUTTON, fresh=True))
    await bot.announce()
    [lease] = await bot.granted()
    lease, _ = await conversations.pick_conversation(lease, SPACE)
    assert lease.progress.into == ""
    await bot.queue.asked(lease, MessageRef(SPACE, "c2", "m2"), poll_in=0)
    assert await conversations.current(lease, SPACE) == "c2"


async def test_an_earlier_try_is_not_found_again(redis: "Redis") -> None:
    """When a question is asked a second time, the message of the first time is not taken for the second."""
    bot, conversations = Bot(redis), ThreadStore(redis, KEYS)
    lease, _ = await conversations.pick_conversation(await granted(bot, "1"), SPACE)
    first, second = MessageRef(SPACE, "c1", "m1"), MessageRef(SPACE, "c1", "m2")
    await bot.queue.asked(lease, first, poll_in=0)
    [lease] = await bot.claim(10)
    assert not await bot.queue.asked(lease, first, poll_in=0, found=True)
    assert await bot.queue.asked(lease, second, poll_in=0, found=True)


async def test_charts_are_not_wanted_where_they_were_refused(redis: "Redis") -> None:
    """A question that was only taken without the wish spares all others the refusal, for longer with each."""
    bot, conversations = Bot(redis), ThreadStore(redis, KEYS)
    lease, charts = await conversations.pick_conversation(await granted(bot, "1"), SPACE)
    assert charts
    await bot.queue.save(lease, plain=1)
    await bot.queue.asked(lease, MessageRef(SPACE, "c1", "m1"), poll_in=9)
    await redis.pexpire(KEYS.no_charts(SPACE), 60_000)
    _, charts = await conversations.pick_conversation(await granted(bot, "2"), SPACE)
    assert not charts
    assert await redis.pttl(KEYS.no_charts(SPACE)) > 60_000


async def test_forgetting_removes_the_texts_and_keeps_a_stone(redis: "Redis") -> None:
    """Nothing of a question is left but that it was here, so that Slack cannot hand it in again."""
    bot, conversations, orders = Bot(redis), ThreadStore(redis, KEYS), JobStore(redis, KEYS)
    first = question("1")
    await bot.questions.accept(first)
    await bot.announce()
    [lease] = await bot.granted()
    lease, _ = await conversations.pick_conversation(lease, SPACE)
    await bot.queue.asked(lease, MessageRef(SPACE, "c1", "m1"), poll_in=0)
    [lease] = await bot.claim(10)
    await bot.queue.finish(lease, State.OVERDUE)
    await asked(bot, conversations, "2", "c1")
    await orders.start_fresh(order(JobKind.FRESH))
    await asked(bot, conversations, "3", "c2")
    assert await orders.forget(order(JobKind.FORGET)) is EnqueueResult.ACCEPTED
    kept = " ".join([str(await redis.hgetall(key)) async for key in redis.scan_iter("*:question:*")])
    assert "what about" not in kept
    remains = await bot.questions.progress(first.id)
    assert remains is not None
    assert (remains.ref, remains.into) == (MessageRef("", "", ""), "")
    assert await bot.questions.accept(first) is Receipt.DUPLICATE
    assert await bot.questions.resume(first.id) is Resumed.GONE
    forgetting = [each for each in await bot.claim_jobs(10) if each.job.kind is JobKind.FORGET]
    assert sorted(json.loads(forgetting[0].progress.left)) == [["s", "c1"], ["s", "c2"]]
    assert await orders.forget(order(JobKind.FORGET, mark="2")) is EnqueueResult.ALREADY


async def test_only_who_asked_may_have_a_thread_forgotten(redis: "Redis") -> None:
    """Others are refused, and nothing is forgotten."""
    bot, conversations, orders = Bot(redis), ThreadStore(redis, KEYS), JobStore(redis, KEYS)
    await asked(bot, conversations, "1", "c1")
    assert await orders.forget(order(JobKind.FORGET, "U2")) is EnqueueResult.UNKNOWN_THREAD
    assert await orders.may_forget(order(JobKind.FORGET)) is EnqueueResult.ACCEPTED
    assert (
        await conversations.current(
            QuestionLease(question=question("1"), progress=Progress(State.DELIVERED), owner=""),
            SPACE,
        )
        == "c1"
    )


async def test_nothing_is_forgotten_while_an_answer_is_on_its_way(redis: "Redis") -> None:
    """While a question waits, runs, or is looked at again, the order is refused."""
    bot, conversations, orders = Bot(redis), ThreadStore(redis, KEYS), JobStore(redis, KEYS)
    lease, _ = await conversations.pick_conversation(await granted(bot, "1"), SPACE)
    assert await orders.forget(order(JobKind.FORGET)) is EnqueueResult.BUSY
    await bot.queue.asked(lease, MessageRef(SPACE, "c1", "m1"), poll_in=0)
    [lease] = await bot.claim(10)
    await bot.queue.finish(lease, State.OVERDUE)
    assert await bot.questions.resume(lease.question.id) is Resumed.RESUMED
    assert await bot.questions.resume(lease.question.id) is Resumed.RUNNING
    assert await orders.forget(order(JobKind.FORGET)) is EnqueueResult.BUSY


async def test_the_latest_thread_of_somebody_is_known(redis: "Redis") -> None:
    """It is the one of their last question in that channel."""
    bot, orders = Bot(redis), JobStore(redis, KEYS)
    assert await orders.latest("T1", "C1", "U1") is None
    await bot.questions.accept(question("1"))
    await bot.questions.accept(question("2"))
    await bot.questions.accept(question("3", asker="U2"))
    assert await orders.latest("T1", "C1", "U1") == Place("T1", "C1", "2")
    assert await orders.start_fresh(order(JobKind.FRESH, thread="9")) is EnqueueResult.UNKNOWN_THREAD
