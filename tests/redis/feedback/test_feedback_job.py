"""Telling Genie what people think: the last word is the latest rating, whoever is slow or dies."""

import asyncio
from dataclasses import replace
from typing import cast

import pytest
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.failures.retry import MAX_JOB_REFUSALS
from bot.identity.identities import shared_identity
from bot.jobs.feedback import FeedbackJob
from bot.records.job import published
from bot.records.lease import JobLease
from bot.records.progress import State
from bot.records.question import Place
from bot.replies.load_answer import AnswerLoader
from bot.slack.api import SlackRefused
from bot.slack.ephemeral import EphemeralReplies
from bot.slack.messages import Messages, Posted
from bot.slack.users import Users
from bot.store.feedback import Feedback, FeedbackStore, Rater
from genie.client import Genie
from genie.errors import Forbidden, GenieError, NotFound, Unavailable
from genie.model import MessageRef, Rating
from render.blockkit.reply import Reply
from tests.redis.queue_moves import KEYS, Bot, question
from tests.redis.responses import Responses

pytestmark = pytest.mark.redis

ID, PLACE = "T1.C1.1", Place("T1", "C1", "1")
GOOD, BAD = Rating.POSITIVE, Rating.NEGATIVE


class Databricks:
    """Takes ratings; a good one only when the way is free."""

    def __init__(self, *refusals: GenieError) -> None:
        self.refusals, self.told = list(refusals), list[tuple[Rating, str]]()
        self.free, self.arrived = asyncio.Event(), asyncio.Event()
        self.free.set()

    async def feedback(self, _ref: MessageRef, rating: Rating, comment: str) -> None:
        """Take a rating, or refuse."""
        if self.refusals:
            raise self.refusals.pop(0)
        self.arrived.set()
        if rating is GOOD:
            await self.free.wait()
        self.told.append((rating, comment))


class Posts:
    """Records what is posted for reviewers, or refuses."""

    def __init__(self, refusal: str = "") -> None:
        self.refusal, self.posted = refusal, list[tuple[str, str]]()
        self.replies = list[Reply]()

    async def link(self, channel: str, ts: str) -> str:
        """Know where everything stands."""
        return f"https://x.slack.example/{channel}/{ts}"

    async def post(self, channel: str, _thread: None, reply: Reply, mark: str, *, seek: bool) -> Posted:
        """Post once for each mark."""
        if self.refusal:
            raise SlackRefused(self.refusal)
        if not (seek and (channel, mark) in self.posted):
            self.posted.append((channel, mark))
            self.replies.append(reply)
        return Posted("9.0")


class Office:
    """A replica with one rated answer, and hands to carry orders out."""

    def __init__(self, redis: "Redis", databricks: Databricks, posts: Posts | None = None) -> None:
        self.redis, self.bot, self.ratings = redis, Bot(redis), FeedbackStore(redis, KEYS)
        self.responses, self.posts = Responses(self.bot), posts or Posts()
        users = Users(AsyncWebClient(base_url="http://127.0.0.1:9/"), redis, KEYS)
        self.job = FeedbackJob(
            queue=self.bot.queue,
            responder=self.responses.responder,
            loader=AnswerLoader(
                questions=self.bot.questions, genie_of=shared_identity(cast("Genie", databricks))
            ),
            feedback=self.ratings,
            genie_of=shared_identity(cast("Genie", databricks)),
            messages=cast("Messages", self.posts),
            ephemeral_replies=cast("EphemeralReplies", self.posts),
            users=users,
            review_channel="C9",
        )

    async def open(self) -> "Office":
        """Have an answer."""
        await self.bot.questions.accept(question("1"))
        await self.bot.announce()
        [lease] = await self.bot.granted()
        await self.bot.queue.asked(lease, MessageRef("s", "c", "m"), poll_in=0)
        [lease] = await self.bot.claim(1)
        await self.bot.queue.finish(lease, State.DELIVERED)
        await self.redis.set(KEYS.person("T1", "UADA"), '{"name": "Ada"}', px=60_000)
        return self

    async def rate(
        self,
        person: str,
        rating: Rating,
        at: int,
        comment: str = "",
        place: Place = PLACE,
        question_id: str = ID,
    ) -> JobLease:
        """Rate, and hold the order."""
        await self.ratings.record(Rater(question_id, place, person), Feedback(rating, at, comment))
        [lease] = await self.bot.claim_jobs(1)
        return lease

    async def again(self, lease: JobLease) -> JobLease:
        """Hold the same order once more, as after a death."""
        await self.redis.hset(KEYS.question(lease.job.id), "owner", "dead")
        await self.redis.zadd(KEYS.due, {lease.job.id: 0})
        [again] = await self.bot.claim_jobs(1)
        return again


async def test_a_slow_rating_is_not_the_last_word(redis: "Redis") -> None:
    """One that is still on its way when a later one has arrived is followed by the later one once more."""
    databricks = Databricks()
    office = await Office(redis, databricks).open()
    databricks.free.clear()
    slow = asyncio.create_task(office.job.run(await office.rate("UADA", GOOD, 1)))
    await databricks.arrived.wait()
    await office.job.run(await office.rate("UBEN", BAD, 2))
    databricks.free.set()
    await slow
    assert databricks.told == [(BAD, ""), (GOOD, ""), (BAD, "")]
    assert office.responses.outcomes == ["rated", "rated"]


async def test_one_rating_of_what_is_private_and_public(redis: "Redis") -> None:
    """An answer that was posted for everybody is one message of Genie's: the latest rating of both stands."""
    databricks = Databricks()
    office = await Office(redis, databricks).open()
    posted = replace(question("1"), id=published(ID), published_from=ID)
    await office.bot.questions.accept(posted)
    await redis.hset(KEYS.question(posted.id), mapping={"message": "m", "state": "delivered"})
    await redis.zrem(KEYS.due, posted.id)
    await office.job.run(await office.rate("UADA", GOOD, 1))
    await office.job.run(await office.rate("UBEN", BAD, 2, question_id=posted.id))
    await office.job.run(await office.rate("UBEN", Rating.NONE, 3, question_id=posted.id))
    assert databricks.told == [(GOOD, ""), (BAD, ""), (GOOD, "")]


async def test_what_genie_knows_is_not_told_again(redis: "Redis") -> None:
    """Two orders whose ratings are told by the first cost one call; after a death it is told for sure."""
    databricks = Databricks()
    office = await Office(redis, databricks).open()
    first, second = await office.rate("UADA", GOOD, 1), await office.rate("UBEN", BAD, 2)
    await office.job.run(first)
    await office.job.run(second)
    assert databricks.told == [(BAD, "")]
    await office.job.run(await office.again(second))
    assert databricks.told == [(BAD, "")] * 2


@pytest.mark.parametrize(
    ("refusals", "steps", "told"),
    [
        ([Unavailable()] * 12, 13, 1),
        ([Forbidden()] * 99, MAX_JOB_REFUSALS + 1, 0),
        ([NotFound()], 1, 0),
    ],
)
async def test_trouble_is_waited_out_and_nobody_is_bothered(
    refusals: list[GenieError], steps: int, told: int, redis: "Redis"
) -> None:
    """What may pass delays a rating; what will not is logged, and nothing is said in the thread."""
    databricks = Databricks(*refusals)
    office = await Office(redis, databricks).open()
    lease, taken = await office.rate("UADA", BAD, 1, "wrong"), 1
    await office.job.run(lease)
    while not office.responses.outcomes:
        lease, taken = await office.again(lease), taken + 1
        await office.job.run(lease)
    assert (taken, len(databricks.told), office.responses.outcomes) == (steps, told, ["rated"])
    assert len(office.posts.posted) == 1


async def test_only_the_latest_reason_is_reviewed(redis: "Redis") -> None:
    """A reason that its author replaced meanwhile is not shown; ratings without one never are."""
    office = await Office(redis, Databricks()).open()
    orders = [
        await office.rate("UADA", BAD, 1),
        await office.rate("UADA", BAD, 2, "wrong"),
        await office.rate("UADA", BAD, 3, "wrong year"),
    ]
    for lease in orders:
        await office.job.run(lease)
    assert office.posts.posted == [("C9", orders[2].job.id)]


@pytest.mark.parametrize(("channel", "led"), [("C1", True), ("D1", False)])
async def test_reviewers_are_led_only_where_they_may_look(channel: str, led: bool, redis: "Redis") -> None:  # noqa: FBT001
    """An answer in somebody's direct messages is out of their sight."""
    office = await Office(redis, Databricks()).open()
    await office.job.run(await office.rate("UADA", BAD, 1, "late", Place("T1", channel, "1")))
    [reply] = office.posts.replies
    assert (f"https://x.slack.example/{channel}/" in str(reply.variants[0].blocks)) is led


async def test_a_forgotten_answer_ends_its_orders(redis: "Redis") -> None:
    """When a thread is forgotten before a rating is told, nothing is told or shown."""
    databricks = Databricks()
    office = await Office(redis, databricks).open()
    lease = await office.rate("UADA", BAD, 1, "wrong")
    await redis.hdel(KEYS.question(ID), "question")
    await office.job.run(lease)
    assert (databricks.told, office.posts.posted, office.responses.outcomes) == ([], [], ["forgotten"])


async def test_a_closed_review_channel_is_told_once(redis: "Redis", caplog: pytest.LogCaptureFixture) -> None:
    """Every reason meets the same refusal: one line says so, and one more after the channel was open."""
    office = await Office(redis, Databricks(), Posts("is_archived")).open()
    for at in (1, 2):
        await office.job.run(await office.rate("UADA", BAD, at, f"wrong {at}"))
    assert caplog.messages.count("feedback.not_reviewed") == 1
    office.posts.refusal = ""
    await office.job.run(await office.rate("UADA", BAD, 3, "wrong 3"))
    office.posts.refusal = "is_archived"
    await office.job.run(await office.rate("UADA", BAD, 4, "wrong 4"))
    assert caplog.messages.count("feedback.not_reviewed") == 2
