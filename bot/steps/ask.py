"""Sends a question to Genie, once; the only step that costs a token."""

import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.failures import causes
from bot.failures.model import Retry
from bot.failures.retry import may_retry, post_backoff, requeue, retry_fields, retry_post
from bot.identity.model import GenieOf
from bot.records.lease import QuestionLease
from bot.records.progress import Progress
from bot.replies.responder import StepContext
from bot.steps.choose_space import ChooseSpace
from bot.steps.private_first import PrivateFirst
from bot.steps.same_question import SameQuestion
from bot.steps.wait_for_conversation import WaitForConversationStep
from bot.store.limiter import Bucket
from bot.store.threads import ThreadStore
from genie import errors
from genie.model import MessageRef
from genie.polling import next_poll_delay
from render import words

log = logging.getLogger(__name__)

MAX_CHARACTERS = 10_000
"""Of what Genie gets for one question; its own limit is not published."""
LISTED_SECONDS = 12.0
LOOK_UP_SECONDS = 2.0
CLOCK_SKEW_SECONDS = 60.0
"""By which the clocks of Redis and Genie may differ."""
SERVER_ERROR = 500
MAX_FAILURES = 8
MAX_LOST_POSTS = 2
"""After which a question that left no trace in Genie is not asked again: each POST costs a token."""
NEVER_ARRIVED = (errors.NotSent, errors.SignInFailed)
"""After these nothing reached Genie, which counts questions: the token returns at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskStep(StepContext):
    """Sends a question to Genie, or finds the message if an earlier attempt sent it."""

    threads: ThreadStore
    genie_of: GenieOf
    wait_for_conversation: WaitForConversationStep
    private_first: PrivateFirst
    choose_space: ChooseSpace
    same_question: SameQuestion
    question_bucket: Bucket
    """Closed when Genie refuses a question POST as one too many; gets back a token that no POST used."""
    max_token_age_seconds: float
    """An older token is given back: the guard of the limiter would not cover the way to Genie."""

    async def run(self, lease: QuestionLease) -> None:
        """Ask if the lease came with a token; otherwise look the question up in Genie first."""
        if lease.progress.refused:  # Slack did not take the reply at first
            await self.responder.fail(lease, causes.by_name(lease.progress.refused))
        elif not lease.granted:
            await self._look_up(lease)
        elif lease.progress.lost_at:
            await self._ask_again(lease)
        else:
            await self._ask(lease)

    async def _ask(self, lease: QuestionLease) -> None:
        ready = await self.ready(lease)
        if ready is None:
            return
        lease, charts = await self.threads.pick_conversation(ready, self.space(ready))
        charts = charts and not lease.progress.plain
        if await self.same_question.is_shared(lease):
            return
        # Just before the POST, as Redis may have been slow.
        if time.monotonic() - lease.since > self.max_token_age_seconds:
            await self.question_bucket.give_back(lease.now)
            await requeue(self.queue, lease)
            return
        try:
            go_on = await self._post(lease, charts=charts)
        except errors.Ambiguous as error:
            log.warning("question.ambiguous", extra={"error": str(error), **causes.of_error(error).log})
            failures = lease.progress.failures_in_a_row + 1
            # So agent mode refuses a body of another shape: perhaps it does not know the wish for a chart.
            shapeless = lease.question.research and error.status == SERVER_ERROR and not error.detail
            plain = {"plain": 1} if charts and shapeless else {}
            await self.queue.release(lease, LOOK_UP_SECONDS, failures_in_a_row=failures, **plain)
        except errors.BadRequest as error:
            if charts:  # perhaps this workspace does not know that field of the request
                await requeue(self.queue, lease, plain=1)
            else:
                await self.refused(lease, error)
        except errors.GenieError as error:
            await self.refused(lease, error)
        else:
            await go_on()

    async def ready(self, lease: QuestionLease) -> QuestionLease | None:
        """Return a question whose place and space are settled; None for another one, whose token returns."""
        if await self.private_first.begins_anew(lease):
            await self.question_bucket.give_back(lease.now)
            return None
        # Again, as it may have become the first of its thread just after it was announced behind another one.
        lease, offer = await self.choose_space.settle(lease, lease.progress.text)
        if offer:
            await self.question_bucket.give_back(lease.now)
            await self.choose_space.go_on_waiting(lease, offer)
            return None
        if self.choose_space.catalog.several and not lease.progress.space:  # an earlier one decides it
            await self.question_bucket.give_back(lease.now)
            await requeue(self.queue, lease)
            return None
        return lease

    async def _post(self, lease: QuestionLease, *, charts: bool) -> Callable[[], Awaitable[object]]:
        """Send the question; return what saves that, and what else is done in this step."""
        into, text, space = lease.progress.into, sent(lease.progress), self.space(lease)
        genie = self.genie_of(lease.identity)
        if into:
            ref = await genie.follow_up(space, into, text, visualization=charts)
        else:
            ref = await genie.ask(space, text, visualization=charts)
        return partial(self._asked, lease, ref)

    @property
    def listed_seconds(self) -> float:
        """After a POST, in which its question may still appear in Genie's lists."""
        return LISTED_SECONDS

    def space(self, lease: QuestionLease) -> str:
        """Return the space in which a question is asked."""
        return self.choose_space.catalog.space_of(lease.progress.space)

    async def _asked(self, lease: QuestionLease, ref: MessageRef, *, found: bool = False) -> bool:
        poll_in = next_poll_delay("SUBMITTED", 0, 0, lease.in_flight)
        return await self.queue.asked(lease, ref, poll_in=poll_in, found=found)

    async def refused(self, lease: QuestionLease, error: errors.GenieError) -> None:
        """Try again later what Genie refused, wait for its conversation, or tell why it cannot be asked."""
        failures, cause = lease.progress.failures_in_a_row + 1, causes.of_error(error)
        said = {"error": str(error), "failures": failures, "space": lease.progress.space}
        log.warning("question.refused", extra={**said, **cause.log})
        if isinstance(error, NEVER_ARRIVED):
            await self.question_bucket.give_back(lease.now)
        if may_retry(lease, cause):
            await requeue(self.queue, lease, **retry_fields(cause))
        elif not cause.transient or failures > MAX_FAILURES:
            await self.queue.save(lease, failures_in_a_row=failures, refused=cause.name)
            await self.responder.fail(lease, cause)
        elif cause.retry is Retry.WHEN_IDLE:
            await self.wait_for_conversation.begin(lease, failures)
        else:
            await retry_post(self.queue, self.question_bucket, lease, error)

    async def _look_up(self, lease: QuestionLease) -> None:
        """Look for the message in Genie: an earlier attempt may have sent the POST."""
        try:
            if await self._is_found(lease):
                return
        except errors.GenieError as error:
            await self._look_up_failed(lease, error)
            return
        saved = lease.progress
        if (lease.now - saved.asking_at) / 1000 < self.listed_seconds:
            await self.queue.release(lease, LOOK_UP_SECONDS)
        elif saved.failures_in_a_row > MAX_LOST_POSTS:
            await self.responder.fail(lease, causes.NOT_KNOWN)
        else:  # it left no trace in Genie
            await requeue(self.queue, lease, polls=0, lost_at=saved.lost_at or saved.asking_at)

    async def _ask_again(self, lease: QuestionLease) -> None:
        """Ask what left no trace in Genie, unless it has by now: its conversation may be busy with it."""
        try:
            found = await self._is_found(lease)
        except errors.GenieError as error:
            await self.question_bucket.give_back(lease.now)
            await self._look_up_failed(lease, error)
            return
        if found:
            await self.question_bucket.give_back(lease.now)
        else:
            await self._ask(lease)

    async def _is_found(self, lease: QuestionLease) -> bool:
        """Tell whether a message of the question is in Genie by now, and save that."""
        since = (lease.progress.lost_at or lease.progress.asking_at) / 1000
        for ref in await self._find(lease, since - CLOCK_SKEW_SECONDS):
            if await self._asked(lease, ref, found=True):
                return True
        return False

    async def _find(self, lease: QuestionLease, since: float) -> Sequence[MessageRef]:
        """Return the messages since then that the question may have become."""
        return await self.genie_of(lease.identity).find(
            self.space(lease),
            lease.progress.into or None,
            sent(lease.progress),
            since,
            known=partial(self.threads.others, lease),
        )

    async def _look_up_failed(self, lease: QuestionLease, error: errors.GenieError) -> None:
        # Counted apart from lost POSTs, about which a failed look-up says nothing.
        cause, polls = causes.of_error(error), lease.progress.polls + 1
        if may_retry(lease, cause):  # with its conversation gone, the question is nowhere
            await requeue(self.queue, lease, **retry_fields(cause))
        elif polls <= (MAX_FAILURES if cause.transient else cause.tolerated):
            await self.queue.release(lease, post_backoff(error, polls), polls=polls)
        else:
            await self.responder.fail(lease, causes.NOT_KNOWN)


def sent(progress: Progress) -> str:
    """Return what Genie gets: the question, after the one that it goes on from where that was not asked."""
    room = MAX_CHARACTERS - len(words.reuse.going_on("", progress.text))
    before = progress.after[: max(room, 0)]
    return words.reuse.going_on(before, progress.text) if before else progress.text
