"""Starts the runs of what is due by the clock: watches, and other work that recurs.

Each process has one. What is due is started once over all of them: the script that makes it due again also
leaves its run to the workers, as a job, so that a process that dies has done both or neither.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.jobs.watch.due import begins_at, next_due
from bot.records.job import Job, JobKind
from bot.records.watch import Rhythm, StoredWatch, Watch, is_first_look, run_id
from bot.store.questions import NotStored
from bot.store.results import Started
from bot.store.watches import Due, WatchStore

log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
"""Between two looks for what is due."""
SOON_SECONDS = 1.0
"""The same while more is due than may run at one time."""
MOST = 50
"""Of a kind that are looked at in one turn; more than may run at one time."""
UNREAD_MS = 5 * 60 * 1000
"""For which a watch is left to processes whose version can read it."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """Work that recurs and is no person's watch."""

    id: str
    """One word, as no id of a watch is."""
    rhythm: Rhythm
    time_zone: str
    job: Callable[[str], Job]
    """Returns the job of a run, with its id."""


class WatchClock:
    """Starts what is due."""

    def __init__(
        self, store: WatchStore, wake: Callable[[], None], recurring: Sequence[Recurring] = ()
    ) -> None:
        """Call `wake` when there is work for the workers."""
        self._store, self._wake = store, wake
        self._recurring = {each.id: each for each in recurring}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Look for what is due in the background within the block."""
        looking = asyncio.create_task(self._run())
        try:
            yield
        finally:
            looking.cancel()

    async def _run(self) -> None:
        while True:
            more = False
            try:
                more = await self.tick(await self._store.now())
            except NotStored:  # `bot.store.availability.outage` tells of it
                pass
            except Exception:  # the next look may not meet what this one did
                log.exception("watches.clock_crashed")
            await asyncio.sleep(SOON_SECONDS if more else LOOK_SECONDS)

    async def tick(self, now: int) -> bool:
        """Start what is due; tell whether there is more that could not be started yet."""
        first = {each.id: next_due(each.rhythm, each.time_zone, now) for each in self._recurring.values()}
        by_kind = await self._store.due(now, MOST, first)
        if any([await self._start_due(due, now) for due in by_kind]):
            self._wake()
        return any(by_kind)

    async def _start_due(self, due: Sequence[Due], now: int) -> int:
        """Start what is due of a kind until as many run as may; return how many were started."""
        watches = await self._store.read(each for each, _ in due if each not in self._recurring)
        started = 0
        for name, at in due:
            if name in self._recurring:
                outcome = await self._start_recurring(self._recurring[name], at, now)
            elif name in watches:
                outcome = await self._start(watches[name], at, now)
            else:
                outcome = await self._leave(name, at, now)
            started += outcome is Started.STARTED
            if outcome is Started.FULL:
                break
        return started

    async def _start(self, stored: StoredWatch, due: int, now: int) -> Started:
        watch = stored.watch
        begins = begins_at(watch.rhythm, watch.time_zone, now, watch.quiet)
        if begins > now and not is_first_look(stored):
            await self._store.put_off(watch.id, due, begins)
            return Started.TAKEN
        again = next_due(watch.rhythm, watch.time_zone, now, watch.quiet)
        return await self._store.start(watch.id, due, _job(watch, due), next_due=again, now=now)

    async def _start_recurring(self, work: Recurring, due: int, now: int) -> Started:
        again = next_due(work.rhythm, work.time_zone, now)
        job = work.job(run_id(work.id, due))
        return await self._store.start(work.id, due, job, next_due=again, now=now, recurring=True)

    async def _leave(self, name: str, due: int, now: int) -> Started:
        """Forget an id whose watch is gone; leave one that this version cannot read to others."""
        if await self._store.exists(name):
            await self._store.put_off(name, due, now + UNREAD_MS)
        else:
            await self._store.forget(name)
        return Started.GONE


def _job(watch: Watch, due: int) -> Job:
    return Job(
        id=run_id(watch.id, due),
        kind=JobKind.WATCH,
        place=watch.place,
        user=watch.owner.id,
        about=watch.about,
    )
