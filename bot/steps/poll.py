"""From `asked` to the end of Genie's work: look at the message now and then, and say what is going on."""

import logging
import random
from dataclasses import dataclass

from bot.failures import causes, replies
from bot.failures.model import Cause
from bot.failures.retry import may_retry, retry_fields
from bot.question import Placeholder, QuestionLease, State
from bot.replies.responder import StepContext, credited
from bot.slack.messages import Messages
from bot.slack.status import StatusLine
from bot.steps.answer import AnswerStep
from genie.client import Genie
from genie.errors import GenieError
from genie.model import CANCELLED, FAILED, Message, Suggestions
from genie.polling import next_poll_delay
from render.notices import progress

log = logging.getLogger(__name__)

LONG = 60.0
"""Seconds after which the placeholder says that this takes longer."""
AGAIN = 1.5
"""Seconds until a second look at a finished message without an answer: attachments may lag behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollStep(StepContext):
    """Poll a question's message until Genie has finished with it, or the deadline passes."""

    genie: Genie
    messages: Messages
    status: StatusLine
    answer: AnswerStep
    deadline_seconds: float

    async def run(self, lease: QuestionLease) -> None:
        """Look once."""
        try:
            message = await self.genie.message(lease.progress.ref)
        except GenieError as error:
            await self._missed(lease, error)
            return
        if not message.final:
            await self._still_running(lease, message)
        elif message.status == FAILED:
            await self._failed(lease, message)
        elif message.status == CANCELLED:
            await self.responder.fail(lease, causes.STATUS_CAUSES[CANCELLED])
        elif not message.attachments and lease.progress.status != message.status:
            await self.queue.release(lease, AGAIN, status=message.status)
        else:
            lease = await self.queue.advance(lease, state=State.ANSWERED)
            await self.answer.run(lease, message)

    async def _failed(self, lease: QuestionLease, message: Message) -> None:
        questions = next(
            (part.questions for part in message.attachments if isinstance(part, Suggestions)), ()
        )
        cause = causes.of_message_error(message.error)
        kind = message.error.type if message.error else ""
        log.warning(
            "question.failed", extra={"error": kind, "genie_message": message.ref.message_id, **cause.log}
        )
        if may_retry(lease, cause):
            await self._ask_again(lease, cause)
            return
        reply = replies.message_error_reply(
            message.error, questions, question_id=lease.question.id, message_id=message.ref.message_id
        )
        await self.responder.respond_and_close(lease, reply, cause)

    async def _ask_again(self, lease: QuestionLease, cause: Cause) -> None:
        """Put the question once more by itself, with a token and a message of its own."""
        if cause.retry_after and lease.progress.ts:
            channel = lease.question.place.channel
            await self.messages.tell(
                channel, lease.progress.ts, credited(lease, progress.asking_again(cause.retry_after))
            )
        await self.queue.release(
            lease,
            cause.retry_after,
            state=State.ANNOUNCED,
            placeholder=Placeholder.ASKING_AGAIN,
            **retry_fields(cause),
        )

    async def _missed(self, lease: QuestionLease, error: GenieError) -> None:
        """Look later: a look that failed never costs the question."""
        cause = causes.of_error(error)
        # A login page in between is often a proxy's; Genie goes on working meanwhile.
        odd = lease.progress.failures_in_a_row < cause.tolerated
        if not cause.transient and not odd:
            log.warning("question.refused", extra={"error": str(error), **cause.log})
            await self.responder.fail(lease, cause)
        elif _age(lease) > self.deadline_seconds:
            await self.overdue(lease)
        else:
            wait = max(error.retry_after or 1.0, next_poll_delay("", _age(lease), lease.progress.polls + 1))
            await self.queue.release(
                lease,
                self._in_time(lease, wait),
                polls=lease.progress.polls + 1,
                failures_in_a_row=lease.progress.failures_in_a_row + odd,
            )

    async def _still_running(self, lease: QuestionLease, message: Message) -> None:
        age, polls = _age(lease), lease.progress.polls + 1
        if age > self.deadline_seconds:
            await self.overdue(lease)
            return
        shown = await self.status.show(lease, message.status)
        placeholder = await self._update_placeholder(lease, age)
        wait = next_poll_delay(message.status, age, polls, random.random())  # noqa: S311 - spreads, hides nothing
        await self.queue.release(
            lease,
            self._in_time(lease, wait),
            polls=polls,
            status=message.status,
            placeholder=placeholder,
            **shown,
        )

    def _in_time(self, lease: QuestionLease, wait: float) -> float:
        """Shorten a wait so that the deadline is not slept through, whatever Databricks asks for."""
        return min(wait, max(self.deadline_seconds - _age(lease), 0.0))

    async def _update_placeholder(self, lease: QuestionLease, age: float) -> Placeholder:
        """Keep the placeholder true: no place in line any more, and a word when it takes long."""
        news = Placeholder.STILL_RUNNING if age > LONG else Placeholder.WORKING
        if lease.progress.placeholder is news or not lease.progress.ts:
            return lease.progress.placeholder
        reply = progress.still_running() if age > LONG else progress.working()
        channel = lease.question.place.channel
        told = await self.messages.tell(channel, lease.progress.ts, credited(lease, reply))
        return news if told else lease.progress.placeholder

    async def overdue(self, lease: QuestionLease) -> None:
        """Tell the thread that the deadline has passed, and leave the rest to its button."""
        if lease.progress.state is not State.OVERDUE:
            await self.queue.save(lease, state=State.OVERDUE)  # first, as the button may be quick
        await self.responder.fail(lease, causes.OVERDUE, State.OVERDUE)


def _age(lease: QuestionLease) -> float:
    return (lease.now - lease.progress.asked_at) / 1000
