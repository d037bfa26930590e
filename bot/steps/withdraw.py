"""Ends a question that nobody wants any more: removes what is shown, and follows Genie's message silently."""

from dataclasses import dataclass, replace

from bot.failures import causes
from bot.identity.model import GenieOf
from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.records.question import Question, Surface
from bot.replies.responder import StepContext
from bot.slack.messages import Messages, replacement
from bot.slack.status import StatusLine
from bot.steps.ask import AskStep
from bot.steps.private_first import line_mark
from bot.steps.research.begin import BeginStep
from bot.steps.research.follow import LOOK_SECONDS
from bot.store.scripts.script import NotWanted
from bot.store.threads import ThreadStore
from genie.agent_model import MAX_RUN_SECONDS
from genie.errors import GenieError
from genie.polling import next_poll_delay


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawStep(StepContext):
    """Takes a withdrawn question from any state to its end; the thread's next one waits for Genie alone."""

    messages: Messages
    threads: ThreadStore
    genie_of: GenieOf
    status: StatusLine
    ask: AskStep
    begin: BeginStep
    """The same of research, which Genie can be told to end."""
    deadline_seconds: float

    async def run(self, lease: QuestionLease) -> None:
        """Take away or hand over what is shown, and end what Genie does not work on (any more)."""
        lease = await self._take_away(await self._find_posted(lease))
        if lease.progress.state is State.ASKING:
            await self._look_up(lease)
        elif lease.progress.state is State.ASKED and not lease.progress.reused:
            await self._follow(lease)
        else:
            await self._end(lease)

    async def _find_posted(self, lease: QuestionLease) -> QuestionLease:
        """Find what a worker posted that did not live to save it."""
        question, saved = lease.question, lease.progress
        if not lease.redelivered or saved.ts or saved.passed or saved.state is not State.RECEIVED:
            return lease
        channel, thread = question.place.channel, lease.thread
        if not thread:
            thread = await self.messages.find(channel, None, f"{question.id}.root", 0) or ""
        ts = await self.messages.find(channel, thread, question.id, question.written_at) if thread else None
        found = {"ts": ts or "", "thread": thread}
        return await self.queue.save(lease, **{name: value for name, value in found.items() if value})

    async def _take_away(self, lease: QuestionLease) -> QuestionLease:
        """Hand the placeholder over to the words that replace the question, or delete it."""
        question, channel = lease.question, lease.question.place.channel
        await self._delete_replacement(lease)
        left = await self.queue.pass_on(lease)
        if not left:
            return replace(lease, progress=replace(lease.progress, ts=None))
        await self.messages.delete(channel, left)
        in_thread = replace(question.place, thread=lease.thread)
        if _is_posted(question) and await self.threads.is_alone(in_thread, question.id):
            await self.messages.delete(channel, lease.thread)
            await self.threads.retire(in_thread)
            await self._delete_line(question)
        return await self.queue.save(lease, ts="")

    async def _delete_line(self, question: Question) -> None:
        """Delete what says in a channel that a question was answered privately."""
        asked_at = question.asked_at
        if not asked_at.thread:
            return
        mark = line_mark(question.id)
        if posted := await self.messages.find(asked_at.channel, asked_at.thread, mark, question.written_at):
            await self.messages.delete(asked_at.channel, posted)

    async def _delete_replacement(self, lease: QuestionLease) -> None:
        """Delete what a worker posted in place of a message, and did not live to save."""
        question, ts = lease.question, lease.progress.ts
        if lease.redelivered and ts:
            channel, mark = question.place.channel, replacement(question.id, ts)
            if posted := await self.messages.find(channel, lease.thread, mark, question.written_at):
                await self.messages.delete(channel, posted)

    async def _look_up(self, lease: QuestionLease) -> None:
        """Find out whether Genie got the question; it is never asked again."""
        try:
            await (self.begin if lease.question.research else self.ask).run(lease)
        except NotWanted:  # there is something to tell, so it has ended
            await self._end(lease)

    async def _follow(self, lease: QuestionLease) -> None:
        """Poll once, as long as the message occupies its conversation."""
        if lease.question.research:
            await self._cancel(lease)
            return
        saved = lease.progress
        age, polls, status = (lease.now - saved.asked_at) / 1000, saved.polls + 1, saved.status
        try:
            message = await self.genie_of(lease.identity).message(saved.ref)
            ended, status = message.final, message.status
        except GenieError as error:
            ended = not causes.of_error(error).transient
        if ended or age > self.deadline_seconds:
            await self._end(lease)
            return
        if saved.shown:
            await self.status.clear(lease)
        wait = next_poll_delay(status, age, polls, lease.in_flight)
        await self.queue.release(lease, wait, polls=polls, status=status, shown="")

    async def _cancel(self, lease: QuestionLease) -> None:
        """Have Genie end research, and look until it has."""
        age = (lease.now - lease.progress.asked_at) / 1000
        if age > MAX_RUN_SECONDS or await self.begin.follow.ended_after_cancel(lease):
            await self._end(lease)
        else:
            await self.queue.release(lease, LOOK_SECONDS)

    async def _end(self, lease: QuestionLease) -> None:
        await self.responder.close(lease, "withdrawn", State.WITHDRAWN)


def _is_posted(question: Question) -> bool:
    """Whether we posted the question itself, too."""
    return question.surface is Surface.COMMAND or bool(question.asked_thread)
