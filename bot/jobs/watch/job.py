"""The run of a watch: looks at its answer again, or asks its question, as its owner.

It tells what there is to tell in the thread of the watch, and nothing where nothing changed. A watch that
fails three times in a row says so once and rests. docs/decisions/27-a-watch-runs-as-its-owner.md
"""

import logging
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.failures import causes
from bot.failures.model import Cause
from bot.identity.model import NotSignedIn
from bot.jobs.watch.ask import LOOK_SECONDS, AskAgain, Asked
from bot.jobs.watch.due import begins_at, next_due
from bot.jobs.watch.look import Look
from bot.jobs.watch.may_run import SIGNED_OUT, MayRun, Rest
from bot.jobs.watch.tell import Tell
from bot.offload.executor import ExecutorError
from bot.records.lease import JobLease
from bot.records.watch import StoredWatch, WatchKind, WatchProgress, is_first_look, run_of
from bot.replies.responder import StepContext
from bot.replies.watching.view import ViewOf
from bot.slack.api import SlackRefused
from bot.store.watches import WatchStore
from genie.errors import GenieError
from render.watch.message import paused_message, rests_message, run_message

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
"""Of one run while Databricks may still answer; the next run is never far."""
MAX_FAILURES = 3
"""Runs in a row that failed, before a watch rests."""
HELD_UP_MS = 10 * 60 * 1000
"""After which a run looks whether it is quiet by now; one that is just repeated has told already, perhaps."""
TOLD, SILENT, ASKED, PUT_OFF, STOPPED, RESTS = "told", "silent", "asked", "put off", "stopped", "rests"
"""How runs end, besides the names of causes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchJob(StepContext):
    """Runs a watch once; what it does can be repeated at any point."""

    watches: WatchStore
    may_run: MayRun
    look: Look
    ask: AskAgain
    tell: Tell
    view_of: ViewOf

    async def run(self, lease: JobLease) -> None:
        """Run the watch, and save how that ended before the job does."""
        stored = await self._wanted(lease)
        if stored is None:
            await self._leave(lease)
            return
        try:
            await self._run(lease, stored)
        except NotSignedIn:
            await self._stop_or_rest(lease, stored, SIGNED_OUT)
        except GenieError as error:
            cause = causes.of_error(error)
            if cause.transient and lease.progress.attempts < MAX_ATTEMPTS - 1:
                raise
            await self._failed(lease, stored, cause, str(error))
        except SlackRefused as refused:
            await self._failed(lease, stored, causes.SLACK_REFUSED, refused.code)
        except ExecutorError as error:
            await self._failed(lease, stored, causes.CRASHED, str(error))

    async def _run(self, lease: JobLease, stored: StoredWatch) -> None:
        watch, saved = stored.watch, stored.progress
        asked, begins = await self.ask.begun(lease), _begins(lease, stored)
        if asked and (begins <= lease.now or (asked.ended and not asked.withdrawn)):
            await self._asked(lease, stored, asked)
        elif begins > lease.now:  # also for who died after it took the question back
            await self.ask.withdraw(lease)
            await self._put_off(lease, saved, begins)
        elif saved.failures >= MAX_FAILURES:  # of runs that crashed, and could not say so
            await self._pause_failed(lease, stored, causes.CRASHED)
        elif rest := await self.may_run.refusal(watch):
            await self._stop_or_rest(lease, stored, rest)
        elif (begins := await self._follow(lease, stored)) > lease.now:
            await self._put_off(lease, saved, begins)
        else:
            await self._begin(lease, stored)

    async def _put_off(self, lease: JobLease, saved: WatchProgress, begins: int) -> None:
        await self._end(lease, saved, PUT_OFF, failures=saved.failures, again_at=begins)

    async def _follow(self, lease: JobLease, stored: StoredWatch) -> int:
        """Let a watch be due by the clock of its owner; return when it may run by a new one."""
        watch = stored.watch
        zone = await self.may_run.time_zone(watch)
        if zone in {"", watch.time_zone}:
            return lease.now
        due = next_due(watch.rhythm, zone, lease.now, watch.quiet)
        await self.watches.revise(replace(watch, time_zone=zone), due)
        return lease.now if is_first_look(stored) else begins_at(watch.rhythm, zone, lease.now, watch.quiet)

    async def _begin(self, lease: JobLease, stored: StoredWatch) -> None:
        if stored.watch.kind is WatchKind.ANSWER:
            await self._look(lease, stored)
        else:
            await self.ask.begin(lease, stored.watch)
            await self.queue.release(lease, LOOK_SECONDS)

    async def _look(self, lease: JobLease, stored: StoredWatch) -> None:
        watch = stored.watch
        looked = await self.look.look(stored, lease.now)
        if looked.sentence:
            image = await self.look.picture(watch, looked.answer)
            if await self._left(lease):
                return
            reply = run_message(self.view_of(stored), looked.sentence)
            await self.tell.in_thread(lease, watch, reply, image)
        outcome = TOLD if looked.sentence else SILENT
        kept = replace(stored.progress, baseline=looked.baseline, key=self.look.key.mark)
        await self._end(lease, kept, outcome)

    async def _asked(self, lease: JobLease, stored: StoredWatch, asked: Asked) -> None:
        if not asked.ended:
            await self.queue.release(lease, LOOK_SECONDS)
        elif asked.failed:
            await self._failed(lease, stored, asked.failed, "the question has no answer")
        else:
            await self._end(lease, stored.progress, ASKED)

    async def _wanted(self, lease: JobLease) -> StoredWatch | None:
        """Return the watch of a run; None if it was stopped or paused by now, or the run has ended."""
        name, due = run_of(lease.job.id)
        stored = await self.watches.find(name)
        if stored is None or stored.progress.paused:
            return None
        return stored if stored.progress.run == due != stored.progress.done else None

    async def _left(self, lease: JobLease) -> bool:
        """Tell whether a run is not wanted any more, and end it then."""
        if await self._wanted(lease):
            return False
        await self._leave(lease)
        return True

    async def _leave(self, lease: JobLease) -> None:
        """End a run of which its owner was told that nothing more comes."""
        await self.ask.withdraw(lease)
        await self.responder.close(lease, STOPPED)

    async def _failed(self, lease: JobLease, stored: StoredWatch, cause: Cause, error: str) -> None:
        failures = stored.progress.failures + 1
        log.warning("watch.failed", extra={"error": error, "failures": failures, **cause.log})
        if failures >= MAX_FAILURES:
            await self._pause_failed(lease, stored, cause)
        else:
            await self._end(lease, stored.progress, cause, failures=failures)

    async def _stop_or_rest(self, lease: JobLease, stored: StoredWatch, rest: Rest) -> None:
        """Tell the owner alone that a watch may not run; one whose owner is gone is gone, too."""
        if rest.ends:
            await self.watches.stop(stored.watch.id, stored.watch.owner)
            await self.responder.close(lease, rest.outcome)
            return
        if await self._left(lease):
            return
        reply = rests_message(self.view_of(stored), rest.sentence)
        with suppress(SlackRefused):  # it rests all the same
            await self.tell.owner(lease, stored.watch, reply)
        await self._end(lease, stored.progress, RESTS, paused=rest.outcome)

    async def _pause_failed(self, lease: JobLease, stored: StoredWatch, cause: Cause) -> None:
        """Say once that a watch rests, as it failed, where it tells what it finds, or else to its owner."""
        if await self._left(lease):
            return
        reply = paused_message(self.view_of(stored), cause.told(as_users=self.responder.as_users))
        with suppress(SlackRefused):
            await self.tell.wherever(lease, stored.watch, reply)
        await self._end(lease, stored.progress, cause, failures=MAX_FAILURES, paused=cause.name)

    async def _end(
        self,
        lease: JobLease,
        saved: WatchProgress,
        outcome: str | Cause,
        *,
        failures: int = 0,
        paused: str = "",
        again_at: int = 0,
    ) -> None:
        name, due = run_of(lease.job.id)
        await self.watches.end_run(
            lease.job,
            due,
            watch_id=name,
            failures=failures,
            paused=paused,
            baseline=saved.baseline,
            key=saved.key,
            again_at=again_at,
        )
        await self.responder.close(lease, outcome)


def _begins(lease: JobLease, stored: StoredWatch) -> int:
    """Return when a run may begin: it may have been held up until quiet hours began."""
    watch = stored.watch
    if is_first_look(stored) or lease.now - lease.progress.received_at < HELD_UP_MS:
        return lease.now
    return begins_at(watch.rhythm, watch.time_zone, lease.now, watch.quiet)
