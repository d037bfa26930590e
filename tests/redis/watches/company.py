"""What a run of a watch meets, and what it says, where Slack, Genie and charts are left out."""

from dataclasses import dataclass, field, replace
from typing import Any, cast

from redis.asyncio import Redis

from bot.jobs.watch.ask import AskAgain
from bot.jobs.watch.job import WatchJob
from bot.jobs.watch.look import FingerprintKey, Look, Looked
from bot.jobs.watch.may_run import MayRun, Rest
from bot.jobs.watch.tell import Tell
from bot.records.job import Stage
from bot.records.lease import JobLease
from bot.records.watch import StoredWatch, Watch, WatchKind
from bot.replies.responder import Responder
from bot.replies.watching.view import watch_views
from bot.slack.api import SlackRefused
from bot.store.changes import QuestionChanges
from genie.model import Answer
from render.blockkit.blocks import Block
from render.blockkit.reply import Reply
from render.watch.model import Baseline
from tests.redis.queue_moves import KEYS
from tests.redis.watches.watching import SPACES, Replica, at, watch

MORNING = at("2026-11-30T07:00")
BASELINE = Baseline(rows="r", count=1, at=MORNING)


@dataclass
class Company:
    """What a run meets, and what it says."""

    replica: Replica
    changes: QuestionChanges
    errors: list[Exception] = field(default_factory=list)
    """Of the looks that come, one after the other."""
    sentence: str = "It went up."
    rest: Rest | None = None
    zone: str = ""
    dead: bool = False
    """Slack takes nothing in the thread."""
    meanwhile: Any = None
    """Done while Slack is asked about the owner, or a look takes its time."""
    told: list[tuple[str, str]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    @property
    def job(self) -> WatchJob:
        """The job among these."""
        return WatchJob(
            queue=self.replica.bot.queue,
            responder=cast("Responder", self),
            watches=self.replica.store,
            may_run=cast("MayRun", self),
            look=cast("Look", self),
            ask=AskAgain(questions=self.replica.bot.questions, changes=self.changes, catalog=SPACES),
            tell=cast("Tell", self),
            view_of=watch_views("https://a.slack.com/", "UBOT", SPACES),
        )

    as_users = False
    key = FingerprintKey(b"k", "mark")

    async def refusal(self, kept: Watch) -> Rest | None:
        if self.meanwhile and (self.rest or kept.kind is WatchKind.QUESTION):
            await self.meanwhile()
        return self.rest

    async def time_zone(self, _watch: Watch) -> str:
        return self.zone

    async def look(self, _stored: StoredWatch, _now: int) -> Looked:
        if self.meanwhile:
            await self.meanwhile()
        if self.errors:
            raise self.errors.pop(0)
        return Looked(cast("Answer", None), BASELINE, self.sentence)

    async def picture(self, _watch: Watch, _answer: Answer) -> Block | None:
        return None

    async def in_thread(self, _lease: JobLease, _watch: Watch, reply: Reply, _image: Block | None) -> None:
        if self.dead:
            raise SlackRefused("is_archived")
        self.told.append(("thread", reply.text))

    async def owner(self, _lease: JobLease, _watch: Watch, reply: Reply) -> None:
        self.told.append(("owner", reply.text))

    async def wherever(self, lease: JobLease, kept: Watch, reply: Reply) -> None:
        try:
            await self.in_thread(lease, kept, reply, None)
        except SlackRefused:
            await self.owner(lease, kept, reply)

    async def close(self, lease: JobLease, outcome: Any) -> None:
        self.closed.append(getattr(outcome, "name", outcome))
        await self.replica.bot.queue.finish(lease, Stage.DONE)

    async def run(self, now: int) -> None:
        """Run what is due."""
        await self.replica.clock.tick(now)
        for lease in await self.replica.bot.claim_jobs(9):
            progress = replace(lease.progress, received_at=now)
            await self.job.run(replace(lease, now=now, progress=progress))

    async def stored(self) -> StoredWatch:
        """Return the watch."""
        found = await self.replica.store.find(watch().id)
        assert found
        return found


def opened(redis: "Redis") -> Company:
    """Open a company in which nothing is watched."""
    return Company(Replica(redis), QuestionChanges(redis, KEYS))
