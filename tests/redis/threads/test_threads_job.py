"""Deleting a thread's conversations: one after the other, patiently, and told in the end."""

import itertools
from typing import cast

import pytest
from redis.asyncio import Redis

from bot.failures.retry import MAX_JOB_REFUSALS
from bot.identity.identities import shared_identity
from bot.jobs.threads import ThreadJobs
from bot.records.job import Job, JobKind
from bot.records.progress import State
from bot.records.question import Place
from bot.slack.ephemeral import EphemeralReplies
from bot.store.jobs import JobStore
from bot.store.questions import Bounds
from bot.store.threads import ThreadStore
from genie.client import Genie
from genie.errors import Forbidden, GenieError, NotFound, SignInFailed, Unavailable
from genie.model import MessageRef
from tests.redis.queue_moves import KEYS, Bot, question
from tests.redis.responses import Responses

pytestmark = pytest.mark.redis

ORDER = Job("T1.C1.1.forget.1", JobKind.FORGET, Place("T1", "C1", "1"), "U1")


class Databricks:
    """Deletes conversations, after it has refused as often as it is told."""

    def __init__(self, *refusals: GenieError) -> None:
        """Raise `refusals`, one a call."""
        self.refusals, self.deleted = list(refusals), list[str]()

    async def delete_conversation(self, _space: str, conversation: str) -> None:
        """Delete, or refuse."""
        if self.refusals:
            raise self.refusals.pop(0)
        self.deleted.append(conversation)


async def ordered(redis: "Redis", *, asked_as_users: bool, as_users: bool) -> Bot:
    """Have a thread with two conversations forgotten."""
    bot, conversations = Bot(redis), ThreadStore(redis, KEYS, as_users=asked_as_users)
    await bot.questions.accept(question("1"))
    await bot.announce()
    [lease] = await bot.granted()
    for name in ("c1", "c2"):
        lease, _ = await conversations.pick_conversation(lease, "s")
        await bot.queue.asked(lease, MessageRef("s", name, f"m{name}"), poll_in=0)
        [lease] = await bot.claim(1)
    await bot.queue.finish(lease, State.DELIVERED)
    assert await JobStore(redis, KEYS, as_users=as_users).forget(ORDER) == "accepted"
    return bot


async def run(
    redis: "Redis",
    databricks: Databricks,
    most: int = 20,
    *,
    asked_as_users: bool = False,
    as_users: bool = False,
) -> tuple[list[str], int]:
    """Take steps until the end, without waiting in between; return what was said, and how many there were."""
    bot = await ordered(redis, asked_as_users=asked_as_users, as_users=as_users)
    responses = Responses(bot)
    jobs = ThreadJobs(
        bounds=Bounds(),
        queue=bot.queue,
        responder=responses.responder,
        genie_of=shared_identity(cast("Genie", databricks)),
        ephemeral_replies=cast("EphemeralReplies", None),
    )
    for steps in range(1, most + 1):
        await redis.zadd(KEYS.due, {ORDER.id: 0})
        [lease] = await bot.claim_jobs(1)
        assert lease.job.kind is JobKind.FORGET
        await jobs.forget(lease)
        if responses.texts:
            return responses.texts, steps
    return [], most


async def test_all_conversations_are_deleted(redis: "Redis") -> None:
    """Each is deleted once, and one that is gone already is no trouble."""
    databricks = Databricks(NotFound())
    said, steps = await run(redis, databricks)
    assert len(databricks.deleted) == 1
    assert (len(said), steps) == (1, 1)
    assert "are deleted" in said[0]


@pytest.mark.parametrize(("asked_as_users", "as_users"), [*itertools.product([False, True], repeat=2)])
async def test_what_another_identity_asked_is_not_said_to_be_deleted(
    redis: "Redis", *, asked_as_users: bool, as_users: bool
) -> None:
    """After a change of IDENTITY what is not found may be there still; without one it is gone."""
    databricks = Databricks(NotFound(), NotFound())
    [said], _ = await run(redis, databricks, asked_as_users=asked_as_users, as_users=as_users)
    assert ("are deleted" in said) is (asked_as_users is as_users)
    assert ("ask the owner" in said) is (asked_as_users is not as_users)


async def test_what_another_identity_asked_is_deleted_where_that_is_allowed(redis: "Redis") -> None:
    """A bot that manages the space may delete what people asked."""
    databricks = Databricks()
    [said], _ = await run(redis, databricks, asked_as_users=True)
    assert (sorted(databricks.deleted), "are deleted" in said) == (["c1", "c2"], True)


@pytest.mark.parametrize("error", [Unavailable(), SignInFailed()])
async def test_what_may_pass_is_waited_for(redis: "Redis", error: GenieError) -> None:
    """An outage or an expired sign-in delays the deletion and nothing more."""
    databricks = Databricks(*[error] * 12)
    said, steps = await run(redis, databricks)
    assert sorted(databricks.deleted) == ["c1", "c2"]
    assert steps == 13
    assert "are deleted" in said[0]


async def test_what_is_not_allowed_is_told(redis: "Redis") -> None:
    """When Databricks will not delete, the thread reads whom to ask."""
    databricks = Databricks(*[Forbidden()] * 100)
    said, steps = await run(redis, databricks)
    assert databricks.deleted == []
    assert steps == MAX_JOB_REFUSALS + 1
    assert "ask the owner" in said[0]


async def test_one_that_is_not_allowed_does_not_keep_the_others(redis: "Redis") -> None:
    """An identity of former days owns one: the rest is deleted, and the thread reads of the one."""
    databricks = Databricks(*[Forbidden()] * (MAX_JOB_REFUSALS + 1))
    said, _ = await run(redis, databricks)
    assert len(databricks.deleted) == 1
    assert "ask the owner" in said[0]
