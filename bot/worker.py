"""The worker: takes due questions, runs their next step, and lets others take over what it cannot finish."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from redis.exceptions import RedisError
from structlog.contextvars import bound_contextvars

from bot.failures import causes
from bot.failures.model import Cause
from bot.identity.model import NotSignedIn, NotTheOwner
from bot.identity.sign_in_wait import SignInWaits
from bot.observability.records import Observe, StepFailed, nobody
from bot.records.job import JobKind
from bot.records.lease import LEASE_SECONDS, JobLease, Lease, QuestionLease
from bot.records.progress import Placeholder, State
from bot.replies.responder import Responder
from bot.slack.api import SlackBusy, SlackError, SlackRefused, SlackSignedOut, SlackUnreachable
from bot.store.questions import NotStored
from bot.store.queue import Queue
from bot.store.results import Claim
from bot.store.scripts.script import LeaseLost, NotWanted
from genie.errors import GenieError
from render import words
from render.blockkit.blocks import mention
from render.notices import progress

log = logging.getLogger(__name__)

Step = Callable[[QuestionLease], Awaitable[None]]
RunJob = Callable[[JobLease], Awaitable[None]]

SLOTS = 64
"""Steps that run at one time; each mostly waits for a network."""
IDLE_WAIT_SECONDS = 0.5
"""Longest wait before the next look for work of other processes; our own new work wakes us at once."""
ENDING_SECONDS = 1.0
"""For a step whose lease has ended, until it is dropped."""
SHUTDOWN_GRACE_SECONDS = 5.0
"""For running steps; with modals and our own store, the bot ends within twelve seconds."""
MAX_RETRY_SECONDS = 60.0
MAX_ATTEMPTS = 6
"""Of a step that crashes, before the asker is told."""

FAILURES: Mapping[type[Exception] | tuple[type[Exception], ...], str] = {
    LeaseLost: "lease",
    (RedisError, NotStored): "redis",
    SlackError: "slack",
    GenieError: "genie",
}
"""What a step that was not done is counted as; all else is a crash."""


class Worker:
    """Runs steps until stopped; any number of workers may share one Redis."""

    def __init__(
        self,
        queue: Queue,
        steps: Mapping[State, Step],
        jobs: Mapping[JobKind, RunJob],
        responder: Responder,
        sign_in_waits: SignInWaits | None = None,
        observe: Observe = nobody,
    ) -> None:
        """Run the step of each question's state, and of each job what its kind names.

        The step of `State.WITHDRAWN` takes a withdrawn question from any state to its end. Without
        `sign_in_waits` nobody asks as themselves.
        """
        self._sign_in_waits, self._observe = sign_in_waits, observe
        self._queue, self._steps, self._jobs, self._responder = queue, steps, jobs, responder
        self._running: dict[asyncio.Task[None], Lease] = {}
        self._unsaved: deque[tuple[Lease, float]] = deque()
        """Leases of steps whose end Redis did not take, and when each lease ends by itself."""
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Look for work now."""
        self._wake.set()

    async def run(self) -> None:
        """Work until `stop`; Redis may come and go."""
        async with asyncio.TaskGroup() as group:
            renewing = group.create_task(self._renew())
            while not self._stopping:
                self._wake.clear()
                claim = await self._claim()
                for lease in claim.leases:
                    self._start(lease)
                await self._return_unsaved()
                await self._wait_for_work(claim)
            await self._drain()
            renewing.cancel()

    def stop(self) -> None:
        """Take no new work; `run` returns once the running steps have reached a saved state."""
        self._stopping = True
        self.wake()

    async def _claim(self) -> Claim:
        free = SLOTS - len(self._running)
        if free <= 0:
            return Claim((), None)
        try:
            return await self._queue.claim(free)
        except RedisError:  # `bot.store.availability.outage` tells of it
            return Claim((), 1.0)

    async def _return_unsaved(self) -> None:
        """Have steps repeated that failed for want of Redis, as soon as it takes writes again."""
        while self._unsaved:
            lease, ends = self._unsaved.popleft()
            try:
                if time.monotonic() < ends:
                    await self._queue.fail(lease, min(_backoff(lease), LEASE_SECONDS))
            except LeaseLost:
                continue
            except RedisError:
                self._unsaved.appendleft((lease, ends))
                return

    def _start(self, lease: Lease) -> None:
        task = asyncio.create_task(self._step(lease))
        self._running[task] = lease
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        self.wake()

    async def _wait_for_work(self, claim: Claim) -> None:
        seconds = IDLE_WAIT_SECONDS if claim.wait is None else min(claim.wait, IDLE_WAIT_SECONDS)
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0.001)):
                await self._wake.wait()

    async def _drain(self) -> None:
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=SHUTDOWN_GRACE_SECONDS)
        for task in late:
            task.cancel()  # another worker takes over when the lease ends
        await asyncio.gather(*late, return_exceptions=True)

    async def _renew(self) -> None:
        """Renew the leases of steps that run longer; drop a step whose lease is lost."""
        while True:
            await asyncio.sleep(LEASE_SECONDS / 3)
            lost = {task for task, lease in list(self._running.items()) if await self._is_lost(lease)}
            if lost:  # or given up: a step that has just saved its end has still to tell of it
                await asyncio.wait(lost, timeout=ENDING_SECONDS)
            for task in lost:
                task.cancel()

    async def _is_lost(self, lease: Lease) -> bool:
        try:
            await self._queue.save(lease)
        except LeaseLost:
            return True
        except RedisError:
            pass
        return False

    async def _step(self, lease: Lease) -> None:
        kind = "job" if isinstance(lease, JobLease) else "question"
        with bound_contextvars(**{kind: lease.record.id}):
            try:
                await self._run_observed(lease)
            except LeaseLost:
                log.info("lease.lost")
            except NotWanted:
                await self._give_back(lease, self._queue.release(lease, 0))  # to the step of withdrawals
            except (RedisError, NotStored) as error:
                log.debug("step.no_redis", extra={"error": type(error).__name__})
                self._keep_unsaved(lease)
            except SlackBusy as busy:
                await self._give_back(lease, self._queue.postpone(lease, busy.retry_after))
            except SlackUnreachable as error:
                log.warning("step.no_slack", extra={"error": str(error)})
                await self._fail(lease, min(_backoff(lease), MAX_RETRY_SECONDS))
            except SlackRefused as refused:
                log.warning("step.refused", extra={"slack": refused.code})
                await self._give_up(lease, causes.SLACK_REFUSED)
            except SlackSignedOut as error:
                log.warning("step.signed_out", extra={"slack": error.code})
                await self._fail(lease, MAX_RETRY_SECONDS)
            except GenieError as error:
                log.warning("step.no_genie", extra={"error": str(error)})
                cause = causes.of_error(error)
                await self._retry(lease, cause, again=cause.transient)
            except Exception:  # the one boundary behind which nothing may be lost
                log.exception("step.crashed")
                await self._retry(lease, causes.CRASHED, again=True)

    async def _run_observed(self, lease: Lease) -> None:
        try:
            await self._run(lease)
        except Exception as error:
            if not isinstance(error, NotWanted):
                found = (cause for kinds, cause in FAILURES.items() if isinstance(error, kinds))
                self._observe(StepFailed(next(found, "crash")))
            raise

    async def _run(self, lease: Lease) -> None:
        try:
            await self._run_step(lease)
        except NotSignedIn:
            if self._sign_in_waits is None:
                raise
            lease = await self._say_that_it_waits(lease)
            cause = await self._sign_in_waits.begin(lease)
            if cause and isinstance(lease, QuestionLease) and _is_hidden(lease):
                await self._sign_in_waits.tell_end(lease, cause)
                await self._responder.close(lease, cause)
            elif cause:
                await self._give_up(lease, cause)

    async def _say_that_it_waits(self, lease: Lease) -> Lease:
        """Say where the answer to a question will appear that it waits for a sign-in, if it is not there."""
        if not isinstance(lease, QuestionLease) or lease.progress.withdrawn:
            return lease
        if await self._queue.is_shown(lease):
            return lease
        reply = progress.signing_in()
        saved = await self._responder.update_placeholder(lease, Placeholder.SIGNING_IN, reply)
        return await self._queue.save(lease, **saved) if saved else lease

    async def _run_step(self, lease: Lease) -> None:
        if isinstance(lease, QuestionLease) and lease.unread:
            await self._give_up(lease, causes.OTHER_VERSION)
        elif isinstance(lease, QuestionLease):
            state = State.WITHDRAWN if lease.progress.withdrawn else lease.progress.state
            await self._steps[state](lease)
        elif isinstance(lease, JobLease):
            await self._run_job(lease)

    async def _run_job(self, lease: JobLease) -> None:
        try:
            await self._jobs[lease.job.kind](lease)
        except NotTheOwner as error:
            log.warning("job.not_the_owner")
            sentence = words.owners.served_only(mention(error.owner.id))
            await self._responder.reject(lease, sentence, "not the owner")

    async def _retry(self, lease: Lease, cause: Cause, *, again: bool) -> None:
        if again and lease.progress.attempts < MAX_ATTEMPTS - 1:
            await self._fail(lease, _backoff(lease))
        else:
            await self._give_up(lease, cause)

    async def _give_up(self, lease: Lease, cause: Cause) -> None:
        """End a question or a job with the words for a cause, unless the answer is there already."""
        try:
            if isinstance(lease, QuestionLease) and lease.progress.withdrawn:
                await self._responder.close(lease, cause, State.WITHDRAWN)
            elif await self._queue.is_shown(lease):
                await self._responder.close(lease, cause)
            else:
                await self._responder.fail(lease, cause)
        except NotWanted:
            await self._give_back(lease, self._queue.release(lease, 0))
        except (SlackError, RedisError, LeaseLost):
            await self._fail(lease, MAX_RETRY_SECONDS)

    async def _fail(self, lease: Lease, seconds: float) -> None:
        await self._give_back(lease, self._queue.fail(lease, seconds))

    async def _give_back(self, lease: Lease, giving: Awaitable[None]) -> None:
        try:
            await giving
        except LeaseLost:
            return
        except RedisError:
            self._keep_unsaved(lease)

    def _keep_unsaved(self, lease: Lease) -> None:
        self._unsaved.append((lease, time.monotonic() + LEASE_SECONDS))


def _is_hidden(lease: QuestionLease) -> bool:
    """Tell whether nothing of a question is shown where others read, or can be: its end is for its asker."""
    shown = lease.progress.ts or lease.progress.withdrawn
    return not shown and not (lease.thread and lease.question.place.is_direct)


def _backoff(lease: Lease) -> float:
    return 2.0 ** min(lease.progress.attempts + 1, MAX_ATTEMPTS)
