"""The worker: takes due questions, runs their next step, and lets others take over what it cannot finish."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from redis.exceptions import RedisError
from structlog.contextvars import bound_contextvars

from bot.failures import causes
from bot.failures.model import Cause
from bot.question import Held, State, Surface
from bot.replies.responder import Responder
from bot.slack.api import SlackBusy, SlackError, SlackRefused, SlackSignedOut, SlackUnreachable
from bot.store.lua_script import LeaseLost
from bot.store.questions import NotStored
from bot.store.queue import HOLD, Claim, Queue
from genie.errors import GenieError

log = logging.getLogger(__name__)

Step = Callable[[Held], Awaitable[None]]

SLOTS = 64
"""Steps that run at one time; each mostly waits for a network."""
LONGEST_NAP = 0.5
"""Seconds between looks for work that other processes left; our own new work wakes us at once."""
DRAIN = 8.0
"""Seconds that a stopping worker gives its running steps to reach a saved state."""
LONGEST_PAUSE = 60.0
MOST_TRIES = 6
"""Times that a step may crash before the person is told."""


class Worker:
    """Runs steps until stopped; any number of workers may share one Redis."""

    def __init__(self, queue: Queue, steps: Mapping[State, Step], responder: Responder) -> None:
        """Run, for a question in each state, the step that `steps` names."""
        self._queue, self._steps, self._responder = queue, steps, responder
        self._running: dict[asyncio.Task[None], Held] = {}
        self._wake = asyncio.Event()
        self._stopping = False

    def poke(self) -> None:
        """There may be work: look now."""
        self._wake.set()

    async def run(self) -> None:
        """Work until `stop`; Redis may come and go."""
        async with asyncio.TaskGroup() as group:
            renewing = group.create_task(self._renew())
            while not self._stopping:
                self._wake.clear()
                claim = await self._claim()
                for held in claim.held:
                    self._start(held)
                await self._nap(claim)
            await self._drain()
            renewing.cancel()

    def stop(self) -> None:
        """Take no new work; `run` returns once the running steps have reached a saved state."""
        self._stopping = True
        self.poke()

    async def _claim(self) -> Claim:
        free = SLOTS - len(self._running)
        if free <= 0:
            return Claim((), None)
        try:
            return await self._queue.claim(free)
        except RedisError as error:
            log.warning("worker.no_redis", extra={"error": type(error).__name__})
            return Claim((), 1.0)

    def _start(self, held: Held) -> None:
        task = asyncio.create_task(self._step(held))
        self._running[task] = held
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        self.poke()

    async def _nap(self, claim: Claim) -> None:
        seconds = LONGEST_NAP if claim.wait is None else min(claim.wait, LONGEST_NAP)
        try:
            await asyncio.wait_for(self._wake.wait(), max(seconds, 0.001))
        except TimeoutError:
            return

    async def _drain(self) -> None:
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=DRAIN)
        for task in late:
            task.cancel()  # a successor takes over when the hold ends
        await asyncio.gather(*late, return_exceptions=True)

    async def _renew(self) -> None:
        """Keep what runs longer than a hold; drop what somebody else has taken over."""
        while True:
            await asyncio.sleep(HOLD / 3)
            for task, held in list(self._running.items()):
                try:
                    await self._queue.save(held)
                except LeaseLost:
                    task.cancel()
                except RedisError:
                    continue

    async def _step(self, held: Held) -> None:
        with bound_contextvars(question=held.question.id):
            try:
                await self._steps[held.progress.state](held)
            except LeaseLost:
                log.info("lease.lost")
            except (RedisError, NotStored) as error:
                log.warning("step.no_redis", extra={"error": type(error).__name__})
            except SlackBusy as busy:
                await self._later(held, busy.retry_after, tries=held.progress.tries - 1)
            except SlackUnreachable as error:
                log.warning("step.no_slack", extra={"error": str(error)})
                await self._later(held, min(2.0 ** min(held.progress.tries, MOST_TRIES), LONGEST_PAUSE))
            except SlackRefused as refused:
                log.warning("step.refused", extra={"slack": refused.code})
                await self._give_up(held, causes.SLACK_REFUSED)
            except SlackSignedOut as error:
                log.warning("step.signed_out", extra={"slack": error.code})
                await self._later(held, LONGEST_PAUSE)
            except GenieError as error:
                log.warning("step.no_genie", extra={"error": str(error)})
                cause = causes.of_error(error)
                await self._retry(held, cause, again=cause.transient)
            except Exception:  # the one boundary behind which nothing may be lost
                log.exception("step.crashed")
                await self._retry(held, causes.CRASHED, again=True)

    async def _retry(self, held: Held, cause: Cause, *, again: bool) -> None:
        if again and held.progress.tries < MOST_TRIES:
            await self._later(held, 2.0**held.progress.tries)
        else:
            await self._give_up(held, cause)

    async def _give_up(self, held: Held, cause: Cause) -> None:
        """End a question with the words for a cause, unless its answer is there already."""
        try:
            if await self._queue.state(held) is State.SHOWN:
                await self._responder.close(held, cause)
            elif held.question.surface is Surface.MENU and held.question.response_url:
                await self._responder.reject(held, cause.words, cause)
            else:
                await self._responder.fail(held, cause)
        except (SlackError, RedisError, LeaseLost):
            await self._later(held, LONGEST_PAUSE)

    async def _later(self, held: Held, seconds: float, **progress: int) -> None:
        try:
            await self._queue.save(held, again_in=seconds, **progress)
        except (LeaseLost, RedisError):
            return  # its hold ends by itself
