"""Begins research in Genie's agent mode, once, with a token of its own limit."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial

from bot.failures import causes
from bot.failures.retry import requeue
from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.steps.ask import AskStep, sent
from bot.steps.research.context import Context
from bot.steps.research.follow import Events, FollowStep
from bot.store.spaces import SpaceStore
from genie.agent_model import ResponseCreated
from genie.errors import AgentModeOff, Ambiguous, GenieError
from genie.model import MessageRef
from render import words

log = logging.getLogger(__name__)

LISTED_SECONDS = 20.0
BEGIN_SECONDS = 120.0
"""Until Genie says where a run is: of signs of life alone a stream may have any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginStep(AskStep):
    """Sends a question for research, or finds the run if an earlier attempt began it; reads on at once."""

    spaces: SpaceStore
    context: Context
    follow: FollowStep

    async def run(self, lease: QuestionLease) -> None:
        """Begin if the lease came with a token, and agent mode is there."""
        if lease.granted and await self.spaces.is_agent_mode_off(self.space(lease)):
            await self.question_bucket.give_back(lease.now)
            await self._without(lease)
        else:
            await AskStep.run(self, lease)

    async def ready(self, lease: QuestionLease) -> QuestionLease | None:
        """Return a question also with the words that Genie gets."""
        ready = await AskStep.ready(self, lease)
        return await self.context.added(ready, self.space(ready)) if ready else None

    @property
    def listed_seconds(self) -> float:
        """Longer than for a question: of runs the first word was seen to come after 9 seconds."""
        return LISTED_SECONDS

    async def _post(self, lease: QuestionLease, *, charts: bool) -> Callable[[], Awaitable[object]]:
        """Begin a run, and read no further than where it is: that is to be saved first."""
        content = lease.progress.content or sent(lease.progress)
        into, genie = lease.progress.into, self.genie_of(lease.identity)
        events = genie.research(self.space(lease), content, into, visualization=charts)
        try:
            async with asyncio.timeout(BEGIN_SECONDS):
                event = await anext(events)
        except TimeoutError:
            await events.aclose()
            raise Ambiguous from None
        except BaseException:
            await events.aclose()
            raise
        if not isinstance(event, ResponseCreated):
            await events.aclose()
            raise Ambiguous
        ref = event.ref
        return partial(
            self._begun, lease, MessageRef(ref.space_id, ref.conversation_id, ref.response_id), events
        )

    async def _begun(self, lease: QuestionLease, ref: MessageRef, events: Events) -> None:
        async with aclosing(events):
            await self._asked(lease, ref)
            begun = replace(
                lease.progress,
                state=State.ASKED,
                attempts=0,
                failures_in_a_row=0,
                polls=0,
                space=ref.space_id,
                conversation=ref.conversation_id,
                response=ref.message_id,
                asked_at=lease.present_ms,
            )
            await self.follow.read(replace(lease, granted=False, progress=begun), events)

    async def _asked(self, lease: QuestionLease, ref: MessageRef, *, found: bool = False) -> bool:
        recorded = await self.queue.asked(lease, ref, poll_in=0, found=found)
        if recorded and found:
            await self.queue.release(lease, 0)
        return recorded

    async def _find(self, lease: QuestionLease, since: float) -> Sequence[MessageRef]:
        async def others(conversations: Sequence[str]) -> frozenset[str]:
            # It is asked again in a new conversation, so not in that of its earlier run.
            return await self.threads.others(lease, conversations) | {lease.progress.conversation}

        refs = await self.genie_of(lease.identity).find_responses(
            self.space(lease),
            lease.progress.content or sent(lease.progress),
            since,
            others,
            conversation_id=lease.progress.into,
        )
        return [MessageRef(ref.space_id, ref.conversation_id, ref.response_id) for ref in refs]

    async def refused(self, lease: QuestionLease, error: GenieError) -> None:
        """Remember where agent mode is switched off, and do without; else as for a question."""
        if isinstance(error, AgentModeOff):
            log.warning("research.switched_off", extra={"error": str(error), "space": self.space(lease)})
            await self.question_bucket.give_back(lease.now)
            await self.spaces.note_agent_mode_off(self.space(lease))
            await self._without(lease)
        else:
            await AskStep.refused(self, lease, error)

    async def _without(self, lease: QuestionLease) -> None:
        """Ask in chat mode, and have the answer say why; to go deeper into an answer has no point there."""
        if lease.question.deepens:
            await self.responder.fail(lease, causes.AGENT_MODE_OFF)
        else:
            left = await self.threads.leave_agent_mode(lease, words.research.WITHOUT)
            await requeue(self.queue, left)
