"""Follows research: reads the events of a run while this process lives, else looks at it every few seconds.

A process reads some runs only, since each takes one of the worker's slots for minutes. All others, and those
of a stream that broke or of a process that died, are looked at in short steps, as questions are polled.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from bot.failures import causes
from bot.identity.model import GenieOf
from bot.records.lease import QuestionLease
from bot.records.progress import STOP_REFUSED, STOP_TOLD, Placeholder
from bot.replies.responder import StepContext
from bot.slack.messages import Messages
from bot.slack.status import StatusLine
from bot.steps.research.report import ReportStep
from genie.agent_model import (
    MAX_RUN_SECONDS,
    Item,
    ItemSeen,
    ResponseEnded,
    ResponseEvent,
    ResponseState,
    ResponseStatus,
    ToolCall,
    ToolOutput,
)
from genie.errors import GenieError, StreamBroken
from render.research.progress import progress

log = logging.getLogger(__name__)

Events = AsyncGenerator[ResponseEvent]

MAX_READ = 16
"""Runs whose events one process reads; of the worker's 64 slots, the others are for questions and jobs."""
GLANCE_SECONDS = 1.0
"""Between looks whether somebody stopped what is read, or withdrew it."""
LOOK_SECONDS = 5.0
"""Between looks at a run whose events nobody reads."""
SHOWN_SECONDS = 3.0
"""Between two edits that tell how a run goes."""
MAX_REFUSALS = 5
"""Looks in a row that Databricks does not allow, or whose run it does not find."""


@dataclass(slots=True)
class _Run:
    """A run as this process has heard of it."""

    items: dict[tuple[type[Item], str], Item] = field(default_factory=dict)
    shown_at: float = 0.0
    glanced_at: float = 0.0
    urged: int = 0
    """Which news of a stop was urgent last."""

    def hear(self, items: tuple[Item, ...]) -> None:
        """Take items, of which a later one takes the place of the same before."""
        self.items |= {(type(each), each.id): each for each in items}


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowStep(StepContext):
    """Follows runs to their end, which the report then tells."""

    genie_of: GenieOf
    messages: Messages
    status: StatusLine
    report: ReportStep
    reading: set[str] = field(default_factory=set)
    """The runs whose events this process reads."""

    async def read(self, lease: QuestionLease, events: Events) -> None:
        """Read a run's events to its end; a run that cannot be read any more is looked at from then on."""
        if len(self.reading) >= MAX_READ:
            await self.queue.release(lease, LOOK_SECONDS)
            return
        run, state = _Run(), None
        self.reading.add(lease.question.id)
        try:
            lease, state = await self._read(lease, events, run)
        except StreamBroken as error:
            log.info("research.stream_broken", extra={"error": str(error)})
        except asyncio.CancelledError:
            with suppress(Exception):  # another process goes on at once, or when the lease ends
                await self.queue.release(lease, 0)
            raise
        finally:
            self.reading.discard(lease.question.id)
        if state:
            await self.report.end(lease, state)
        else:
            await self.queue.release(lease, GLANCE_SECONDS)

    async def _read(
        self, lease: QuestionLease, events: Events, run: _Run
    ) -> tuple[QuestionLease, ResponseState | None]:
        """Return how a run ended, or nothing for one that takes too long."""
        coming = asyncio.ensure_future(anext(events))
        try:
            while lease.present_ms - lease.progress.asked_at < MAX_RUN_SECONDS * 1000:
                lease = await self._heed(lease, run)
                lease = await self._show(lease, run)
                await asyncio.wait({coming}, timeout=GLANCE_SECONDS)
                if not coming.done():
                    continue
                event = coming.result()
                if isinstance(event, ResponseEnded):
                    return lease, ResponseState(event.status, event.items, event.error)
                if isinstance(event, ItemSeen):
                    run.hear(event.items)
                coming = asyncio.ensure_future(anext(events))
            return lease, None
        finally:
            coming.cancel()
            await asyncio.wait({coming})

    async def run(self, lease: QuestionLease) -> None:
        """Look once how far a run is."""
        run = _Run()
        lease = await self._heed(lease, run)
        try:
            state = await self.report.look.state(lease)
        except GenieError as error:
            await self._look_failed(lease, error)
            return
        if state.final:
            await self.report.end(lease, state)
        elif lease.now - lease.progress.asked_at > MAX_RUN_SECONDS * 1000:
            await self.report.overdue(lease, state)
        else:
            run.hear(state.items)
            lease = await self._show(lease, run)
            await self.queue.release(lease, LOOK_SECONDS, polls=lease.progress.polls + 1, failures_in_a_row=0)

    async def _look_failed(self, lease: QuestionLease, error: GenieError) -> None:
        """Look later: a look that failed never costs a run, unless it stays so."""
        cause, failures = causes.of_error(error), lease.progress.failures_in_a_row + 1
        overdue = lease.now - lease.progress.asked_at > MAX_RUN_SECONDS * 1000
        if not cause.transient and failures > MAX_REFUSALS:
            log.warning("question.refused", extra={"error": str(error), **cause.log})
            await self.responder.fail(lease, cause)
        elif overdue:
            await self.report.overdue(lease, ResponseState(ResponseStatus.IN_PROGRESS, ()))
        else:
            refused = 0 if cause.transient else failures
            wait = max(error.retry_after or 0.0, LOOK_SECONDS)
            await self.queue.release(lease, wait, polls=lease.progress.polls + 1, failures_in_a_row=refused)

    async def _heed(self, lease: QuestionLease, run: _Run) -> QuestionLease:
        """Have Genie end a run whose asker has stopped it; NotWanted for one that nobody wants any more."""
        if time.monotonic() - run.glanced_at < GLANCE_SECONDS:
            return lease
        run.glanced_at = time.monotonic()
        stopping = await self.queue.check_wanted(lease)
        if not stopping or lease.progress.stopping >= STOP_TOLD:
            return lease
        if not run.shown_at:  # nothing is known yet that could be shown
            return await self.queue.save(lease, stopping=await self._cancel(lease))
        # At the same time, as Genie may take until the end of its step to answer.
        told = replace(lease, progress=replace(lease.progress, stopping=stopping))
        lease, stopping = await asyncio.gather(self._show(told, run), self._cancel(lease))
        return await self.queue.save(lease, stopping=stopping)

    async def ended_after_cancel(self, lease: QuestionLease) -> bool:
        """Have Genie end a run that nobody wants any more; tell whether there is nothing to wait for."""
        stopping = lease.progress.stopping
        if stopping < STOP_TOLD:
            stopping = await self._cancel(lease)
        try:
            ended = stopping == STOP_REFUSED or (await self.report.look.state(lease)).final
        except GenieError as error:
            ended = not causes.of_error(error).transient
        if ended:
            await self._keep(lease)
        else:
            await self.queue.save(lease, stopping=stopping)
        return ended

    async def _keep(self, lease: QuestionLease) -> None:
        """Keep a run that nobody wants any more from the same words that are asked again."""
        with suppress(GenieError):
            if message := await self.report.look.message_id(lease):
                await self.report.threads.keep_run(lease, message)

    async def _cancel(self, lease: QuestionLease) -> int:
        """Have Genie end a run; return its `stopping`, which stays 1 where that is to be tried again.

        Nothing in Genie tells the id of a run that was found: what may be it is tried.
        """
        found = lease.progress.response
        try:
            if found and await self._takes_cancel(lease, found):
                return STOP_TOLD
            other = await self.report.look.message_id(lease)
            taken = other not in {"", found} and await self._takes_cancel(lease, other)
            taken = taken or (await self.report.look.state(lease)).final  # by an earlier cancel, or by itself
        except GenieError as error:
            log.info("research.not_cancelled", extra={"error": str(error)})
            return STOP_REFUSED if _stays(error) else 1
        return STOP_TOLD if taken else STOP_REFUSED

    async def _takes_cancel(self, lease: QuestionLease, response: str) -> bool:
        """Tell whether Genie ends the run of this id; GenieError if that may still be so."""
        ref = replace(lease.progress.response_ref, response_id=response)
        try:
            await self.genie_of(lease.identity).cancel_response(ref)
        except GenieError as error:
            if not _stays(error):
                raise
            log.info("research.not_cancelled", extra={"error": str(error)})
            return False
        return True

    async def _show(self, lease: QuestionLease, run: _Run) -> QuestionLease:
        """Tell how a run goes, if that is news and the last such edit was a while ago; of a stop at once."""
        saved, items = lease.progress, tuple(run.items.values())
        stop = bool(saved.stopping) + (saved.stopping == STOP_REFUSED)
        told = {"placeholder": Placeholder.RESEARCHING, "place": 3 * _known(items) + stop}
        if (saved.placeholder, saved.place) == (*told.values(),) or not saved.ts:
            return lease
        is_stop = saved.place % 3 != stop
        if not is_stop and time.monotonic() - run.shown_at < SHOWN_SECONDS:
            return lease
        is_urgent = is_stop and run.urged != stop
        run.shown_at, run.urged = time.monotonic(), stop
        channel, reply = lease.question.place.channel, progress(self.report.run_view(lease, items))
        if not await self.messages.tell(channel, saved.ts, reply, urgent=is_urgent):
            return lease
        return await self.queue.save(lease, **told, **await self.status.show(lease, saved.status))


def _stays(error: GenieError) -> bool:
    """Tell whether a refusal is the last word."""
    cause = causes.of_error(error)
    return not (cause.transient or cause.tolerated)


def _known(items: tuple[Item, ...]) -> int:
    """Count what is known of a run: its items, and once more each query and result that is whole."""
    calls = sum(isinstance(each, ToolCall) and bool(each.sql) for each in items)
    return len(items) + calls + sum(isinstance(each, ToolOutput) and each.complete for each in items)
