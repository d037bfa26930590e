"""Replies in Slack to a question or job, and the log line of its end."""

import logging
from dataclasses import dataclass, field, replace

from bot.failures.failure_reply import failure_reply
from bot.failures.model import Cause
from bot.observability.records import Observe, nobody
from bot.records.audit import Audit
from bot.records.job import JobKind, Stage
from bot.records.lease import JobLease, Lease, QuestionLease
from bot.records.progress import FAILED, Placeholder, State, is_quoted
from bot.replies.confirmations import Confirmations
from bot.replies.ended import RESULT, end_record
from bot.slack.api import SlackRefused, optional
from bot.slack.ephemeral import EphemeralReplies
from bot.slack.messages import Messages, replacement
from bot.slack.status import StatusLine
from bot.slack.users import Person
from bot.spaces.catalog import Catalog
from bot.store.queue import L, Queue, Value
from genie.errors import Fault
from genie.model import Answer
from render import words
from render.answer.confirmed import in_place_of_answer
from render.blockkit.blocks import Element
from render.blockkit.buttons import ask_expert
from render.blockkit.reply import Reply
from render.blockkit.text_reply import asked_by, over, text_reply, under
from render.expert.model import Confirmation
from render.text.escape import literal, one_line

log = logging.getLogger(__name__)

SPEAK_LATER = frozenset({JobKind.WATCH})
"""Jobs that nobody waits for: what comes after them says what went wrong, if that goes on."""
SHARED = "shared"
"""The outcome of an answer that was given in private before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Responder:
    """Shows the reply to a question or job, and closes it so that the next one of its thread begins."""

    queue: Queue
    catalog: Catalog
    messages: Messages
    status: StatusLine
    ephemeral_replies: EphemeralReplies
    as_users: bool = False
    """People ask with their own rights."""
    confirmations: Confirmations | None = None
    """None where there are no experts."""
    audit: Audit = field(default_factory=Audit)
    observe: Observe = nobody

    async def respond_and_close(
        self, lease: Lease, reply: Reply, outcome: str | Cause, end: State | Stage | None = None
    ) -> None:
        """Show `reply` where the answer was expected; `outcome` is for the log."""
        try:
            if lease.thread:
                told = await self._explained(lease, reply) if isinstance(outcome, Cause) else reply
                lease, _ = await self.respond(lease, credited(lease, told))
            else:  # the message that would have opened it never came
                await self.ephemeral(lease, reply.text)
        except SlackRefused as refused:
            log.warning("question.undeliverable", extra={"slack": refused.code})
            if isinstance(lease, QuestionLease):
                await self._tell_asker(lease, reply.text)
        await self.close(lease, outcome, end)

    async def _explained(self, lease: Lease, reply: Reply) -> Reply:
        """Put below why there is no answer what experts confirmed, and the space where there are several."""
        if not isinstance(lease, QuestionLease):
            return reply
        if found := await self._confirmation(lease):
            reply = in_place_of_answer(found, reply)
        space = self.catalog.about(lease.progress.space).name
        return over(words.answer.in_space(literal(one_line(space))), reply) if space else reply

    async def _confirmation(self, lease: QuestionLease) -> Confirmation | None:
        """Return what experts confirmed for the question; with own rights once Databricks has taken it."""
        question, saved = lease.question, lease.progress
        if not self.confirmations or (self.as_users and not saved.message):
            return None
        if not saved.space and not self.catalog.several:
            saved = replace(saved, space=self.catalog.default.id)
        return (await self.confirmations.about(question, saved, Answer(saved.ref), Person())).confirmation

    async def fail(self, lease: Lease, cause: Cause, end: State | None = None) -> None:
        """Explain why there is no answer, and close."""
        if isinstance(lease, JobLease) and (lease.job.response_url or lease.job.kind in SPEAK_LATER):
            await self.reject(lease, cause.told(as_users=self.as_users), cause)
        else:
            question_id = lease.question.id if isinstance(lease, QuestionLease) else ""
            expert = self.expert_button(lease, cause)
            reply = failure_reply(cause, question_id, as_users=self.as_users, expert=expert)
            await self.respond_and_close(lease, reply, cause, end)

    def expert_button(self, lease: Lease, cause: Cause) -> Element | None:
        """Offer to ask an expert, where another try may not be enough."""
        if not (self.confirmations and isinstance(lease, QuestionLease)):
            return None
        if not lease.progress.message and cause.fault in {Fault.ASKER, Fault.NETWORK}:
            return None
        return ask_expert(lease.question.id, private=lease.question.place.is_direct)

    async def respond(self, lease: L, reply: Reply) -> tuple[L, int]:
        """Edit the question's message into `reply`, or post it where that cannot be; return its variant.

        NotWanted where the question was withdrawn meanwhile, SlackRefused where no message can be shown.
        """
        await self.queue.check_wanted(lease)
        record, ts = lease.record, lease.progress.ts
        channel, mark, seek = record.place.channel, record.id, lease.redelivered
        if ts:
            try:
                return lease, await self.messages.show(channel, ts, reply)
            except SlackRefused as refused:
                log.info("answer.not_edited", extra={"slack": refused.code})
            mark, seek = replacement(mark, ts), True
        written_at = lease.question.written_at if isinstance(lease, QuestionLease) else 0
        posted = await self.messages.post(
            channel, lease.thread, reply, mark, seek=seek, written_at=written_at
        )
        if ts:  # before it is saved: an attempt that is killed here finds what it posted
            await optional(self.messages.delete(channel, ts), None)
        return await self.queue.save(lease, ts=posted.ts), posted.variant

    async def update_placeholder(
        self, lease: QuestionLease, news: Placeholder, reply: Reply, place: int = 0
    ) -> dict[str, Value]:
        """Edit the placeholder if that is news; return what is to be saved then."""
        saved, ts = lease.progress, lease.progress.ts
        if not ts or (saved.placeholder, saved.place) == (news, place):
            return {}
        told = await self.messages.tell(lease.question.place.channel, ts, credited(lease, reply))
        return {"placeholder": news, "place": place} if told else {}

    async def ephemeral(self, lease: Lease, sentence: str, *, thread: str | None = None) -> None:
        """Tell only the user who clicked, in the thread of the click or in another."""
        if lease.record.response_url:
            where = thread or lease.record.place.thread
            await self.ephemeral_replies.say(lease.record.response_url, sentence, where)

    async def notify(self, lease: Lease, sentence: str) -> None:
        """Tell only the user who clicked how it goes; the work waits for that a second at most."""
        await optional(self.ephemeral(lease, sentence), None)

    async def reject(
        self, lease: JobLease, sentence: str, outcome: str | Cause, *, thread: str | None = None
    ) -> None:
        """Close a job that failed: the user who clicked is told why, and may click again."""
        await self.ephemeral(lease, sentence, thread=thread)
        await self.close(lease, outcome, Stage.REFUSED)

    async def decline(self, lease: QuestionLease, sentence: str, outcome: str) -> None:
        """Close a question of which nothing may be posted: only its asker is told, where it was asked."""
        await self._tell_asker(lease, sentence)
        await self.close(lease, outcome)

    async def _tell_asker(self, lease: QuestionLease, sentence: str) -> None:
        question = lease.question
        if question.response_url:
            await self.ephemeral(lease, sentence)
        else:  # Slack shows nothing in a thread that has no reply yet
            place = question.asked_at
            thread = "" if question.begins_thread else place.thread or ""
            told = self.ephemeral_replies.post(place.channel, thread, question.asker, text_reply(sentence))
            await optional(told, None)

    async def close(
        self,
        lease: Lease,
        outcome: str | Cause,
        end: State | Stage | None = None,
        *,
        asked_back: bool = False,
        sql: str = "",
    ) -> None:
        """Finish a question or a job whose reply is shown; `asked_back` if that is a question of Genie's.

        `sql` is that of the answer, for the audit trail.
        """
        reason = outcome.log if isinstance(outcome, Cause) else {}
        name = outcome.name if isinstance(outcome, Cause) else outcome
        audited = self.audit.of(lease, name, sql)
        if isinstance(lease, QuestionLease):
            if lease.progress.asked_at:
                await self.status.clear(lease, asked_back=asked_back)
            ended = FAILED + outcome.name if isinstance(outcome, Cause) else outcome
            counted = "" if lease.question.result_of else ended
            shown = SHARED if lease.question.published_from else counted
            await self.queue.finish(lease, end or State.DELIVERED, shown, audited=audited)
        else:
            await self.queue.finish(lease, end or Stage.DONE, audited=audited)
        self.observe(end_record(lease, name))
        failures = lease.progress.failures_in_a_row
        if isinstance(lease, QuestionLease):
            log.info(
                "question.ended", extra={"outcome": name, "failures": failures, **_facts(lease), **reason}
            )
            await self._tell_where_asked(lease)
        elif isinstance(lease, JobLease):
            log.info(
                "job.ended", extra={"kind": lease.job.kind, "outcome": name, "failures": failures, **reason}
            )

    async def _tell_where_asked(self, lease: QuestionLease) -> None:
        """Tell a user who asked privately from a channel, there, that the reply is in the direct messages."""
        question, ts = lease.question, lease.progress.ts
        if question.asked_in and question.response_url and ts:
            link = await self.ephemeral_replies.link(question.place.channel, ts)
            await self.ephemeral_replies.say(question.response_url, words.share.replied_privately(link))


def _facts(lease: QuestionLease) -> dict[str, str | int | float | None]:
    asked = lease.progress.asked_at
    return {
        "surface": lease.question.surface.value,
        "mode": RESULT if lease.question.result_of else lease.question.bucket,
        "polls": lease.progress.polls,
        "reused": bool(lease.progress.reused),
        "seconds_since_asked": (lease.present_ms - asked) / 1000 if asked else None,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class StepContext:
    """What every step and job works with; each adds collaborators of its own."""

    queue: Queue
    responder: Responder


def credited(lease: Lease, reply: Reply, text: str = "") -> Reply:
    """Put the asker and the question, which is `text` as long as it is not saved, above a short reply."""
    if not isinstance(lease, QuestionLease) or not is_quoted(lease.question, lease.progress):
        return reply
    line = asked_by(lease.question.asker, text or lease.progress.text)
    return under(line, reply) if line else reply
