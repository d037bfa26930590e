"""The one step that costs a token: ask Genie, once, whatever happens on the way."""

import logging
import time

from bot.ending import Ending
from bot.limiter import Bucket
from bot.question import Held, State
from bot.queue import Queue
from genie import errors
from genie.client import Genie
from genie.model import MessageRef
from genie.polling import next_look
from render import causes, trouble, words
from render.cause import Cause

log = logging.getLogger(__name__)

SETTLE = 12.0
"""Seconds after a POST in which its question may still turn up in Genie's lists."""
LOOK_UP_EVERY = 2.0
CLOCKS_DIFFER = 60.0
"""Seconds by which Redis's clock and Genie's may disagree."""
STANDING = 15.0
"""Seconds between looks of a question that stands in line once more."""
MOST_SETBACKS = 8
MOST_LOST = 2
"""Setbacks after which a question without a trace in Genie is not put once more: each try costs a token."""
BACK_OFF = 15.0


class Asking:
    """Send a question to Genie, or find out whether a predecessor did."""

    def __init__(
        self, queue: Queue, genie: Genie, ending: Ending, questions: Bucket, space: str, haste: float
    ) -> None:
        """`questions` is the bucket of question POSTs, to be closed when Genie says so.

        `haste`: seconds after which a token is too old, as the limiter's guard would not cover the way.
        """
        self._queue, self._genie, self._ending = queue, genie, ending
        self._questions, self._space, self._haste = questions, space, haste

    async def __call__(self, held: Held) -> None:
        """Ask if this hold came with a token; otherwise look the question up in Genie first."""
        if held.granted:
            await self._ask(held)
        else:
            await self._look_up(held)

    async def _ask(self, held: Held) -> None:
        conversation, text = await self._queue.conversation(held), held.progress.text
        # The last look at the clock before the POST: Redis may have been slow to tell the conversation.
        if time.monotonic() - held.since > self._haste:
            await self._queue_again(held)
            return
        try:
            if conversation:
                ref = await self._genie.follow_up(self._space, conversation, text)
            else:
                ref = await self._genie.ask(self._space, text)
        except errors.Ambiguous:
            log.warning("question.ambiguous")
            await self._queue.save(held, again_in=LOOK_UP_EVERY, setbacks=held.progress.setbacks + 1)
        except errors.NotFound:
            await self._lost_conversation(held, conversation)
        except errors.GenieError as error:
            await self._refused(held, error)
        else:
            await self._asked(held, ref)

    async def _asked(self, held: Held, ref: MessageRef, *, found: bool = False) -> bool:
        return await self._queue.asked(held, ref, look_in=next_look("SUBMITTED", 0, 0), found=found)

    async def _lost_conversation(self, held: Held, conversation: str | None) -> None:
        if not conversation:
            await self._end(held, causes.CALLS[errors.NotFound])
            return
        await self._queue.forget_conversation(held)
        await self._queue_again(held, note=words.CONTEXT_LOST)

    async def _refused(self, held: Held, error: errors.GenieError) -> None:
        setbacks, cause = held.progress.setbacks + 1, causes.of_error(error)
        log.warning("question.refused", extra={"error": str(error), "setbacks": setbacks, **cause.log})
        if not cause.passes or setbacks > MOST_SETBACKS:
            await self._queue.save(
                held, setbacks=MOST_SETBACKS
            )  # if Slack is away now, it is not asked again
            await self._end(held, cause)
            return
        wait = error.retry_after or cause.after
        if isinstance(error, errors.RateLimited):
            await self._questions.close(wait)
            await self._queue_again(held, setbacks=setbacks)
        else:
            wait = max(wait, min(2.0**setbacks, BACK_OFF))
            await self._queue.save(held, again_in=wait, state=State.ANNOUNCED, setbacks=setbacks)

    async def _end(self, held: Held, cause: Cause) -> None:
        await self._ending.end(held, trouble.told(cause, held.question.id), cause)

    async def _queue_again(self, held: Held, **saved: str | int) -> None:
        """Back to the head of the line: the next POST needs a token of its own."""
        await self._queue.join(held, first=True)
        await self._queue.save(held, again_in=STANDING, state=State.ANNOUNCED, **saved)

    async def _look_up(self, held: Held) -> None:
        """Somebody meant to ask this question and could not say what became of it."""
        since = held.progress.asking_at / 1000
        conversation = await self._queue.conversation(held)
        try:
            found = await self._genie.find(
                self._space, conversation, held.progress.text, since - CLOCKS_DIFFER
            )
        except errors.GenieError as error:
            await self._cannot_look_up(held, error)
            return
        for ref in found:
            if await self._asked(held, ref, found=True):
                return
        if held.now / 1000 - since < SETTLE:
            await self._queue.save(held, again_in=LOOK_UP_EVERY)
        elif held.progress.setbacks > MOST_LOST:
            await self._ending.end(held, trouble.not_known(held.question.id), causes.NOT_KNOWN)
        else:
            await self._queue_again(held, looks=0)

    async def _cannot_look_up(self, held: Held, error: errors.GenieError) -> None:
        # Counted apart from the POSTs that were lost: a look that failed says nothing about those.
        cause, looks = causes.of_error(error), held.progress.looks + 1
        if looks <= (MOST_SETBACKS if cause.passes else cause.looks):
            wait = error.retry_after or min(2.0**looks, BACK_OFF)
            await self._queue.save(held, again_in=wait, looks=looks)
        else:
            await self._ending.end(held, trouble.not_known(held.question.id), causes.NOT_KNOWN)
