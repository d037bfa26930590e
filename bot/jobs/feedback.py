"""Sends a rating to Genie, and its reason to the review channel."""

import logging
from dataclasses import dataclass, field

from bot.failures.retry import retry_later
from bot.identity.model import GenieOf, SlackUser
from bot.records.lease import JobLease
from bot.records.progress import Progress
from bot.replies.load_answer import AnswerLoader
from bot.replies.responder import StepContext
from bot.slack.api import SlackRefused
from bot.slack.ephemeral import EphemeralReplies
from bot.slack.messages import Messages
from bot.slack.users import Users
from bot.store.feedback import Feedback, FeedbackStore
from genie.errors import GenieError, NotFound
from genie.model import MessageRef
from render.notices.feedback import review

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackJob(StepContext):
    """Sends a rating to Genie, and its reason to the review channel, if there is one."""

    loader: AnswerLoader
    feedback: FeedbackStore
    genie_of: GenieOf
    messages: Messages
    ephemeral_replies: EphemeralReplies
    users: Users
    review_channel: str | None
    told: set[str] = field(default_factory=set)
    """Refusals of the review channel that are in the log of this process."""

    async def run(self, lease: JobLease) -> None:
        """Post the reason, if the rating came with one, and tell Genie."""
        about = lease.job.about
        found = await self.loader.find(about, lease.identity)
        question, progress = found or (None, None)
        if not (question and progress and progress.message):
            await self.responder.close(lease, "forgotten")
            return
        if self.review_channel and lease.job.payload and not lease.progress.reviewed:
            feedback = await self.feedback.of(about, lease.job.user, int(lease.job.payload))
            if feedback:  # or there is a newer one, with a job of its own
                await self._post_reason(self.review_channel, lease, progress, feedback)
            await self.queue.save(lease, reviewed=1)
        try:
            asked = question.published_from or about  # which of Genie's messages was rated
            await self._tell_genie(
                (asked, progress.reused),
                progress.ref,
                lease.identity,
                sure=not (lease.redelivered or lease.progress.failures_in_a_row),
            )
        except NotFound:
            log.info("feedback.message_gone")
        except GenieError as error:
            if await retry_later(self.queue, lease, error, "feedback.not_told"):
                return
            log.warning("feedback.lost", extra={"error": str(error)})
        await self.responder.close(lease, "rated")

    async def _post_reason(
        self, review_channel: str, lease: JobLease, progress: Progress, feedback: Feedback
    ) -> None:
        """Post a reason, once; the rating goes on where the channel is closed to the bot."""
        job, channel = lease.job, lease.job.place.channel
        names = await self.users.of(job.place.team, {job.user})
        # Reviewers see no direct messages of others, and nobody sees a deleted message.
        link = "" if job.place.is_direct else await self.ephemeral_replies.link(channel, progress.ts or "")
        reply = review(names.get(job.user, ""), progress.text, feedback.comment, link)
        try:
            await self.messages.post(review_channel, None, reply, job.id, seek=lease.redelivered)
        except SlackRefused as refused:
            if refused.code not in self.told:  # once is enough
                self.told.add(refused.code)
                log.warning("feedback.not_reviewed", extra={"slack": refused.code, "channel": review_channel})
        else:
            self.told.clear()

    async def _tell_genie(
        self, answers: tuple[str, str], ref: MessageRef, identity: SlackUser, *, sure: bool
    ) -> None:
        """Tell Genie the rating that counts, until it is the one that was sent last.

        It is of the first of two `answers`, or of the other one with the same message of Genie's, if any.
        Another worker may send it another one at the same time. `sure`: this job has sent nothing before.
        """
        about, _ = answers
        sent = await self.feedback.sent_to_genie(about) if sure else None
        while (effective := await self.feedback.effective(*filter(None, answers))) != sent:
            await self.genie_of(identity).feedback(ref, effective.rating, effective.comment)
            await self.feedback.note_sent_to_genie(about, effective)
            sent = effective
