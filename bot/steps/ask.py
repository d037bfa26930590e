"""The one step that costs a token: ask Genie, once, whatever happens on the way."""

import logging
import time
from dataclasses import dataclass
from functools import partial

from bot.failures import causes, replies
from bot.failures.model import Again, Cause
from bot.failures.retry import may_repeat, queue_again, repeated
from bot.question import Held, State
from bot.replies.responder import StepContext
from bot.steps.wait_for_conversation import WaitForConversationStep
from bot.store.limiter import Bucket
from bot.store.threads import Conversations
from genie import errors
from genie.client import Genie
from genie.model import MessageRef
from genie.polling import next_poll_delay

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


@dataclass(frozen=True, slots=True, kw_only=True)
class AskStep(StepContext):
    """Send a question to Genie, or find out whether a predecessor did."""

    threads: Conversations
    genie: Genie
    wait_for_conversation: WaitForConversationStep
    question_bucket: Bucket
    """Closed when Genie refuses a question POST as one too many."""
    space: str
    max_token_age_seconds: float
    """An older token is given back: the guard of the limiter would not cover the way to Genie."""

    async def run(self, lease: Held) -> None:
        """Ask if this hold came with a token; otherwise look the question up in Genie first."""
        if lease.progress.refused:  # Slack did not take the words at first
            await self._give_up(lease, causes.named(lease.progress.refused))
        elif lease.granted:
            await self._ask(lease)
        else:
            await self._look_up(lease)

    async def _ask(self, lease: Held) -> None:
        lease, charts = await self.threads.target(lease, self.space)
        charts = charts and not lease.progress.plain
        # The last look at the clock before the POST: Redis may have been slow to tell the conversation.
        if time.monotonic() - lease.since > self.max_token_age_seconds:
            await queue_again(self.queue, lease)
            return
        try:
            ref = await self._post(lease, charts=charts)
        except errors.Ambiguous as error:
            log.warning("question.ambiguous", extra={"error": str(error), **causes.of_error(error).log})
            await self.queue.save(lease, again_in=LOOK_UP_EVERY, setbacks=lease.progress.setbacks + 1)
        except errors.BadRequest as error:
            if charts:  # perhaps this workspace does not know the wish for a chart
                await queue_again(self.queue, lease, plain=1, tries=0)
            else:
                await self._refused(lease, error)
        except errors.GenieError as error:
            await self._refused(lease, error)
        else:
            await self._asked(lease, ref)

    async def _post(self, lease: Held, *, charts: bool) -> MessageRef:
        into, text = lease.progress.into, lease.progress.text
        if into:
            return await self.genie.follow_up(self.space, into, text, visualization=charts)
        return await self.genie.ask(self.space, text, visualization=charts)

    async def _asked(self, lease: Held, ref: MessageRef, *, found: bool = False) -> bool:
        return await self.queue.asked(lease, ref, look_in=next_poll_delay("SUBMITTED", 0, 0), found=found)

    async def _refused(self, lease: Held, error: errors.GenieError) -> None:
        setbacks, cause = lease.progress.setbacks + 1, causes.of_error(error)
        log.warning("question.refused", extra={"error": str(error), "setbacks": setbacks, **cause.log})
        if may_repeat(lease, cause):
            await queue_again(self.queue, lease, **repeated(cause))
        elif not cause.passes or setbacks > MOST_SETBACKS:
            await self.queue.save(lease, setbacks=setbacks, refused=cause.name)
            await self._give_up(lease, cause)
        elif cause.again is Again.WHEN_FREE:
            await self.wait_for_conversation.begin(lease, setbacks)
        else:
            await self._wait(lease, error, cause, setbacks)

    async def _give_up(self, lease: Held, cause: Cause) -> None:
        await self.responder.respond_and_close(lease, replies.told(cause, lease.question.id), cause)

    async def _wait(self, lease: Held, error: errors.GenieError, cause: Cause, setbacks: int) -> None:
        wait = error.retry_after or cause.after
        if isinstance(error, errors.RateLimited):
            await self.question_bucket.close(wait)
            await queue_again(self.queue, lease, setbacks=setbacks)
        else:
            wait = min(max(wait, min(2.0**setbacks, BACK_OFF)), LONGEST)
            await self.queue.save(lease, again_in=wait, state=State.ANNOUNCED, setbacks=setbacks)

    async def _look_up(self, lease: Held) -> None:
        """Somebody meant to ask this question and could not say what became of it."""
        since = lease.progress.asking_at / 1000
        try:
            found = await self.genie.find(
                self.space,
                lease.progress.into or None,
                lease.progress.text,
                since - CLOCKS_DIFFER,
                known=partial(self.threads.others, lease),
            )
        except errors.GenieError as error:
            await self._cannot_look_up(lease, error)
            return
        for ref in found:
            if await self._asked(lease, ref, found=True):
                return
        if lease.now / 1000 - since < SETTLE:
            await self.queue.save(lease, again_in=LOOK_UP_EVERY)
        elif lease.progress.setbacks > MOST_LOST:
            await self.responder.respond_and_close(
                lease, replies.not_known(lease.question.id), causes.NOT_KNOWN
            )
        else:
            await queue_again(self.queue, lease, looks=0)

    async def _cannot_look_up(self, lease: Held, error: errors.GenieError) -> None:
        # Counted apart from the POSTs that were lost: a look that failed says nothing about those.
        cause, looks = causes.of_error(error), lease.progress.looks + 1
        if may_repeat(lease, cause):  # with its conversation gone, the question is nowhere
            await queue_again(self.queue, lease, **repeated(cause))
        elif looks <= (MOST_SETBACKS if cause.passes else cause.looks):
            wait = min(error.retry_after or min(2.0**looks, BACK_OFF), LONGEST)
            await self.queue.save(lease, again_in=wait, looks=looks)
        else:
            await self.responder.respond_and_close(
                lease, replies.not_known(lease.question.id), causes.NOT_KNOWN
            )
