"""Questions before the experts: one has each, one word counts, and what is confirmed is found again."""

import asyncio
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.job import Job, JobKind, Stage
from bot.records.question import Place
from bot.records.review import Asked, Decision, Reuse
from bot.store.experts import ConfirmedStore, ReviewStore
from bot.store.jobs import JobStore
from bot.store.keys import CONFIRMED_LIFETIME, REVIEW_TAKEN_LIFETIME
from bot.store.oversight.forget_person import forget_person
from bot.store.results import Decided, EnqueueResult
from render.expert.model import ReviewState
from tests.redis.queue_moves import KEYS, Bot, question

pytestmark = pytest.mark.redis

ID, SPACE = "T1.C1.1", "01ef"
ASKED = Asked(
    question_id=ID,
    question="Revenue by region last year",
    place=Place("T1", "C1", "1"),
    asker="UADA",
    sender="UADA",
    space=SPACE,
    sql="SELECT 1",
    reuse=Reuse.EVERYBODY,
)


async def says(
    redis: "Redis", to: ReviewState, expert: str = "UBEN", question_id: str = ID, sql: str = ""
) -> Decided:
    """Let an expert say something."""
    decision = Decision(question_id=question_id, to=to, expert=expert, card="9.0", sql=sql)
    return await ReviewStore(redis, KEYS).decide(decision)


async def test_one_of_many_takes_a_question(redis: "Redis") -> None:
    """At the same moment, from several connections; the others are told, and one job tells of it."""
    reviews = ReviewStore(redis, KEYS)
    assert [await reviews.open(ASKED) for _ in range(2)] == ["", ""]
    experts = [f"U{number}" for number in range(20)]
    decided = await asyncio.gather(*(says(redis, ReviewState.TAKEN, each) for each in experts))
    assert sorted(decided) == [Decided.DONE, *[Decided.HELD] * 19]
    review = await reviews.of(ID)
    assert review
    assert (review.state, review.expert) == (ReviewState.TAKEN, experts[decided.index(Decided.DONE)])
    [lease] = await Bot(redis).claim_jobs(10)
    assert (lease.job.about, lease.job.user, lease.job.payload) == (ID, review.expert, ReviewState.TAKEN)
    assert (await reviews.counts())[ReviewState.TAKEN] == 1


async def test_who_takes_a_question_once_more_is_told_once_more(redis: "Redis") -> None:
    """Days later, after another expert had it: nothing says any more that the asker knows."""
    await ReviewStore(redis, KEYS).open(ASKED)
    bot = Bot(redis)
    for expert in ("UBEN", "UCHLOE", "UBEN"):
        assert await says(redis, ReviewState.TAKEN, expert) is Decided.DONE
        [lease] = await bot.claim_jobs(10)
        assert (lease.job.user, lease.progress.ts) == (expert, None)
        await bot.queue.finish(await bot.queue.save(lease, ts="9.1"), Stage.DONE)
        await redis.hincrby(KEYS.review(ID), "at", -REVIEW_TAKEN_LIFETIME)


async def test_the_first_word_counts(redis: "Redis") -> None:
    """Who has taken a question decides it, for a day; then others may; what is decided stays."""
    reviews = ReviewStore(redis, KEYS)
    assert await says(redis, ReviewState.TAKEN) is Decided.UNKNOWN
    await reviews.open(ASKED)
    assert await says(redis, ReviewState.CONFIRMED, "UADA") is Decided.OWN
    assert await says(redis, ReviewState.TAKEN) is Decided.DONE
    assert await says(redis, ReviewState.TAKEN) is Decided.HELD
    assert await says(redis, ReviewState.CONFIRMED, "UCHLOE") is Decided.HELD
    taken_at = int(await redis.hget(KEYS.review(ID), "at") or 0)
    await redis.hset(KEYS.review(ID), "at", taken_at - REVIEW_TAKEN_LIFETIME)
    assert await says(redis, ReviewState.TAKEN, "UCHLOE") is Decided.DONE
    assert await says(redis, ReviewState.CONFIRMED, "UCHLOE") is Decided.DONE
    assert await says(redis, ReviewState.UNANSWERED) is Decided.ALREADY
    review = await reviews.of(ID)
    assert review
    assert (review.state, review.expert, review.confirmed_sql) == (
        ReviewState.CONFIRMED,
        "UCHLOE",
        "SELECT 1",
    )


async def test_the_same_question_finds_what_was_confirmed(redis: "Redis") -> None:
    """In its space, in the same words; each use keeps it for longer, and an admin deletes it."""
    reviews, confirmed = ReviewStore(redis, KEYS), ConfirmedStore(redis, KEYS)
    await reviews.open(ASKED)
    await says(redis, ReviewState.CORRECTED, sql="SELECT 2")
    [entry] = [each async for each in confirmed.all()]
    await redis.pexpire(KEYS.confirmed(entry.id), 1_000)
    found = await confirmed.find(SPACE, "revenue  by REGION last year?")
    assert found == entry
    assert (found.sql, found.by, found.question) == ("SELECT 2", "UBEN", ASKED.question)
    assert "UADA" not in str(await redis.hgetall(KEYS.confirmed(entry.id)))
    assert await redis.pttl(KEYS.confirmed(entry.id)) > CONFIRMED_LIFETIME - 10_000
    assert await confirmed.find("other", ASKED.question) is None
    assert await confirmed.delete(entry.id) == entry
    assert await confirmed.delete(entry.id) is None
    assert await confirmed.find(SPACE, ASKED.question) is None
    assert [each async for each in confirmed.all()] == []


@pytest.mark.parametrize(
    ("reuse", "colleague", "words", "offered_in"),
    [
        (Reuse.EVERYBODY, True, "units by region last year", {"C1", "C2"}),
        (Reuse.EVERYBODY, False, "units by region last year", {"C1"}),
        (Reuse.CHANNEL, True, "units by region last year", {"C1"}),
        (Reuse.NOBODY, True, "units by region last year", set[str]()),
        (Reuse.EVERYBODY, True, "orders by month", set[str]()),
    ],
)
async def test_a_similar_question_is_offered_where_it_may_be_read(
    redis: "Redis",
    reuse: Reuse,
    colleague: bool,  # noqa: FBT001
    words: str,
    offered_in: set[str],
) -> None:
    """One of a public channel to all colleagues, one of another channel there, a private one nowhere."""
    await ReviewStore(redis, KEYS).open(replace(ASKED, reuse=reuse))
    await says(redis, ReviewState.CONFIRMED)
    confirmed = ConfirmedStore(redis, KEYS)
    offers = {
        channel: (await confirmed.look(SPACE, words, channel, colleague=colleague)).similar
        for channel in ("C1", "C2")
    }
    assert {channel for channel, similar in offers.items() if similar == ASKED.question} == offered_in


@pytest.mark.parametrize(
    "asked", [replace(ASKED, stands_alone=False), replace(ASKED, sql="")], ids=["follow-up", "no SQL"]
)
async def test_what_says_too_little_is_not_found_again(redis: "Redis", asked: Asked) -> None:
    """A follow-up means something else elsewhere, and without SQL there is nothing to show."""
    await ReviewStore(redis, KEYS).open(asked)
    assert await says(redis, ReviewState.CONFIRMED) is Decided.DONE
    assert [each async for each in ConfirmedStore(redis, KEYS).all()] == []


async def test_a_person_is_forgotten_among_experts(redis: "Redis") -> None:
    """What a person asked goes; what a person decided stays without the name, and nobody waits for it."""
    reviews, confirmed, other = ReviewStore(redis, KEYS), ConfirmedStore(redis, KEYS), "T1.C1.2"
    await reviews.open(replace(ASKED, sender="UBEN"))
    await says(redis, ReviewState.CONFIRMED)
    await reviews.open(replace(ASKED, question_id=other, asker="UEVE", sender="UBEN"))
    await says(redis, ReviewState.TAKEN, question_id=other)
    for lease in await Bot(redis).claim_jobs(10):
        await redis.zrem(KEYS.due, lease.job.id)
    await forget_person(redis, KEYS, "T1", "UBEN")
    keys = [str(key) async for key in redis.scan_iter() if await redis.type(key) == "hash"]
    assert [key for key in keys if "UBEN" in str(await redis.hgetall(key))] == []
    review = await reviews.of(other)
    assert review
    assert (review.state, review.asked.sender) == (ReviewState.OPEN, "")
    await forget_person(redis, KEYS, "T1", "UADA")
    assert await reviews.of(ID) is None
    found = await confirmed.find(SPACE, ASKED.question)
    assert found
    assert found.by == ""


async def test_a_thread_that_is_forgotten_is_no_more_before_experts(redis: "Redis") -> None:
    """Its words and its SQL go, and nobody decides any more."""
    bot, asked = Bot(redis), question("1", "UADA")
    await bot.questions.accept(asked)
    await bot.announce()
    [lease] = await bot.granted()
    await bot.answer(lease)
    await ReviewStore(redis, KEYS).open(ASKED)
    forgetting = Job("forget", JobKind.FORGET, asked.place, "UADA")
    assert await JobStore(redis, KEYS).forget(forgetting) is EnqueueResult.ACCEPTED
    assert await ReviewStore(redis, KEYS).of(ID) is None
    assert await says(redis, ReviewState.CONFIRMED) is Decided.UNKNOWN
