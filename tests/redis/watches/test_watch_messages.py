"""What the thread of a watch says of it: that it was set, and later what its owner made of that."""

from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest
from redis.asyncio import Redis

from bot.jobs.watch.messages import WatchMessages
from bot.records.job import Job, JobKind, Stage
from bot.records.lease import JobLease
from bot.replies.responder import Responder
from bot.replies.watching.view import watch_views
from bot.store.jobs import JobStore
from render import words
from render.blockkit.reply import Reply
from tests.redis.queue_moves import KEYS
from tests.redis.watches.watching import HOUR, OWNER, SPACES, Replica, at, watch

pytestmark = pytest.mark.redis

MORNING = at("2026-11-30T07:00")
JOB = replace(Job("set", JobKind.WATCH_SET, watch().place, OWNER.id), payload=watch().id)


@dataclass
class Thread:
    """Shows the one message of a watch, which takes its time."""

    replica: Replica
    meanwhile: Any = None
    shown: list[str] = field(default_factory=list)

    async def respond(self, lease: JobLease, reply: Reply) -> tuple[JobLease, int]:
        self.shown.append(reply.text)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            await meanwhile()
        return await self.replica.bot.queue.save(lease, ts="1.1"), 0

    async def close(self, lease: JobLease, _outcome: str) -> None:
        await self.replica.bot.queue.finish(lease, Stage.DONE)

    async def says(self) -> str:
        """Do what is to be done; return what the message says then."""
        bot, nothing = self.replica.bot, cast("Any", None)
        messages = WatchMessages(
            queue=bot.queue,
            responder=cast("Responder", self),
            watches=self.replica.store,
            view_of=watch_views("https://a.slack.com/", "UBOT", SPACES),
            **dict.fromkeys(("loader", "genie_of", "query_reader", "executor", "users", "people"), nothing),
        )
        while leases := await bot.claim_jobs(9):
            for lease in leases:
                await messages.confirm(lease)
        return self.shown[-1] if self.shown else ""


async def test_the_message_of_a_watch_says_how_it_is(redis: "Redis") -> None:
    """Also what somebody presses while it is edited; of a watch that was stopped before, nothing is said."""
    thread, jobs = Thread(Replica(redis)), JobStore(redis, KEYS)
    store = thread.replica.store
    await jobs.enqueue(JOB)
    assert await thread.says() == ""
    await store.add(watch(), MORNING)
    thread.meanwhile = lambda: store.pause(watch().id, OWNER)
    await jobs.enqueue(JOB, rerun=True)
    assert words.watches.PAUSED in await thread.says()
    assert "from <!date" in thread.shown[0]
    await store.resume(watch().id, OWNER, MORNING + 24 * HOUR)
    await jobs.enqueue(JOB, rerun=True)
    assert words.watches.PAUSED not in await thread.says()
    await store.stop(watch().id, OWNER)
    await jobs.enqueue(JOB, rerun=True)
    assert await thread.says() == words.watches.STOPPED
