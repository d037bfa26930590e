"""What people write in a thread of the bot: noticed without its text, until the next answer."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.job import Job, JobKind
from bot.records.question import Place
from bot.store.jobs import JobStore
from bot.store.listening import Choice, Heard, ListeningStore, ThreadReplies
from bot.store.results import EnqueueResult
from bot.store.threads import ThreadStore
from handlers.payloads.envelope import microseconds
from tests.redis.queue_moves import KEYS, Bot, question

pytestmark = pytest.mark.redis

PLACE = Place("T1", "C1", "1")
QUIET = Heard(known=True)


async def hear(
    redis: "Redis", user: str, ts: str = "1.5", *, may_answer: bool = True, to_people: bool = True
) -> Heard:
    """Hear a reply in thread 1."""
    store = ListeningStore(redis, KEYS)
    return await store.hear(PLACE, user, ts, microseconds(ts), to_people=to_people, may_answer=may_answer)


async def opened(redis: "Redis") -> ListeningStore:
    """Have U1 ask in thread 1."""
    await Bot(redis).questions.accept(replace(question("1", "U1"), written_at=1_000_000))
    return ListeningStore(redis, KEYS)


async def is_quiet(redis: "Redis", store: ListeningStore) -> bool:
    """Tell whether thread 1 takes mentions only."""
    return store.is_quiet((await ThreadStore(redis, KEYS).shown(PLACE, "1")).replies)


async def test_nothing_is_kept_of_a_thread_of_others(redis: "Redis") -> None:
    """A message in a thread in which the bot has no part costs one look and leaves no trace."""
    assert await hear(redis, "U1") == Heard()
    assert await redis.keys() == []


async def test_a_person_is_talked_to_once_another_has_written(redis: "Redis") -> None:
    """Whoever writes alone is not talked to; with two names everybody is, until the next answer."""
    store = await opened(redis)
    asker = replace(QUIET, has_asked=True)
    assert [await hear(redis, user) for user in ("U1", "U1")] == [asker, asker]
    assert await hear(redis, "U2", to_people=False) == replace(QUIET, others_wrote=True)
    assert await hear(redis, "U1") == asker
    assert [(await hear(redis, user)).others_wrote for user in ("U2", "U1", "U3", "U4")] == [True] * 4
    assert await redis.hgetall(KEYS.talk(PLACE, "1")) == {
        "one": "T1.U1",
        "other": "T1.U2",
        "heard": "1500000",
    }
    await store.note_answer(PLACE, "1", asked_back=False)
    assert await hear(redis, "U2", "1.6") == QUIET


async def test_a_message_older_than_the_answer_is_judged_by_what_was_written_then(redis: "Redis") -> None:
    """It comes again, or is edited: nobody wrote since the answer, and Genie's question came later."""
    store = await opened(redis)
    for user, ts in (("U2", "1.5"), ("U1", "1.6")):
        await hear(redis, user, ts)
    await store.note_answer(PLACE, "1", asked_back=False)
    await hear(redis, "U3", "1.7", to_people=False)
    await store.note_answer(PLACE, "1", asked_back=True)
    late = await hear(redis, "U1", "1.6")
    assert (late.others_wrote, late.asked_back) == (True, False)
    assert (await hear(redis, "U2", "1.5")).others_wrote
    assert await hear(redis, "U1", "1.8") == replace(QUIET, has_asked=True, asked_back=True)


async def test_an_older_message_of_the_only_writer_is_none_of_a_talk(redis: "Redis") -> None:
    """Its event was lost, and comes after the answer to the next one: it is as good a question as that."""
    store = await opened(redis)
    await hear(redis, "U1", "1.7")
    await store.note_answer(PLACE, "1", asked_back=False)
    assert await hear(redis, "U1", "1.6") == replace(QUIET, has_asked=True)


async def test_what_was_written_before_the_bot_came_is_for_others(redis: "Redis") -> None:
    """People wrote in the thread before one of them mentioned the bot there, in it or by an edit."""
    await Bot(redis).questions.accept(replace(question("1", "U1"), written_at=2_000_000))
    assert await hear(redis, "U2", "1.9") == Heard()
    assert await hear(redis, "U2", "2.1") == QUIET


async def test_genies_own_question_is_answered_once(redis: "Redis") -> None:
    """By somebody who has asked, and by the same message however often it is delivered."""
    store = await opened(redis)
    await store.note_answer(PLACE, "1", asked_back=True)
    assert not (await hear(redis, "U2", "2.1")).asked_back
    assert not (await hear(redis, "U1", "2.2", may_answer=False)).asked_back
    assert [(await hear(redis, "U1", ts)).asked_back for ts in ("2.3", "2.3", "2.4")] == [True, True, False]
    await store.note_answer(PLACE, "1", asked_back=False)
    assert not (await hear(redis, "U1", "2.3")).asked_back


async def test_a_message_that_is_a_question_already_is_known(redis: "Redis") -> None:
    """A redelivery decides nothing anew."""
    await opened(redis)
    await Bot(redis).questions.accept(question("1.5", thread="1"))
    assert (await hear(redis, "U1", "1.5")).asked
    assert not (await hear(redis, "U1", "1.6")).asked


async def test_choices_outlive_answers(redis: "Redis") -> None:
    """A person's for that person, a thread's for everybody; to let it listen again ends one's own silence."""
    store = await opened(redis)
    assert await store.choose(PLACE, "U2", Choice.MENTIONS)
    await store.note_answer(PLACE, "1", asked_back=False)
    assert (await hear(redis, "U2")).choice is Choice.MENTIONS
    assert (await hear(redis, "U3")).choice is Choice.NONE
    assert await store.listen(PLACE, "U2", replies=False)
    assert (await hear(redis, "U3")).replies is ThreadReplies.MENTIONS
    assert await is_quiet(redis, store)
    assert await store.listen(PLACE, "U2", replies=True)
    heard = await hear(redis, "U2")
    assert (heard.replies, heard.choice) == (ThreadReplies.SMART, Choice.NONE)


@pytest.mark.parametrize(
    ("default", "listening"),
    [
        (ThreadReplies.ALL, ThreadReplies.ALL),
        (ThreadReplies.SMART, ThreadReplies.SMART),
        (ThreadReplies.MENTIONS, ThreadReplies.SMART),
    ],
)
async def test_the_setting_holds_where_nobody_chose(
    default: ThreadReplies, listening: ThreadReplies, redis: "Redis"
) -> None:
    """A thread that is to listen again does as the setting says, or at least to what is no talk."""
    await opened(redis)
    store = ListeningStore(redis, KEYS, default)

    async def replies() -> ThreadReplies:
        return (await store.hear(PLACE, "U1", "1.5", 1_500_000, to_people=True, may_answer=True)).replies

    assert await replies() is default
    assert await is_quiet(redis, store) is (default is ThreadReplies.MENTIONS)
    assert await store.listen(PLACE, "U1", replies=True)
    assert await replies() is listening


async def test_nothing_is_chosen_in_an_unknown_thread(redis: "Redis") -> None:
    """It would be forgotten never."""
    store = ListeningStore(redis, KEYS)
    assert not await store.choose(PLACE, "U1", Choice.ASK)
    assert not await store.listen(PLACE, "U1", replies=False)


async def test_a_writer_is_told_once_until_the_next_answer(redis: "Redis") -> None:
    """The offer is a job as durable as a question; the same person gets no second one, nor does a message."""
    store = await opened(redis)

    def offer(user: str, ts: str) -> Job:
        return Job(
            f"T1.C1.1.tell.{ts}", JobKind.TELL_WRITER, PLACE, user, about=f"T1.C1.{ts}", payload="offer"
        )

    told = [await store.tell_writer(offer(user, ts)) for user, ts in (("U1", "2"), ("U1", "3"), ("U2", "4"))]
    assert told == [EnqueueResult.ACCEPTED, EnqueueResult.ALREADY, EnqueueResult.ACCEPTED]
    assert await redis.zscore(KEYS.due, "T1.C1.1.tell.3") is None
    await store.note_answer(PLACE, "1", asked_back=False)
    assert await store.tell_writer(offer("U1", "2")) is EnqueueResult.ALREADY
    assert await store.tell_writer(offer("U1", "5")) is EnqueueResult.ACCEPTED


async def test_a_forgotten_thread_forgets_who_wrote(redis: "Redis") -> None:
    """Names of people are forgotten with the rest."""
    await opened(redis)
    await hear(redis, "U2")
    await redis.delete(KEYS.due, KEYS.thread_line(PLACE, "1"))
    await JobStore(redis, KEYS).forget(Job("T1.C1.1.forget", JobKind.FORGET, PLACE, "U1"))
    assert not await redis.exists(KEYS.talk(PLACE, "1"))
