"""The one step that costs a token: ask Genie, once, whatever happens on the way."""

import logging
import time
from functools import partial

from bot.failures import causes, replies
from bot.failures.model import Again, Cause
from bot.failures.retry import may_repeat, queue_again, repeated
from bot.question import Held, State
from bot.replies.responder import Ending
from bot.steps.wait_for_conversation import Blocked
from bot.store.limiter import Bucket
from bot.store.queue import Queue
from bot.store.threads import Conversations
from genie import errors
from genie.client import Genie
from genie.model import MessageRef
from genie.polling import next_look

log = logging.getLogger(__name__)

SETTLE = 12.0
"""Seconds after a POST in which its question may still turn up in Genie's lists."""
LOOK_UP_EVERY = 2.0
CLOCKS_DIFFER = 60.0
"""Seconds by which Redis's clock and Genie's may disagree."""
MOST_SETBACKS = 8
MOST_LOST = 2
"""Setbacks after which a question without a trace in Genie is not put once more: each try costs a token."""
BACK_OFF = 15.0
LONGEST = 60.0
"""Seconds that Databricks may ask one question to wait; its asker hears nothing meanwhile."""


class Asking:
    """Send a question to Genie, or find out whether a predecessor did."""

    def __init__(
        self,
        queue: Queue,
        conversations: Conversations,
        genie: Genie,
        ending: Ending,
        blocked: Blocked,
        questions: Bucket,
        space: str,
        haste: float,
    ) -> None:
        """`questions` is the bucket of question POSTs, to be closed when Genie says so.

        `haste`: seconds after which a token is too old, as the limiter's guard would not cover the way.
        """
        self._queue, self._conversations, self._genie = queue, conversations, genie
        self._ending, self._blocked, self._questions = ending, blocked, questions
        self._space, self._haste = space, haste

    async def __call__(self, held: Held) -> None:
        """Ask if this hold came with a token; otherwise look the question up in Genie first."""
        if held.progress.refused:  # Slack did not take the words at first
            await self._give_up(held, causes.named(held.progress.refused))
        elif held.granted:
            await self._ask(held)
        else:
            await self._look_up(held)

    async def _ask(self, held: Held) -> None:
        held, charts = await self._conversations.target(held, self._space)
        charts = charts and not held.progress.plain
        # The last look at the clock before the POST: Redis may have been slow to tell the conversation.
        if time.monotonic() - held.since > self._haste:
            await queue_again(self._queue, held)
            return
        try:
            ref = await self._post(held, charts=charts)
        except errors.Ambiguous as error:
            log.warning("question.ambiguous", extra={"error": str(error), **causes.of_error(error).log})
            await self._queue.save(held, again_in=LOOK_UP_EVERY, setbacks=held.progress.setbacks + 1)
        except errors.BadRequest as error:
            if charts:  # perhaps this workspace does not know the wish for a chart
                await queue_again(self._queue, held, plain=1, tries=0)
            else:
                await self._refused(held, error)
        except errors.GenieError as error:
            await self._refused(held, error)
        else:
            await self._asked(held, ref)

    async def _post(self, held: Held, *, charts: bool) -> MessageRef:
        into, text = held.progress.into, held.progress.text
        if into:
            return await self._genie.follow_up(self._space, into, text, visualization=charts)
        return await self._genie.ask(self._space, text, visualization=charts)

    async def _asked(self, held: Held, ref: MessageRef, *, found: bool = False) -> bool:
        return await self._queue.asked(held, ref, look_in=next_look("SUBMITTED", 0, 0), found=found)

    async def _refused(self, held: Held, error: errors.GenieError) -> None:
        setbacks, cause = held.progress.setbacks + 1, causes.of_error(error)
        log.warning("question.refused", extra={"error": str(error), "setbacks": setbacks, **cause.log})
        if may_repeat(held, cause):
            await queue_again(self._queue, held, **repeated(cause))
        elif not cause.passes or setbacks > MOST_SETBACKS:
            await self._queue.save(held, setbacks=setbacks, refused=cause.name)
            await self._give_up(held, cause)
        elif cause.again is Again.WHEN_FREE:
            await self._blocked.begin(held, setbacks)
        else:
            await self._wait(held, error, cause, setbacks)

    async def _give_up(self, held: Held, cause: Cause) -> None:
        await self._ending.end(held, replies.told(cause, held.question.id), cause)

    async def _wait(self, held: Held, error: errors.GenieError, cause: Cause, setbacks: int) -> None:
        wait = error.retry_after or cause.after
        if isinstance(error, errors.RateLimited):
            await self._questions.close(wait)
            await queue_again(self._queue, held, setbacks=setbacks)
        else:
            wait = min(max(wait, min(2.0**setbacks, BACK_OFF)), LONGEST)
            await self._queue.save(held, again_in=wait, state=State.ANNOUNCED, setbacks=setbacks)

    async def _look_up(self, held: Held) -> None:
        """Somebody meant to ask this question and could not say what became of it."""
        since = held.progress.asking_at / 1000
        try:
            found = await self._genie.find(
                self._space,
                held.progress.into or None,
                held.progress.text,
                since - CLOCKS_DIFFER,
                known=partial(self._conversations.others, held),
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
            await self._ending.end(held, replies.not_known(held.question.id), causes.NOT_KNOWN)
        else:
            await queue_again(self._queue, held, looks=0)

    async def _cannot_look_up(self, held: Held, error: errors.GenieError) -> None:
        # Counted apart from the POSTs that were lost: a look that failed says nothing about those.
        cause, looks = causes.of_error(error), held.progress.looks + 1
        if may_repeat(held, cause):  # with its conversation gone, the question is nowhere
            await queue_again(self._queue, held, **repeated(cause))
        elif looks <= (MOST_SETBACKS if cause.passes else cause.looks):
            wait = min(error.retry_after or min(2.0**looks, BACK_OFF), LONGEST)
            await self._queue.save(held, again_in=wait, looks=looks)
        else:
            await self._ending.end(held, replies.not_known(held.question.id), causes.NOT_KNOWN)
