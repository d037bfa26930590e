"""A conversation in which another question is running: wait for its end, which costs looks and no tokens."""

import logging

from bot.failures import causes, replies
from bot.failures.retry import queue_again
from bot.question import Held, State
from bot.replies.responder import Ending, credited
from bot.slack.messages import Delivery
from bot.store.queue import Queue
from bot.store.threads import Conversations
from genie.client import Genie
from genie.errors import GenieError, NotFound
from render.notices import progress

log = logging.getLogger(__name__)

NEWEST = 5
"""Messages of a conversation among which the running one is."""
LONGEST = 15.0
"""Seconds between looks in the end."""
SAID = "blocked"
"""`Progress.said` of a placeholder that says what is waited for."""


class Blocked:
    """Wait for the end of the question that is running in a conversation."""

    def __init__(
        self,
        queue: Queue,
        conversations: Conversations,
        genie: Genie,
        delivery: Delivery,
        ending: Ending,
        space: str,
        deadline: float,
    ) -> None:
        """`deadline` is in seconds."""
        self._queue, self._conversations, self._genie = queue, conversations, genie
        self._delivery, self._ending = delivery, ending
        self._space, self._deadline = space, deadline

    async def begin(self, held: Held, setbacks: int) -> None:
        """Leave the line for a question that found its conversation occupied, and say so."""
        said = held.progress.said
        if held.progress.ts and said != SAID:
            told = await self._delivery.tell(
                held.question.place.channel, held.progress.ts, credited(held, progress.blocked())
            )
            said = SAID if told else said
        await self._queue.save(
            held,
            again_in=_wait(setbacks),
            state=State.BLOCKED,
            said=said,
            tries=0,
            setbacks=setbacks,
            looks=0,
            blocked_at=held.progress.blocked_at or held.now,
        )

    async def __call__(self, held: Held) -> None:
        """Look once whether it has ended."""
        if held.now - held.progress.blocked_at > self._deadline * 1000:
            await self._ending.end(held, replies.told(causes.BLOCKED, held.question.id), causes.BLOCKED)
            return
        try:
            running = await self._running(held)
        except GenieError as error:
            await self._not_seen(held, error)
            return
        if running:
            await self._later(held, tries=0)
        else:
            await queue_again(self._queue, held, tries=0, looks=0)

    async def _not_seen(self, held: Held, error: GenieError) -> None:
        """Look again as long as that may help; end with the words for a refusal that stays."""
        cause = causes.of_error(error)
        if cause.passes:
            await self._later(held, tries=0)
        elif held.progress.tries <= cause.looks:  # of tries in a row
            await self._later(held)
        else:
            log.warning("question.refused", extra={"error": str(error), **cause.log})
            await self._ending.end(held, replies.told(cause, held.question.id), cause)

    async def _later(self, held: Held, **saved: int) -> None:
        looks = held.progress.looks + 1
        await self._queue.save(held, again_in=_wait(looks + held.progress.setbacks), looks=looks, **saved)

    async def _running(self, held: Held) -> bool:
        into = held.progress.into
        # Whoever began anew meanwhile does not wait for what the old conversation does.
        if not into or await self._conversations.current(held) != into:
            return False
        seen = 0
        try:
            async for message in self._genie.messages(self._space, into):
                if not message.final:
                    return True
                seen += 1
                if seen == NEWEST:
                    break
        except NotFound:
            pass  # it is gone, which the next POST finds out
        return False


def _wait(looks: int) -> float:
    return min(causes.RUNNING_FOR * 1.5 ** max(looks - 1, 0), LONGEST)
