"""Whose a thread is where people ask as themselves: nobody goes on in another person's conversation."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.job import Job, JobKind
from bot.records.progress import State
from bot.records.question import Aside, Notice, Place, Question, Surface
from bot.store.jobs import JobStore
from bot.store.listening import Heard, ListeningStore
from bot.store.results import EnqueueResult
from bot.store.threads import ThreadStore
from genie.model import MessageRef
from tests.redis.queue_moves import KEYS, Bot, Person, question

pytestmark = pytest.mark.redis

SPACE, PLACE = "s", Place("T1", "C1", "1")
ANA, BEN = "U1", "U2"


async def ask(
    redis: "Redis",
    name: str,
    asker: str,
    *,
    as_users: bool = True,
    fresh: bool = False,
    external: bool = False,
) -> str:
    """Take a question of thread 1 through to its end; return the conversation into which it was asked."""
    bot, threads = Bot(redis), ThreadStore(redis, KEYS, as_users=as_users)
    await bot.questions.accept(replace(question(name, asker, "1"), fresh=fresh, external=external))
    await bot.announce()
    [lease] = await bot.granted()
    lease, _ = await threads.pick_conversation(lease, SPACE)
    into = lease.progress.into
    await bot.queue.asked(lease, MessageRef(SPACE, into or f"c{name}", f"m{name}"), poll_in=0)
    [lease] = await bot.claim(10)
    await bot.queue.finish(lease, State.DELIVERED)
    return into


async def hear(redis: "Redis", user: str, *, as_users: bool = True, may_answer: bool = False) -> Heard:
    """Hear a reply in thread 1."""
    store = ListeningStore(redis, KEYS, as_users=as_users)
    return await store.hear(PLACE, user, "9.9", 2**51, to_people=True, may_answer=may_answer)


def forget(user: str, mark: str = "1") -> Job:
    """Return the job that forgets thread 1."""
    return Job(f"T1.C1.1.forget.{mark}", JobKind.FORGET, PLACE, user)


async def test_each_person_has_conversations_of_their_own(redis: "Redis") -> None:
    """The owner goes on in the thread's conversation; what others ask there is a new one each time."""
    into = [await ask(redis, name, who) for name, who in (("1", ANA), ("2", BEN), ("3", BEN), ("4", ANA))]
    assert into == ["", "", "", "c1"]
    assert await redis.hget(KEYS.thread(PLACE, "1"), "owner") == "T1.U1"


async def test_the_bot_asks_for_everybody_in_one_conversation(redis: "Redis") -> None:
    """Without sign-ins nothing depends on who began a thread."""
    asked = [("1", ANA), ("2", BEN)]
    assert [await ask(redis, name, who, as_users=False) for name, who in asked] == ["", "c1"]
    assert not (await hear(redis, BEN, as_users=False)).anothers
    assert await JobStore(redis, KEYS).may_forget(forget(BEN)) is EnqueueResult.ACCEPTED


async def test_a_new_beginning_by_somebody_else_leaves_the_conversation(redis: "Redis") -> None:
    """Only the owner's wish for a new conversation changes which one the thread has."""
    await ask(redis, "1", ANA)
    assert await ask(redis, "2", BEN, fresh=True) == ""
    assert await ask(redis, "3", ANA) == "c1"
    assert await ask(redis, "4", ANA, fresh=True) == ""
    assert await ask(redis, "5", ANA) == "c4"


async def test_no_conversation_outlives_a_change_of_identity(redis: "Redis") -> None:
    """What the bot asked nobody goes on with, and the bot does not go on with what a person asked."""
    asked = [("1", False), ("2", True), ("3", True), ("4", False), ("5", False)]
    into = [await ask(redis, name, ANA, as_users=as_users) for name, as_users in asked]
    assert into == ["", "", "c2", "", "c4"]


async def test_who_only_says_hello_owns_nothing(redis: "Redis") -> None:
    """The thread is the first person's whose question is for Genie and may be asked."""
    questions = Bot(redis).questions
    await questions.accept(replace(question("1", "U8"), notice=Notice.HELP))
    await questions.accept(replace(question("2", "U9", "1"), external=True))
    assert not (await hear(redis, BEN)).anothers
    await questions.accept(question("3", ANA, "1"))
    assert (await hear(redis, BEN)).anothers
    assert not (await hear(redis, ANA)).anothers


async def test_who_may_ask_from_another_company_owns_a_thread(redis: "Redis") -> None:
    """It is theirs once Genie is asked."""
    assert [await ask(redis, name, "U9", external=True) for name in ("1", "2")] == ["", "c1"]


async def test_an_edit_that_becomes_a_question_owns_its_thread(redis: "Redis") -> None:
    """What was a call for help and is a question now is the first one."""
    hello = replace(question("1", ANA), notice=Notice.HELP)
    await Bot(redis).questions.accept(hello)
    await Person(redis, KEYS).edit(replace(hello, notice=Notice.NONE), "revenue?")
    assert (await hear(redis, BEN)).anothers


async def test_a_reply_that_comes_again_is_known_by_what_its_writer_was_told(redis: "Redis") -> None:
    """Whatever the writer has chosen meanwhile, the offer to ask it stands."""
    await ask(redis, "1", ANA)
    assert not (await hear(redis, BEN)).told
    told = Job("T1.C1.1.tell_writer.9.9", JobKind.TELL_WRITER, PLACE, BEN, payload=Aside.AS_MYSELF)
    await JobStore(redis, KEYS).enqueue(told)
    assert (await hear(redis, BEN)).told


async def test_genie_gets_its_answer_from_the_owner(redis: "Redis") -> None:
    """Somebody who has asked there as well does not answer in the owner's place."""
    await ask(redis, "1", ANA)
    await ask(redis, "2", BEN)
    await ListeningStore(redis, KEYS).note_answer(PLACE, "1", asked_back=True)
    assert not (await hear(redis, BEN, may_answer=True)).asked_back
    assert (await hear(redis, ANA, may_answer=True)).asked_back


async def test_only_the_owner_has_a_thread_forgotten(redis: "Redis") -> None:
    """To have asked in it is not enough; forgotten, it is the next one's who asks."""
    jobs = JobStore(redis, KEYS, as_users=True)
    await ask(redis, "1", ANA)
    await ask(redis, "2", BEN)
    assert await jobs.forget(forget(BEN)) is EnqueueResult.UNKNOWN_THREAD
    assert await jobs.forget(forget(ANA)) is EnqueueResult.ACCEPTED
    [forgetting] = await Bot(redis).claim_jobs(10)
    assert forgetting.progress.left == '[["s","c1"]]'
    assert await ask(redis, "3", BEN) == ""
    assert await ask(redis, "4", BEN) == "c3"


async def test_a_shared_answer_belongs_to_who_shared_it(redis: "Redis") -> None:
    """Its thread goes on with the conversation, for the same person alone."""
    bot, jobs = Bot(redis), JobStore(redis, KEYS)
    threads = ThreadStore(redis, KEYS, as_users=True)
    await ask(redis, "1", ANA)
    found, answered = await bot.questions.find("T1.C1.1"), await bot.questions.progress("T1.C1.1")
    assert found
    assert answered
    job = Job("T1.C1.1.publish", JobKind.PUBLISH, Place("T1", "C1", None), ANA, about=found.id)
    await jobs.enqueue(job)
    [lease] = await bot.claim_jobs(10)
    public = Question(job.id, found.text, Place("T1", "C1", "7"), ANA, Surface.COMMAND)
    await threads.adopt(lease, public, replace(answered, into="c0"), PLACE, may_move=True)
    [shown] = await bot.claim(10)
    assert shown.progress.is_follow_up
    await bot.queue.finish(shown, State.DELIVERED)
    assert await redis.hget(KEYS.thread(public.place, "7"), "owner") == "T1.U1"
    for name, asker, into in (("8", ANA, "c1"), ("9", BEN, "")):
        await bot.questions.accept(question(name, asker, "7"))
        await bot.announce()
        [asked] = await bot.granted()
        asked, _ = await threads.pick_conversation(asked, SPACE)
        assert (name, asked.progress.into) == (name, into)
        await bot.queue.asked(asked, MessageRef(SPACE, f"c{name}", f"m{name}"), poll_in=0)
        [asked] = await bot.claim(10)
        await bot.queue.finish(asked, State.DELIVERED)


async def test_who_is_not_answered_owns_no_thread(redis: "Redis") -> None:
    """What a guest wrote leaves its thread, which is the colleague's who asks there next."""
    bot, threads = Bot(redis), ThreadStore(redis, KEYS, as_users=True)
    await bot.questions.accept(question("1", ANA, "1"))
    await bot.questions.accept(question("2", BEN, "1"))
    refused, colleagues = sorted(await bot.claim(10), key=lambda each: each.question.asker)
    await threads.leave(refused)
    await threads.leave(refused)
    assert await redis.hget(KEYS.thread(PLACE, "1"), "owner") is None
    await threads.pick_conversation(colleagues, SPACE)
    assert await redis.hget(KEYS.thread(PLACE, "1"), "owner") == "T1.U2"


async def test_a_thread_of_one_who_is_not_answered_is_not_listened_to(redis: "Redis") -> None:
    """A reply there without a mention is for people."""
    bot, threads = Bot(redis), ThreadStore(redis, KEYS, as_users=True)
    await bot.questions.accept(question("1", ANA, "1"))
    [lease] = await bot.claim(10)
    await threads.leave(lease)
    assert not (await hear(redis, BEN)).known
    assert await redis.exists(KEYS.thread(PLACE, "1")) == 0
