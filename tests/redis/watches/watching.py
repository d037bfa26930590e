"""Watches for tests, and replicas that start what is due at any time that a test names."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.identity.model import SlackUser
from bot.jobs.watch.clock import Recurring, WatchClock
from bot.records.job import Stage
from bot.records.lease import JobLease
from bot.records.question import Place
from bot.records.watch import Rhythm, Watch, WatchKind, watch_id
from bot.slack.users import Person, Users, to_json
from bot.spaces.catalog import Catalog
from bot.spaces.model import Space
from bot.store.keys import PERSON_LIFETIME
from bot.store.limiter import Rate
from bot.store.watches import WatchStore
from tests.redis.queue_moves import KEYS, Bot

OWNER = SlackUser("T1", "U1")
SPACES = Catalog((Space("sales", "s"), Space("finance", "f")))
HOUR = 3_600_000
MORNING = 1_796_022_000_000
"""8:00 in Amsterdam, on Monday, 30 November 2026."""


def at(text: str) -> int:
    """Return a time in UTC as milliseconds."""
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def watch(mark: str = "V1", **fields: Any) -> Watch:
    """Return a watch of an answer each morning, unless `fields` say otherwise."""
    owner, kind = fields.pop("owner", OWNER), fields.pop("kind", WatchKind.ANSWER)
    made = Watch(
        id=watch_id(owner, mark, kind),
        owner=owner,
        place=Place("T1", "C1", "1.0"),
        kind=kind,
        rhythm=Rhythm.MORNINGS,
        time_zone="Europe/Amsterdam",
        text="revenue by region",
        about="T1.C1.1.0",
        space="s",
        conversation="c",
        message="m",
        created_at=1,
    )
    return replace(made, **fields)


async def slack_says(redis: "Redis", **said: Any) -> None:
    """Let Slack say something about the owner, by default what it says about a colleague."""
    person = to_json(Person(**{"name": "Ana"} | said))
    await redis.set(KEYS.person(OWNER.team, OWNER.id), person, px=PERSON_LIFETIME)


def users(redis: "Redis") -> Users:
    """Return what knows people; nobody is asked, as long as Redis remembers what Slack said."""
    return Users(AsyncWebClient(base_url="http://127.0.0.1:9/"), redis, KEYS)


class Replica:
    """One process: its clock, and its hands on the jobs."""

    def __init__(
        self,
        redis: "Redis",
        name: str = "a",
        *recurring: Recurring,
        rate: Rate = Rate(20, 60),  # noqa: B008
    ) -> None:
        """Share Redis with the others."""
        self.keys, self.store = KEYS, WatchStore(redis, KEYS)
        self.bot = Bot(redis, rate, name)
        self.clock = WatchClock(self.store, lambda: None, recurring)

    async def end_runs(self, **ended: Any) -> list[JobLease]:
        """Claim the runs that are on their way, and end each as the job does."""
        leases = await self.bot.claim_jobs(100)
        for lease in leases:
            await self.end(lease, **ended)
        return leases

    async def end(self, lease: JobLease, **ended: Any) -> None:
        """End one run."""
        name, _, due = lease.job.id.rpartition(".")
        await self.store.end_run(lease.job, int(due), watch_id=name, **ended)
        await self.bot.queue.finish(lease, Stage.DONE)
