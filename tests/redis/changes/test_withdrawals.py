"""Withdrawn questions on real Redis: nothing is left of them, and nobody is asked in their place."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.job import Stage
from bot.records.progress import State
from bot.records.question import Place, Surface
from bot.store.changes import Withdrawal
from bot.store.jobs import JobStore
from bot.store.results import Receipt, Revised, Withdrawn
from bot.store.scripts.script import LeaseLost
from genie.model import MessageRef
from handlers.payloads.commands import private_job
from tests.redis.queue_moves import EDITS, KEYS, Bot, Person, end_withdrawn, names, question

pytestmark = pytest.mark.redis


@pytest.fixture
def person(redis: "Redis") -> Person:
    """Return the person who asks."""
    return Person(redis, KEYS)


async def left(redis: "Redis", thread: str = "1") -> list[str]:
    """Return what is in the schedule, in the line and in the line of a thread."""
    line = KEYS.thread_line(question("1").place, thread)
    due, waiting = await redis.zrange(KEYS.due, 0, -1), await redis.zrange(KEYS.line, 0, -1)
    return [*due, *waiting, *await redis.lrange(line, 0, -1)]


async def test_a_withdrawn_question_leaves_nothing_and_the_next_one_begins(
    redis: "Redis", person: Person
) -> None:
    """No line and no schedule knows it, and the question behind it in its thread is woken."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    await bot.questions.accept(question("2", thread="1"))
    await bot.announce()
    assert await person.withdraw("T1.C1.1", "U1") is Withdrawn.WAITING
    assert await end_withdrawn(bot) == []
    assert set(await left(redis)) == {"T1.C1.2"}
    await bot.announce()
    assert names(await bot.granted()) == ["2"]


async def test_a_withdrawal_takes_the_words_as_they_are_now(redis: "Redis", person: Person) -> None:
    """It names the message: an edit before it, seen by a worker or not, is withdrawn with it."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    await bot.announce()
    await person.edit(question("1"), "new words")
    assert await person.withdraw("T1.C1.1", "U1") is Withdrawn.WAITING
    messages = []
    for lease in await bot.claim(10):
        messages.append(await bot.queue.pass_on(lease))
        await bot.queue.finish(lease, State.WITHDRAWN)
    assert sorted(messages) == ["", "1.0"]
    assert await left(redis) == []


async def test_only_the_asker_withdraws_a_question(redis: "Redis", person: Person) -> None:
    """Others may not, and a second time changes nothing."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    assert await person.withdraw("T1.C1.1", "U2") is Withdrawn.NOT_YOURS
    assert await person.withdraw("T1.C1.1", "U1") is Withdrawn.WAITING
    assert await person.withdraw("T1.C1.1", "U1") is Withdrawn.ENDED
    assert await person.withdraw("T1.C1.9", "U1") is Withdrawn.UNKNOWN


async def test_the_newest_question_that_has_not_ended_is_withdrawn(redis: "Redis", person: Person) -> None:
    """Among all of a person in the channel, or in one thread; those of others are left alone."""
    bot = Bot(redis)
    for name, asker in (("1", "U1"), ("2", "U1"), ("3", "U2"), ("4", "U1")):
        await bot.questions.accept(question(name, asker=asker))
    await bot.announce()
    granted = {each.question.id: each for each in await bot.granted()}
    await bot.queue.asked(granted["T1.C1.4"], MessageRef("s", "c", "m"), poll_in=60)

    async def cancel(thread: str | None = None) -> tuple[str, str]:
        told = await person.withdraw_latest(f"wish {next(EDITS)}", Place("T1", "C1", thread), "U1")
        return told.result.value, told.question_id

    assert await cancel("3") == ("unknown", "")
    assert await cancel("1") == ("running", "T1.C1.1")
    assert await cancel() == ("running", "T1.C1.4")
    assert await cancel() == ("running", "T1.C1.2")
    assert await cancel() == ("unknown", "")


async def test_a_wish_to_cancel_that_comes_twice_cancels_one_question(redis: "Redis", person: Person) -> None:
    """Slack sends the event of "stop" again, and the question before is not meant by it."""
    bot = Bot(redis)
    for name in "12":
        await bot.questions.accept(question(name))
    place = Place("T1", "C1", None)
    assert await person.withdraw_latest("wish", place, "U1") == Withdrawal(Withdrawn.WAITING, "T1.C1.2")
    assert await person.withdraw_latest("wish", place, "U1") == Withdrawal(Withdrawn.ENDED, "")


@pytest.mark.parametrize("thread", [None, "1"])
async def test_a_question_is_cancelled_before_its_job_asks_it_privately(
    redis: "Redis", person: Person, thread: str | None
) -> None:
    """It is never asked then; "stop" in a thread of the channel does not mean it."""
    bot, jobs, asked = Bot(redis), JobStore(redis, KEYS), question("7", surface=Surface.COMMAND)
    await bot.questions.accept(question("1"))
    await jobs.enqueue(private_job(asked))
    told = await person.withdraw_latest("wish", Place("T1", "C1", thread), "U1")
    assert told == Withdrawal(Withdrawn.WAITING, "T1.C1.1" if thread else "T1.C1.7.private")
    private = replace(asked, id="T1.C1.7.private", place=Place("T1", "D1", None), asked_in="C1")
    assert await bot.questions.accept(private) is (Receipt.ACCEPTED if thread else Receipt.DUPLICATE)
    found = await bot.questions.find(private.id)
    assert found
    assert found.text == "what about 7?"
    if not thread:
        assert await person.withdraw_latest("another", Place("T1", "C1", None), "U1") == Withdrawal(
            Withdrawn.WAITING, "T1.C1.1"
        )


@pytest.mark.parametrize("stage", [Stage.DONE, Stage.REFUSED])
async def test_a_private_question_is_cancelled_by_its_channel_as_long_as_it_is_there(
    redis: "Redis", person: Person, stage: Stage
) -> None:
    """Its job has asked it, or could not; what was never asked is passed over."""
    bot, jobs, asked = Bot(redis), JobStore(redis, KEYS), question("7", surface=Surface.COMMAND)
    await jobs.enqueue(private_job(asked))
    [lease] = await bot.claim_jobs(1)
    if stage is Stage.DONE:
        await bot.questions.accept(replace(asked, id="T1.C1.7.private", place=Place("T1", "D1", None)))
    await bot.queue.finish(lease, stage)
    told = await person.withdraw_latest("wish", Place("T1", "C1", None), "U1")
    known = Withdrawal(Withdrawn.WAITING, "T1.C1.7.private")
    assert told == (known if stage is Stage.DONE else Withdrawal(Withdrawn.UNKNOWN, ""))


async def test_a_message_that_was_deleted_before_its_event_came_is_not_asked(
    redis: "Redis", person: Person
) -> None:
    """Its event is taken for a redelivery; the trace of it lives no longer than Slack tries."""
    bot = Bot(redis)
    assert await person.withdraw("T1.C1.1", unasked=True) is Withdrawn.UNKNOWN
    assert await bot.questions.accept(question("1")) is Receipt.DUPLICATE
    assert 0 < await redis.pttl(KEYS.question("T1.C1.1")) <= 15 * 60 * 1000


async def test_a_withdrawal_by_an_edit_keeps_the_order_of_edits(redis: "Redis", person: Person) -> None:
    """An edit that is known late changes nothing, and a later one makes a question of what was none."""
    bot = Bot(redis)
    await bot.questions.accept(question("1"))
    first, second, third = (next(EDITS) for _ in range(3))
    await person.edit(question("1"), "new words", second)
    assert await person.withdraw("T1.C1.1", changed_at=first) is Withdrawn.ENDED
    assert await person.withdraw("T1.C1.2", changed_at=second, unasked=True) is Withdrawn.UNKNOWN
    assert await person.edit(question("2"), "early words", first) is Revised.UNCHANGED
    assert await person.edit(question("2"), "new words", third) is Revised.UNKNOWN
    assert await bot.questions.accept(question("2")) is Receipt.ACCEPTED


async def test_a_withdrawn_suggestion_may_be_asked_again(redis: "Redis", person: Person) -> None:
    """Pressing its button once more is another question; a withdrawn message's event, sent again, is not."""
    bot = Bot(redis)
    pressed, written = question("1", surface=Surface.BUTTON), question("2")
    for each in (pressed, written):
        await bot.questions.accept(each)
        await person.withdraw(each.id)
    await end_withdrawn(bot)
    assert await bot.questions.accept(written) is Receipt.DUPLICATE
    assert await bot.questions.accept(pressed) is Receipt.ACCEPTED
    assert names(await bot.claim(10)) == ["1"]


@pytest.mark.parametrize("ended", [False, True])
async def test_an_edit_of_what_was_taken_back_is_asked(
    redis: "Redis",
    person: Person,
    ended: bool,  # noqa: FBT001
) -> None:
    """Nothing was shown of the old words: the new ones are a new question, without waiting for a worker."""
    bot, first = Bot(redis), question("1")
    await bot.questions.accept(first)
    await bot.announce()
    await person.withdraw(first.id, "U1")
    if ended:
        await end_withdrawn(bot)
    assert await person.edit(first, first.text) is Revised.UNCHANGED
    assert await person.edit(first, "new words") is Revised.REVISED
    leases = [*await end_withdrawn(bot), *await end_withdrawn(bot)]
    assert {each.question.text for each in leases} == {"new words"}
    assert await redis.lrange(KEYS.thread_line(first.place, "1"), 0, -1) == [leases[0].question.id]


async def test_the_same_words_are_asked_after_an_edit_that_took_them_back(
    redis: "Redis", person: Person
) -> None:
    """The mention was lost by mistake; a second delivery of either edit is nothing."""
    bot, first = Bot(redis), question("1")
    await bot.questions.accept(first)
    lost, back = next(EDITS), next(EDITS)
    await person.withdraw(first.id, changed_at=lost)
    assert await person.edit(first, first.text, back) is Revised.REVISED
    assert await person.edit(first, first.text, back) is Revised.UNCHANGED
    assert await person.withdraw(first.id, changed_at=lost) is Withdrawn.ENDED
    assert len([each for each in await bot.claim(10) if not each.progress.withdrawn]) == 1


async def test_words_that_wait_for_nothing_keep_their_own_message(redis: "Redis", person: Person) -> None:
    """They are being posted when the words that were taken back come to hand over theirs, which goes away."""
    bot, first = Bot(redis), question("1")
    await bot.questions.accept(first)
    await bot.announce()
    await person.withdraw(first.id, "U1")
    [old] = await bot.claim(1)
    await person.edit(first, "new words")
    [new] = await bot.claim(1)
    assert new.question.text == "new words"
    assert await bot.queue.pass_on(old) == "1.0"
    assert not await redis.hexists(KEYS.question(new.question.id), "ts")


async def test_a_worker_that_lost_its_lease_passes_nothing_on(redis: "Redis", person: Person) -> None:
    """Another one has the question by now."""
    slow, quick = Bot(redis, name="slow"), Bot(redis, name="quick")
    await slow.questions.accept(question("1"))
    await person.edit(question("1"), "new words")
    [late] = await slow.claim(1)
    await redis.zadd(KEYS.due, {"T1.C1.1": 0})  # as if the hold were over
    [_] = await quick.claim(1)
    for move in (slow.queue.pass_on(late), slow.queue.check_wanted(late)):
        with pytest.raises(LeaseLost):
            await move
