"""The one step that costs a token: ask Genie, once, whatever happens on the way."""

import logging
import time
from dataclasses import dataclass
from functools import partial

from bot.failures import causes
from bot.failures.model import Retry
from bot.failures.retry import may_retry, post_backoff, requeue, retry_fields, retry_post
from bot.question import QuestionLease
from bot.replies.responder import StepContext
from bot.steps.wait_for_conversation import WaitForConversationStep
from bot.store.limiter import Bucket
from bot.store.threads import ThreadStore
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
MOST_FAILURES = 8
MOST_LOST = 2
"""Failures after which a question without a trace in Genie is not put once more: each try costs a token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskStep(StepContext):
    """Send a question to Genie, or find out whether a predecessor did."""

    threads: ThreadStore
    genie: Genie
    wait_for_conversation: WaitForConversationStep
    question_bucket: Bucket
    """Closed when Genie refuses a question POST as one too many."""
    space: str
    max_token_age_seconds: float
    """An older token is given back: the guard of the limiter would not cover the way to Genie."""

    async def run(self, lease: QuestionLease) -> None:
        """Ask if this hold came with a token; otherwise look the question up in Genie first."""
        if lease.progress.refused:  # Slack did not take the words at first
            await self.responder.fail(lease, causes.by_name(lease.progress.refused))
        elif lease.granted:
            await self._ask(lease)
        else:
            await self._look_up(lease)

    async def _ask(self, lease: QuestionLease) -> None:
        lease, charts = await self.threads.target(lease, self.space)
        charts = charts and not lease.progress.plain
        # The last look at the clock before the POST: Redis may have been slow to tell the conversation.
        if time.monotonic() - lease.since > self.max_token_age_seconds:
            await requeue(self.queue, lease)
            return
        try:
            ref = await self._post(lease, charts=charts)
        except errors.Ambiguous as error:
            log.warning("question.ambiguous", extra={"error": str(error), **causes.of_error(error).log})
            failures_in_a_row = lease.progress.failures_in_a_row + 1
            await self.queue.release(lease, LOOK_UP_EVERY, failures_in_a_row=failures_in_a_row)
        except errors.BadRequest as error:
            if charts:  # perhaps this workspace does not know the wish for a chart
                await requeue(self.queue, lease, plain=1)
            else:
                await self._refused(lease, error)
        except errors.GenieError as error:
            await self._refused(lease, error)
        else:
            await self._asked(lease, ref)

    async def _post(self, lease: QuestionLease, *, charts: bool) -> MessageRef:
        into, text = lease.progress.into, lease.progress.text
        if into:
            return await self.genie.follow_up(self.space, into, text, visualization=charts)
        return await self.genie.ask(self.space, text, visualization=charts)

    async def _asked(self, lease: QuestionLease, ref: MessageRef, *, found: bool = False) -> bool:
        return await self.queue.asked(lease, ref, poll_in=next_poll_delay("SUBMITTED", 0, 0), found=found)

    async def _refused(self, lease: QuestionLease, error: errors.GenieError) -> None:
        failures_in_a_row, cause = lease.progress.failures_in_a_row + 1, causes.of_error(error)
        log.warning(
            "question.refused", extra={"error": str(error), "failures": failures_in_a_row, **cause.log}
        )
        if may_retry(lease, cause):
            await requeue(self.queue, lease, **retry_fields(cause))
        elif not cause.transient or failures_in_a_row > MOST_FAILURES:
            await self.queue.save(lease, failures_in_a_row=failures_in_a_row, refused=cause.name)
            await self.responder.fail(lease, cause)
        elif cause.retry is Retry.WHEN_IDLE:
            await self.wait_for_conversation.begin(lease, failures_in_a_row)
        else:
            await retry_post(self.queue, self.question_bucket, lease, error)

    async def _look_up(self, lease: QuestionLease) -> None:
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
            await self.queue.release(lease, LOOK_UP_EVERY)
        elif lease.progress.failures_in_a_row > MOST_LOST:
            await self.responder.fail(lease, causes.NOT_KNOWN)
        else:
            await requeue(self.queue, lease, polls=0)

    async def _cannot_look_up(self, lease: QuestionLease, error: errors.GenieError) -> None:
        # Counted apart from the POSTs that were lost: a look that failed says nothing about those.
        cause, polls = causes.of_error(error), lease.progress.polls + 1
        if may_retry(lease, cause):  # with its conversation gone, the question is nowhere
            await requeue(self.queue, lease, **retry_fields(cause))
        elif polls <= (MOST_FAILURES if cause.transient else cause.tolerated):
            await self.queue.release(lease, post_backoff(error, polls), polls=polls)
        else:
            await self.responder.fail(lease, causes.NOT_KNOWN)
