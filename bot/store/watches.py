"""Stores watches: who has which, when each is due, and how their runs ended.

Each method raises NotStored without Redis. Times are arguments, in milliseconds since 1970.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence

from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.records.job import Job
from bot.records.question import Place
from bot.records.watch import (
    PAUSED_BY_OWNER,
    StoredWatch,
    Watch,
    WatchKind,
    WatchProgress,
    is_of,
    kind_of,
)
from bot.store.keys import Key, Keys
from bot.store.questions import in_time
from bot.store.results import Started, WatchAdded
from bot.store.scripts import watches
from render.watch.model import Baseline

log = logging.getLogger(__name__)

WATCHES_PER_PERSON = 20
MOST_RUNNING = 10
"""Runs of a kind on their way at one time, over all processes: what people ask has the other workers."""


Due = tuple[str, int]
"""An id, and when it is due."""


class WatchStore:
    """Watches in Redis. A person pauses, resumes and stops the own ones alone."""

    def __init__(self, redis: "Redis", keys: Keys, most: int = WATCHES_PER_PERSON) -> None:
        """Keep `most` watches of a person, paused ones among them."""
        self._redis, self._keys, self._most = redis, keys, most

    def _due(self, watch_id: str) -> Key:
        return self._keys.watches_due(kind_of(watch_id))

    @property
    def most(self) -> int:
        """How many watches a person may have."""
        return self._most

    async def add(self, watch: Watch, due: int) -> WatchAdded:
        """Keep a watch that runs first at `due`; again and again is the same as once."""
        keys = self._keys
        return await in_time(
            watches.add_watch(
                self._redis,
                watch_key=keys.watch(watch.id),
                watches_key=self._due(watch.id),
                own_key=keys.watches_of(watch.owner.queue_name),
                thread_key=_thread(keys, watch.place),
                watch_prefix=keys.watch(""),
                watch_id=watch.id,
                watch=watch.to_json(),
                created_at=watch.created_at,
                due=due,
                most=self._most,
            )
        )

    async def of(self, owner: SlackUser) -> tuple[StoredWatch, ...]:
        """Return a person's watches, the oldest first."""
        own = self._keys.watches_of(owner.queue_name)
        ids = [str(each) for each in await in_time(self._redis.zrange(own, 0, -1))]
        found = await self.read(ids)
        return tuple(found[each] for each in ids if each in found)

    async def find(self, watch_id: str) -> StoredWatch | None:
        """Return a watch; None for one that is gone."""
        return (await self.read([watch_id])).get(watch_id)

    async def read(self, ids: Iterable[str]) -> Mapping[str, StoredWatch]:
        """Return the watches of some ids, without those that are gone, or that this version cannot read."""
        wanted = [*ids]
        async with self._redis.pipeline(transaction=False) as pipe:
            for each in wanted:
                pipe.hgetall(self._keys.watch(each))
                pipe.zscore(self._due(each), each)
            told = await in_time(pipe.execute()) if wanted else []
        found: dict[str, StoredWatch] = {}
        for watch_id, fields, due in zip(wanted, told[::2], told[1::2], strict=True):
            if "watch" in fields:
                try:
                    found[watch_id] = _stored(fields, due)
                except (AttributeError, KeyError, TypeError, ValueError):
                    log.warning("watch.unreadable", extra={"watch": watch_id})
        return found

    async def pause(self, watch_id: str, owner: SlackUser) -> bool:
        """Let a watch rest; False for one that is gone, or another person's."""
        return await self._set_paused(watch_id, owner, PAUSED_BY_OWNER, 0)

    async def resume(self, watch_id: str, owner: SlackUser, due: int) -> bool:
        """Let a watch go on, at `due`; the same of one that is not paused changes nothing."""
        return await self._set_paused(watch_id, owner, "", due)

    async def _set_paused(self, watch_id: str, owner: SlackUser, paused: str, due: int) -> bool:
        keys = self._keys
        return is_of(watch_id, owner) and bool(
            await in_time(
                watches.set_watch_paused(
                    self._redis,
                    watch_key=keys.watch(watch_id),
                    watches_key=self._due(watch_id),
                    own_key=keys.watches_of(owner.queue_name),
                    watch_id=watch_id,
                    paused=paused,
                    due=due,
                )
            )
        )

    async def revise(self, watch: Watch, due: int) -> None:
        """Keep a watch as its owner has it now, and due by that unless it is paused; not one that is gone."""
        await in_time(
            watches.revise_watch(
                self._redis,
                watch_key=self._keys.watch(watch.id),
                watches_key=self._due(watch.id),
                watch_id=watch.id,
                watch=watch.to_json(),
                due=due,
            )
        )

    async def stop(self, watch_id: str, owner: SlackUser) -> bool:
        """Delete a watch; False for one that is gone, or another person's."""
        if not is_of(watch_id, owner):
            return False
        async with self._redis.pipeline() as pipe:
            pipe.delete(self._keys.watch(watch_id))
            pipe.zrem(self._due(watch_id), watch_id)
            pipe.zrem(self._keys.watches_of(owner.queue_name), watch_id)
            deleted, *_ = await in_time(pipe.execute())
        return bool(deleted)

    async def now(self) -> int:
        """Return the time of Redis, the same for all processes."""
        seconds, microseconds = await in_time(self._redis.time())
        return int(seconds) * 1000 + int(microseconds) // 1000

    async def due(self, now: int, most: int, recurring: Mapping[str, int]) -> Sequence[Sequence[Due]]:
        """Return what is due, up to `most` of each kind; `recurring` work is kept with its first time."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for kind in WatchKind:
                pipe.zrangebyscore(self._keys.watches_due(kind), "-inf", now, 0, most, withscores=True)
            if recurring:  # of which none is due yet
                pipe.zadd(self._keys.watches_due(WatchKind.ANSWER), {**recurring}, nx=True)
            told = await in_time(pipe.execute())
        return [[(str(each), int(score)) for each, score in found] for found in told[: len(WatchKind)]]

    async def exists(self, watch_id: str) -> bool:
        """Tell whether a watch is there, also if this version cannot read it."""
        return bool(await in_time(self._redis.exists(self._keys.watch(watch_id))))

    async def forget(self, watch_id: str) -> None:
        """Take what is gone out of what is due."""
        await in_time(self._redis.zrem(self._due(watch_id), watch_id))

    async def put_off(self, watch_id: str, due: int, later: int) -> None:
        """Make a watch due later, unless it is due at another time than `due` by now."""
        await in_time(
            watches.put_off_watch(
                self._redis,
                watches_key=self._due(watch_id),
                watch_id=watch_id,
                due_at=due,
                later=later,
            )
        )

    async def start(
        self, watch_id: str, due: int, job: Job, *, next_due: int, now: int, recurring: bool = False
    ) -> Started:
        """Leave the run that is due at `due` to a worker, as `job`; over all processes once."""
        keys = self._keys
        return await in_time(
            watches.start_watch(
                self._redis,
                watches_key=self._due(watch_id),
                watch_key=keys.watch(watch_id),
                own_key=keys.watches_of(job.queue_name),
                thread_key=_thread(keys, job.place),
                running_key=keys.watches_running(kind_of(watch_id)),
                job_key=keys.question(job.id),
                due_key=keys.due,
                watch_id=watch_id,
                due_at=due,
                next_due=next_due,
                now=now,
                job_id=job.id,
                job=job.to_json(),
                recurring=recurring,
                most=MOST_RUNNING,
            )
        )

    async def end_run(
        self,
        job: Job,
        run: int,
        *,
        watch_id: str,
        failures: int = 0,
        paused: str = "",
        baseline: Baseline | None = None,
        key: str = "",
        again_at: int = 0,
    ) -> bool:
        """Save how a run ended; False if its watch was stopped, or has run again since.

        `paused` says why it was the last one, `again_at` when one is due that makes up for it.
        """
        kept = {"baseline": baseline.to_json(), "key": key} if baseline else {}
        return bool(
            await in_time(
                watches.end_watch_run(
                    self._redis,
                    watch_key=self._keys.watch(watch_id),
                    watches_key=self._due(watch_id),
                    job_key=self._keys.question(job.id),
                    watch_id=watch_id,
                    run=run,
                    failures=failures,
                    paused=paused,
                    again_at=again_at,
                    fields=kept,
                )
            )
        )


def _thread(keys: Keys, place: Place) -> Key:
    return keys.thread(place, place.thread or "")


def _stored(fields: Mapping[str, str], due: float | None) -> StoredWatch:
    baseline = fields.get("baseline")
    progress = WatchProgress(
        due=None if due is None else int(due),
        run=int(fields.get("run", 0)),
        done=int(fields.get("done", 0)),
        failures=int(fields.get("failures", 0)),
        paused=fields.get("paused", ""),
        baseline=Baseline.from_json(baseline) if baseline else None,
        key=fields.get("key", ""),
    )
    return StoredWatch(Watch.from_json(fields["watch"]), progress)
