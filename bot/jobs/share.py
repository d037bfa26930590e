"""Shares an answer: posts a short version in the channel, which leads to the thread."""

import logging
from dataclasses import dataclass

from bot.jobs.answer_job import AnswerJob
from bot.records.lease import JobLease
from bot.replies.chart_image import ChartImages
from bot.replies.compose import AnswerComposer
from bot.slack.api import SlackRefused
from bot.slack.messages import Messages
from bot.store.feedback import FeedbackStore
from render import words
from render.answer.channel_summary import shared

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareJob(AnswerJob):
    """Shares an answer once, however many users want that, and again when it was deleted in the channel."""

    composer: AnswerComposer
    chart_images: ChartImages
    messages: Messages
    feedback: FeedbackStore

    async def run(self, lease: JobLease) -> None:
        """Post the short version, unless it is there."""
        link = await self._link(lease)
        if link is None:
            await self._share(lease)
            return
        if not lease.redelivered:
            await self.responder.ephemeral(lease, words.share.shared_already(link))
        await self.responder.close(lease, "shared")

    async def _link(self, lease: JobLease) -> str | None:
        """Return the link of the shared answer, None if it is not there, or not any more."""
        ts = lease.progress.ts
        return await self.messages.address(lease.job.place.channel, ts) if ts else None

    async def _share(self, lease: JobLease) -> None:
        job = lease.job
        loaded = await self.load(lease)
        if loaded is None:
            return
        answer, progress = loaded.answer, loaded.progress
        whole = await self.composer.compose(loaded.question, progress, answer)
        picture = await self.chart_images.chart_block(progress.ref, whole.picture, lease.identity)
        report = loaded.question.research
        reply = shared(answer, whole, job.user, progress.text, picture, is_report=report)
        place = job.place
        try:
            posted = await self.messages.post(
                place.channel, place.thread or "", reply, job.id, seek=lease.redelivered, broadcast=True
            )
        except SlackRefused as refused:
            log.warning("answer.not_shared", extra={"slack": refused.code})
            await self.responder.reject(lease, words.share.NOT_SHARED, "not shared")
            return
        await self.feedback.note_answer(job.about, place, place.thread or "", posted.ts)
        await self.queue.save(lease, ts=posted.ts)
        await self.responder.close(lease, "shared")
