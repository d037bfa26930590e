"""What becomes of an answer that two questions share: rated, audited, forgotten, failed."""

from typing import Any, cast

import pytest
from redis.asyncio import Redis

from bot.identity.identities import shared_identity
from bot.records.audit import Audit
from bot.records.job import Job, JobKind
from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.records.question import Place, Question
from bot.steps.poll import PollStep
from bot.store.feedback import Feedback, FeedbackStore, Rater
from bot.store.jobs import JobStore
from bot.store.limiter import Rate
from genie.client import Genie
from genie.errors import NotFound
from genie.model import CANCELLED, FAILED, Message, MessageRef, Rating
from tests.redis.queue_moves import KEYS
from tests.redis.responses import Responses
from tests.redis.reuse.replicas import WORDS, Journal, Replica, question

pytestmark = pytest.mark.redis

FIRST, SECOND = question("1.1", "U1"), question("2.1", "U2")


async def shared(redis: "Redis") -> tuple[Replica, Journal]:
    """Have two questions with one message of Genie's."""
    genie = Journal()
    replica = Replica(redis, genie)
    for each in (FIRST, SECOND):
        await replica.accept(each)
        await replica.turns(each)
    assert genie.asked == [WORDS]
    return replica, genie


async def held(replica: Replica, redis: "Redis", asked: Question) -> QuestionLease:
    """Hold a question that Genie has."""
    await redis.zadd(KEYS.due, {asked.id: 0})
    [lease] = await replica.bot.claim(1)
    return lease


async def follow_up(replica: Replica, thread: Question) -> str:
    """Go on in the thread of a question."""
    reply = question(f"{thread.id}.reply", thread.asker, text="and by month?")
    await replica.accept(Question(reply.id, reply.text, thread.place, thread.asker, reply.surface))
    await replica.turns(reply)
    return reply.id


async def test_a_follow_up_has_the_first_question_before_it(redis: "Redis") -> None:
    """It begins a conversation of its thread, in which the next one goes on; the first thread has its own."""
    replica, genie = await shared(redis)
    for each in (FIRST, SECOND):
        await replica.bot.queue.finish(await held(replica, redis, each), State.DELIVERED, "answered")
        await follow_up(replica, each)
    mine, yours = genie.asked[1:]
    assert mine == "and by month?"
    assert yours.startswith(f"{WORDS}\n")
    assert yours.endswith("and by month?")
    conversations = await redis.hmget(KEYS.thread(FIRST.place, "1.1"), ["conversation"])
    assert conversations != await redis.hmget(KEYS.thread(SECOND.place, "2.1"), ["conversation"])


async def test_an_entry_of_the_audit_trail_names_the_first_question(redis: "Redis") -> None:
    """Who got the answer has an entry of their own."""
    replica, _ = await shared(redis)
    audited = Audit(days=30).of(await held(replica, redis, SECOND), "answered")
    assert audited
    assert (audited.entry.user, audited.entry.about, audited.entry.asked_as) == ("U2", FIRST.id, "bot")


async def test_the_latest_rating_of_both_counts(redis: "Redis") -> None:
    """A thumb below either answer is one of the same message; taken back, that of the other one stands."""
    await shared(redis)
    ratings, place = FeedbackStore(redis, KEYS), Place("T1", "C1", "1.1")
    for at, (asked, rating) in enumerate(
        [(FIRST, Rating.POSITIVE), (SECOND, Rating.NEGATIVE), (SECOND, Rating.NONE)], 1
    ):
        await ratings.record(Rater(asked.id, place, asked.asker), Feedback(rating, at))
        counts = (await ratings.effective(SECOND.id, FIRST.id)).rating
        assert counts is (rating if rating is not Rating.NONE else Rating.POSITIVE)


async def test_forgetting_the_second_thread_leaves_the_first_its_conversation(redis: "Redis") -> None:
    """Its words and what it shared are gone, and the job says that Databricks keeps the answer."""
    replica, _ = await shared(redis)
    await replica.bot.queue.finish(await held(replica, redis, SECOND), State.DELIVERED, "answered")
    job = Job("T1.C1.2.1.forget.1", JobKind.FORGET, SECOND.place, "U2")
    assert await JobStore(redis, KEYS).forget(job) == "accepted"
    [lease] = await replica.bot.claim_jobs(1)
    assert (lease.progress.left, lease.progress.reused) == ("[]", 1)
    left = await redis.hgetall(KEYS.question(SECOND.id))
    assert not {"text", "message", "conversation", "reused", "after"} & {*left}


async def test_words_that_were_withdrawn_go_before_nothing(redis: "Redis") -> None:
    """Who has deleted the question of a thread does not go on from it."""
    replica, genie = await shared(redis)
    await replica.set(SECOND, withdrawn=1)
    await replica.bot.queue.finish(await held(replica, redis, SECOND), State.WITHDRAWN, "withdrawn")
    await follow_up(replica, SECOND)
    assert genie.asked[1:] == ["and by month?"]


class Ended:
    """A Genie in which a message has failed, was cancelled, or is gone."""

    def __init__(self, status: str) -> None:
        """Have the message end so."""
        self._status = status

    async def message(self, ref: MessageRef) -> Message:
        """Say how it ended."""
        if not self._status:
            raise NotFound(status=404)
        return Message(ref, self._status)


def poll_of(replica: Replica, status: str) -> PollStep:
    """Return what polls messages that ended so."""
    return PollStep(
        queue=replica.bot.queue,
        responder=Responses(replica.bot).responder,
        genie_of=shared_identity(cast("Genie", Ended(status))),
        status=cast("Any", None),
        answer=cast("Any", None),
        query_reader=cast("Any", None),
        deadline_seconds=600,
    )


@pytest.mark.parametrize("status", [FAILED, CANCELLED, ""])
async def test_a_shared_message_without_an_answer_has_the_question_asked(redis: "Redis", status: str) -> None:
    """By itself, once: what the first one's thread is told is not the end of the second."""
    replica, genie = await shared(redis)
    await poll_of(replica, status).run(await held(replica, redis, SECOND))
    assert (await replica.progress(SECOND)).state is State.ANNOUNCED
    await replica.turns(SECOND)
    saved = await replica.progress(SECOND)
    assert genie.asked == [WORDS] * 2
    assert (saved.reused, saved.message) == ("", "m1")
    assert not await redis.hexists(KEYS.thread(SECOND.place, "2.1"), "reused")


async def test_a_shared_message_without_an_answer_brings_nobody_forward(redis: "Redis") -> None:
    """Who took it behind others in line stands behind them once more, in the same order."""
    replica = Replica(redis, Journal(), rate=Rate(1, 60))
    await replica.accept(FIRST)
    await replica.turns(FIRST)
    others = [question("3.1", "U3", text="revenue by month"), question("4.1", "U4"), question("5.1", "U5")]
    for each in others:
        await replica.accept(each)
        await replica.turn()
    await replica.turns(*others[1:])
    for each in others[1:]:
        await poll_of(replica, FAILED).run(await held(replica, redis, each))
    assert await redis.zrange(KEYS.line, 0, -1) == [each.id for each in others]
