"""Tells how research ended: the report in the place of the progress, then each result as an answer."""

import json
import logging
from dataclasses import dataclass

from bot.failures import causes
from bot.failures.failure_reply import again_button
from bot.failures.message_error_causes import MESSAGE_CAUSES
from bot.failures.model import Cause
from bot.failures.retry import MAX_ATTEMPTS, may_retry, retry_fields
from bot.identity.model import GenieOf
from bot.records.lease import QuestionLease
from bot.records.progress import ANSWERED, INCOMPLETE, STOP_REFUSED, STOPPED, State, is_quoted
from bot.steps.research.compose import ReportComposer
from bot.steps.research.look import Look
from bot.steps.research.results import Results, results_of
from bot.steps.show import ShowStep
from bot.store.threads import ThreadStore
from genie.agent_model import Item, ResponseState, ResponseStatus
from genie.model import Message
from render import words
from render.blockkit.blocks import Element
from render.blockkit.buttons import ask_again
from render.blockkit.reply import Reply
from render.research.model import ReportView, RunEnd, RunView
from render.research.read import steps, thought

log = logging.getLogger(__name__)

ENDS = {
    ResponseStatus.COMPLETED: RunEnd.COMPLETED,
    ResponseStatus.INCOMPLETE: RunEnd.INCOMPLETE,
    ResponseStatus.CANCELLED: RunEnd.STOPPED,
    ResponseStatus.FAILED: RunEnd.FAILED,
}
OUTCOMES = {
    RunEnd.COMPLETED: ANSWERED,
    RunEnd.INCOMPLETE: INCOMPLETE,
    RunEnd.STOPPED: STOPPED,
}
"""Of ends that are no failure, for the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportStep(ShowStep):
    """Shows the end of a run; an attempt goes on where an earlier one stopped, and reads the run again."""

    genie_of: GenieOf
    threads: ThreadStore
    composer: ReportComposer
    look: Look

    async def end(self, lease: QuestionLease, state: ResponseState) -> None:
        """Save how a run ended, and tell it."""
        lease = await self.queue.advance(lease, state=State.ANSWERED, status=state.status)
        await self.run(lease, state)

    async def run(self, lease: QuestionLease, state: ResponseState | None = None) -> None:
        """Show the report, then its file, and leave its results to be shown."""
        state = state or await self.look.state(lease)
        message = await self.look.finished_message(lease)
        end, cause = self._ending(lease, state, message)
        wanted = lease.progress.state is State.ANSWERED and not lease.progress.stopping
        if cause and cause.fresh and may_retry(lease, cause) and wanted:
            await self.queue.release(lease, 0, state=State.ANNOUNCED, **retry_fields(cause))
            return
        if message:  # by which its results, and whatever is done with them, find the run
            await self.threads.keep_run(lease, message.ref.message_id)
            lease = await self.queue.save(lease, message=message.ref.message_id)
        results = results_of(lease, message)
        view = self._view(lease, end, cause, results)
        reply = await self.composer.compose(lease, view, state.items, results.sql)
        lease, variant = await self.show(lease, reply)
        await self._share(lease, view, state.items, results, reply, variant)
        await self.threads.add_results(lease, results.shown)
        await self.responder.close(lease, cause or OUTCOMES[end])

    async def _share(
        self,
        lease: QuestionLease,
        view: ReportView,
        items: tuple[Item, ...],
        results: Results,
        reply: Reply,
        variant: int,
    ) -> None:
        sent = json.loads(lease.progress.files)
        last = lease.progress.attempts >= MAX_ATTEMPTS - 1
        if missing := await self.share_files(lease, reply, variant, sent, last=last):
            lease = await self.note_missing(lease, sent, missing)
            reply = await self.composer.compose(lease, view, items, results.sql)
            await self.say_what_is_missing(lease, reply, variant)

    async def overdue(self, lease: QuestionLease, state: ResponseState | None = None) -> None:
        """Say that a run takes too long, and what it has found; "Check Again" goes on from there."""
        if lease.progress.state is not State.OVERDUE:
            lease = await self.queue.save(lease, state=State.OVERDUE)  # first, as the button may be quick
        view = self._view(lease, RunEnd.OVERDUE, causes.OVERDUE, Results())
        reply = await self.composer.compose(lease, view, state.items if state else (), ())
        await self.responder.respond_and_close(lease, reply, causes.OVERDUE, State.OVERDUE)

    def run_view(self, lease: QuestionLease, items: tuple[Item, ...]) -> RunView:
        """Return how far a run is."""
        return RunView(
            question_id=lease.question.id,
            question=lease.progress.text,
            asked_by=lease.question.asker if is_quoted(lease.question, lease.progress) else "",
            thought=thought(items),
            steps=steps(items),
            stopping=bool(lease.progress.stopping),
            goes_on=lease.progress.stopping == STOP_REFUSED,
        )

    def _ending(
        self, lease: QuestionLease, state: ResponseState, message: Message | None
    ) -> tuple[RunEnd, Cause | None]:
        """Return how a run ended, and why it failed; of one that was stopped, whatever Genie calls that."""
        status = ResponseStatus(lease.progress.status)
        stopped = lease.progress.stopping not in {0, STOP_REFUSED}
        if stopped and status is not ResponseStatus.COMPLETED:
            return RunEnd.STOPPED, None
        if status is not ResponseStatus.FAILED:
            return ENDS[status], None
        # One of them may have words alone, or a name that says nothing.
        found = [each for each in (state.error, message and message.error) if each]
        error = max(found, key=lambda each: (each.type in MESSAGE_CAUSES, bool(each.type)), default=None)
        cause = causes.of_message_error(error, as_users=self.responder.as_users)
        kind = error.type if error else ""
        log.warning("question.failed", extra={"error": kind, **cause.log})
        return RunEnd.FAILED, cause

    def _view(self, lease: QuestionLease, end: RunEnd, cause: Cause | None, results: Results) -> ReportView:
        saved, genie = lease.progress, self.genie_of(lease.identity)
        return ReportView(
            question_id=lease.question.id,
            end=end,
            why=cause.told(as_users=self.responder.as_users) if cause else "",
            again=_again(lease.question.id, end, cause),
            expert=self.responder.expert_button(lease, cause) if cause else None,
            results=results.named,
            not_shown=results.left_out,
            seconds=(lease.present_ms - saved.asked_at) / 1000 if saved.asked_at else 0.0,
            genie_url=genie.conversation_url(saved.space, saved.conversation) if saved.conversation else "",
        )


def _again(question_id: str, end: RunEnd, cause: Cause | None) -> Element | None:
    """Offer another try of research that failed, takes too long or was stopped."""
    if end is RunEnd.STOPPED:
        return ask_again(question_id, words.failures.ASK_AGAIN)
    return again_button(cause, question_id) if cause else None
