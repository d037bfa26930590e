"""Polls Genie until the message has finished, and updates placeholder and status."""

import logging
import random
import time
from dataclasses import dataclass

from bot.failures import causes, failure_reply
from bot.failures.model import Cause
from bot.failures.retry import IN_LINE_SECONDS, may_retry, retry_fields
from bot.identity.model import GenieOf
from bot.records.lease import QuestionLease
from bot.records.progress import Placeholder, State
from bot.replies.query_reader import QueryReader
from bot.replies.responder import StepContext
from bot.slack.status import StatusLine
from bot.steps.answer import AnswerStep
from bot.store.queue import Value
from genie.errors import GenieError
from genie.model import CANCELLED, FAILED, Message, Query, Suggestions
from genie.polling import next_poll_delay
from render.notices import progress

log = logging.getLogger(__name__)

LONG_SECONDS = 60.0
"""After which the placeholder says that this takes longer."""
EMPTY_SECONDS = 1.5
"""Until a finished message without an answer is polled again: its attachments may be late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollStep(StepContext):
    """Polls a question's message until Genie has finished with it, or the deadline passes."""

    genie_of: GenieOf
    status: StatusLine
    answer: AnswerStep
    query_reader: QueryReader
    deadline_seconds: float

    async def run(self, lease: QuestionLease) -> None:
        """Poll once."""
        try:
            message = await self.genie_of(lease.identity).message(lease.progress.ref)
        except GenieError as error:
            await self._poll_failed(lease, error)
            return
        if not message.final:
            await self._still_running(lease, message)
        elif message.status in {FAILED, CANCELLED} and lease.progress.reused:
            await self._ask_itself(lease)
        elif message.status == FAILED:
            await self._failed(lease, message)
        elif message.status == CANCELLED:
            await self.responder.fail(lease, causes.STATUS_CAUSES[CANCELLED])
        elif not message.attachments and lease.progress.status != message.status:
            await self.queue.release(lease, EMPTY_SECONDS, status=message.status)
        else:
            lease = await self.queue.advance(lease, state=State.ANSWERED)
            await self.answer.run(lease, message)

    async def _failed(self, lease: QuestionLease, message: Message) -> None:
        questions = next(
            (part.questions for part in message.attachments if isinstance(part, Suggestions)), ()
        )
        cause = causes.of_message_error(message.error, as_users=self.responder.as_users)
        kind = message.error.type if message.error else ""
        log.warning(
            "question.failed", extra={"error": kind, "genie_message": message.ref.message_id, **cause.log}
        )
        if may_retry(lease, cause):
            await self._ask_again(lease, cause)
            return
        reply = failure_reply.message_error_reply(
            message.error,
            questions,
            question_id=lease.question.id,
            message_id=message.ref.message_id,
            as_users=self.responder.as_users,
            expert=self.responder.expert_button(lease, cause),
        )
        await self.responder.respond_and_close(lease, reply, cause)

    async def _ask_again(self, lease: QuestionLease, cause: Cause) -> None:
        """Ask the question again, with a token and a message of its own."""
        placeholder: dict[str, Value] = {}
        if cause.retry_after:
            reply = progress.asking_again(cause.retry_after)
            placeholder = await self.responder.update_placeholder(lease, Placeholder.ASKING_AGAIN, reply)
        await self.queue.release(
            lease, cause.retry_after, state=State.ANNOUNCED, **placeholder, **retry_fields(cause)
        )

    async def _poll_failed(self, lease: QuestionLease, error: GenieError) -> None:
        """Poll later: a poll that failed never costs the question."""
        cause = causes.of_error(error)
        # A login page is often a proxy's; Genie goes on working meanwhile.
        tolerated = lease.progress.failures_in_a_row < cause.tolerated
        if not (cause.transient or tolerated) and lease.progress.reused:
            await self._ask_itself(lease)
        elif not cause.transient and not tolerated:
            log.warning("question.refused", extra={"error": str(error), **cause.log})
            await self.responder.fail(lease, cause)
        elif _age(lease) > self.deadline_seconds:
            await self.overdue(lease)
        else:
            usual = next_poll_delay("", _age(lease), lease.progress.polls + 1, lease.in_flight)
            wait = max(error.retry_after or 1.0, usual)
            await self.queue.release(
                lease,
                self._in_time(lease, wait),
                polls=lease.progress.polls + 1,
                failures_in_a_row=lease.progress.failures_in_a_row + tolerated,
            )

    async def _ask_itself(self, lease: QuestionLease) -> None:
        """Ask a question in its turn that has shared the message of another one, as nothing comes of that.

        It may have taken that in line, behind others.
        """
        own: dict[str, Value] = {"message": "", "conversation": "", "reused": "", "reused_at": 0}
        own |= {"repeated": 1, "polls": 0, "status": ""}
        await self.queue.join(lease)
        await self.queue.release(lease, IN_LINE_SECONDS, state=State.ANNOUNCED, **own)

    async def _still_running(self, lease: QuestionLease, message: Message) -> None:
        age, polls = _age(lease), lease.progress.polls + 1
        if age > self.deadline_seconds:
            await self.overdue(lease)
            return
        if query := next(
            (part for part in message.attachments if isinstance(part, Query) and part.sql), None
        ):
            self.query_reader.begin(query.sql)  # while it runs, though Genie may still correct it
        shown = await self.status.show(lease, message.status)
        long = age > LONG_SECONDS
        placeholder = await self.responder.update_placeholder(
            lease,
            Placeholder.STILL_RUNNING if long else Placeholder.WORKING,
            progress.still_running() if long else progress.working(),
        )
        wait = next_poll_delay(
            message.status,
            age,
            polls,
            lease.in_flight,
            random.random(),  # noqa: S311 - spreads, hides nothing
        )
        wait -= time.monotonic() - lease.since  # the status line delays no poll
        await self.queue.release(
            lease,
            self._in_time(lease, wait),
            polls=polls,
            status=message.status,
            **placeholder,
            **shown,
        )

    def _in_time(self, lease: QuestionLease, wait: float) -> float:
        """Shorten a wait so that it ends at the deadline, whatever Databricks asks for."""
        return max(min(wait, self.deadline_seconds - _age(lease)), 0.0)

    async def overdue(self, lease: QuestionLease) -> None:
        """Say that the deadline has passed; the button "Check Again" goes on from there."""
        if lease.progress.state is not State.OVERDUE:
            await self.queue.save(lease, state=State.OVERDUE)  # first, as the button may be quick
        await self.responder.fail(lease, causes.OVERDUE, State.OVERDUE)


def _age(lease: QuestionLease) -> float:
    return (lease.now - lease.progress.asked_at) / 1000
