"""The spaces of channels, threads and questions in Redis."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.lease import QuestionLease
from bot.records.progress import Placeholder, State
from bot.records.question import Place
from bot.store.keys import BINDING_LIFETIME, SPACE_WAIT_LIFETIME
from bot.store.results import Receipt, Revised, SpaceChoice
from bot.store.scripts.script import NotWanted
from bot.store.spaces import SpaceStore
from bot.store.threads import ThreadStore
from genie.model import MessageRef
from tests.redis.queue_moves import KEYS, Bot, Person, end_withdrawn, names, question

pytestmark = pytest.mark.redis

PLACE = Place("T1", "C1", "1")
OFFERED = {"ts": "1.0", "text": "what", "placeholder": Placeholder.CHOOSING_SPACE}


async def waiting(redis: "Redis", bot: Bot, name: str = "1") -> QuestionLease:
    """Let a question wait until its space is chosen."""
    await bot.questions.accept(question(name, thread="1"))
    [lease] = await bot.claim(1)
    await bot.queue.join(lease)
    lease = await bot.queue.save(lease, choosing_at=lease.now)
    await SpaceStore(redis, KEYS).wait(lease, OFFERED)
    return lease


async def asked(bot: Bot, threads: ThreadStore, name: str, space: str, conversation: str) -> str:
    """Ask a question of the thread in a space; return the conversation in which it was about to be asked."""
    await bot.questions.accept(question(name, thread="1"))
    await bot.announce()
    [lease] = await bot.granted()
    lease, _ = await threads.pick_conversation(lease, space)
    await bot.queue.asked(lease, MessageRef(space, conversation, f"m{name}"), poll_in=0)
    [polled] = await bot.claim(1)
    await bot.queue.finish(polled, State.DELIVERED)
    return lease.progress.into


async def test_a_channel_is_bound_until_it_is_not(redis: "Redis") -> None:
    """One space each, for as long as somebody asks there."""
    store = SpaceStore(redis, KEYS)
    assert await store.bound("T1", "C1") == ""
    await store.bind("T1", "C1", "01ab")
    await store.bind("T1", "C1", "01cd")
    await redis.pexpire(KEYS.bound_space("T1", "C1"), 60_000)
    assert (await store.bound("T1", "C1"), await store.bound("T1", "C2")) == ("01cd", "")
    assert await redis.pttl(KEYS.bound_space("T1", "C1")) > BINDING_LIFETIME - 60_000
    await store.unbind("T1", "C1")
    assert await store.bound("T1", "C1") == ""


async def test_what_waits_for_its_space_leaves_the_line(redis: "Redis") -> None:
    """It gets no token, others do, and it is due again when the wait is over."""
    bot = Bot(redis)
    lease = await waiting(redis, bot)
    await bot.questions.accept(question("2", "U2"))
    await bot.announce()
    assert names(await bot.granted()) == ["2"]
    due = await redis.zscore(KEYS.due, lease.question.id)
    assert due is not None
    assert abs(float(due) - lease.now - SPACE_WAIT_LIFETIME) < 60_000


async def test_the_first_choice_counts_for_the_question_and_its_thread(redis: "Redis") -> None:
    """A second one changes nothing, and one of a question that is forgotten finds none."""
    bot, store = Bot(redis), SpaceStore(redis, KEYS)
    lease = await waiting(redis, bot)
    assert await store.choose(PLACE, lease.question.id, "01ab") is SpaceChoice.CHOSEN
    assert await store.choose(PLACE, lease.question.id, "01cd") is SpaceChoice.ALREADY
    assert await store.choose(PLACE, "T1.C1.9", "01cd") is SpaceChoice.GONE
    [lease] = await bot.claim(1)
    assert (lease.progress.space, lease.progress.choosing_at) == ("01ab", 0)
    assert (await store.of_thread(lease)).space == "01ab"
    await bot.queue.join(lease)
    await bot.queue.release(lease, 15, state=State.ANNOUNCED)
    assert names(await bot.granted()) == ["1"]


async def test_a_choice_before_the_wait_has_begun_ends_it(redis: "Redis") -> None:
    """The buttons are in Slack before the worker has given the question back."""
    bot, store = Bot(redis), SpaceStore(redis, KEYS)
    await bot.questions.accept(question("1"))
    [lease] = await bot.claim(1)
    lease = await bot.queue.save(lease, choosing_at=lease.now)
    assert await store.choose(PLACE, lease.question.id, "01ab") is SpaceChoice.CHOSEN
    await store.wait(lease, OFFERED)
    [lease] = await bot.claim(1)
    assert (lease.progress.state, lease.progress.space) == (State.ANNOUNCED, "01ab")


async def test_what_is_withdrawn_does_not_begin_to_wait(redis: "Redis") -> None:
    """And a choice does not bring it back; the message with the buttons is kept, to be taken away."""
    bot, store = Bot(redis), SpaceStore(redis, KEYS)
    await bot.questions.accept(question("1"))
    [lease] = await bot.claim(1)
    lease = await bot.queue.save(lease, choosing_at=lease.now)
    await Person(redis, KEYS).withdraw(lease.question.id)
    with pytest.raises(NotWanted):
        await store.wait(lease, OFFERED)
    assert await store.choose(PLACE, lease.question.id, "01ab") is SpaceChoice.ALREADY
    await bot.queue.release(lease, 0)
    [lease] = await bot.claim(1)
    assert await bot.queue.pass_on(lease) == "1.0"


async def test_new_words_are_offered_spaces_of_their_own(redis: "Redis") -> None:
    """They take the message over, whose buttons are those of the old words."""
    bot = Bot(redis)
    first = (await waiting(redis, bot)).question
    await Person(redis, KEYS).edit(first, "new words")
    assert await end_withdrawn(bot) == []
    [lease] = await bot.claim(1)
    assert (lease.progress.ts, lease.progress.placeholder) == ("1.0", Placeholder.NONE)


async def test_a_reply_that_chooses_is_no_question(redis: "Redis") -> None:
    """Nor when its event comes again, as a mention or after a failure; an edit may make one of it."""
    bot, store, reply = Bot(redis), SpaceStore(redis, KEYS), question("7", "U2", thread="1")
    await waiting(redis, bot)
    assert await store.choose_for_thread(PLACE, "01ab", reply.id) is SpaceChoice.CHOSEN
    assert await store.choose_for_thread(PLACE, "01ab", reply.id) is SpaceChoice.ALREADY
    assert await bot.questions.accept(reply) is Receipt.DUPLICATE
    assert await Person(redis, KEYS).edit(reply, "new words") is Revised.UNKNOWN
    assert await bot.questions.accept(reply) is Receipt.ACCEPTED


async def test_the_wait_begins_with_the_offer(redis: "Redis") -> None:
    """Where Slack took no edit with the buttons, they are soon offered again."""
    bot, store = Bot(redis), SpaceStore(redis, KEYS)
    await bot.questions.accept(question("1"))
    [lease] = await bot.claim(1)
    lease = await bot.queue.save(lease, choosing_at=lease.now - SPACE_WAIT_LIFETIME // 2)
    for fields, seconds in (({"ts": "1.0"}, 3), (OFFERED, SPACE_WAIT_LIFETIME / 1000)):
        await store.wait(lease, fields)
        due = await redis.zscore(KEYS.due, lease.question.id)
        assert due is not None
        assert abs(float(due) / 1000 - lease.now / 1000 - seconds) < 60
        await redis.zadd(KEYS.due, {lease.question.id: 0})
        [lease] = await bot.claim(1)
    assert lease.now - lease.progress.choosing_at < 60_000


async def test_a_thread_has_a_conversation_in_each_space(redis: "Redis") -> None:
    """Its own goes on beside one of a space that a question named; a new beginning ends both."""
    bot, threads = Bot(redis), ThreadStore(redis, KEYS)
    assert await asked(bot, threads, "1", "01ab", "c1") == ""
    assert await asked(bot, threads, "2", "01cd", "c2") == ""
    assert await asked(bot, threads, "3", "01ab", "c1") == "c1"
    assert await asked(bot, threads, "4", "01cd", "c2") == "c2"
    await bot.questions.accept(replace(question("5", thread="1"), fresh=True))
    await bot.announce()
    [lease] = await bot.granted()
    lease, _ = await threads.pick_conversation(lease, "01ab")
    assert lease.progress.into == ""
    assert [await threads.current(lease, space) for space in ("01ab", "01cd")] == ["", ""]


async def test_a_thread_leaves_a_space_that_is_no_longer_asked(redis: "Redis") -> None:
    """What is decided anew for it begins a new conversation."""
    bot, threads, store = Bot(redis), ThreadStore(redis, KEYS), SpaceStore(redis, KEYS)
    await asked(bot, threads, "1", "01ab", "c1")
    await bot.questions.accept(question("2", thread="1"))
    [lease] = await bot.claim(1)
    assert (await store.of_thread(lease)).space == "01ab"
    await store.settle(lease, "01cd", own=True)
    assert (await store.of_thread(lease)).space == "01cd"
    assert await threads.current(lease, "01cd") == ""


async def test_an_edit_that_names_another_space_is_asked(redis: "Redis") -> None:
    """Though all other words are the same."""
    bot, ann = Bot(redis), Person(redis, KEYS)
    first = replace(question("1"), text="finance: costs")
    await bot.questions.accept(first)
    assert await ann.edit(first, "finance: costs") is Revised.UNCHANGED
    assert await ann.edit(first, "supply-chain: costs") is Revised.REVISED
