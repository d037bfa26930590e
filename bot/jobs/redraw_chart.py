"""Draws another chart for an answer: loads the answer again and edits its message."""

import asyncio
import logging
from dataclasses import dataclass

from bot.jobs.answer_job import AnswerJob
from bot.records.lease import JobLease
from bot.replies.chart_image import ChartImages
from bot.replies.compose import AnswerComposer
from bot.replies.edit_answer import draws_itself, edit_answer
from bot.replies.load_answer import LoadedAnswer
from bot.slack.api import GONE, SlackRefused, SlackUnreachable
from bot.slack.messages import Messages
from bot.store.jobs import JobStore
from bot.store.scripts.script import LeaseLost
from render import words
from render.blockkit.blocks import Block
from render.blockkit.reply import Reply

log = logging.getLogger(__name__)

UNEDITABLE = frozenset({GONE, "cant_update_message", "edit_window_closed"})
"""Refusals of every edit of an answer: it was removed, is too old, or no message may be edited here."""

AGAIN_SECONDS = 1.0
"""Until an answer is drawn again whose edit may have come too late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedrawChartJob(AnswerJob):
    """Draw the chart that was chosen; a later choice takes the job over, so that the last one stands."""

    composer: AnswerComposer
    chart_images: ChartImages
    messages: Messages
    jobs: JobStore

    async def run(self, lease: JobLease) -> None:
        """Edit the answer, with its new chart or without any."""
        job = lease.job
        if await self.wait_until_complete(lease):
            return
        loaded = await self.load(lease)
        if loaded is None:
            return
        asked, progress = loaded.question, loaded.progress
        reply = await self.composer.compose(asked, progress, loaded.answer, wanted=job.payload)
        native = draws_itself(loaded, reply)
        picture = None if native else reply.picture
        block = await self.chart_images.chart_block(progress.ref, picture, lease.identity)
        if reply.picture and not native and not block:
            await self.responder.reject(lease, words.charts.NOT_DRAWN, "not drawn")
            return
        await self.queue.save(lease)  # raises LeaseLost if another chart was chosen meanwhile
        try:
            await self._show(lease, loaded, reply, block)
        except (LeaseLost, SlackUnreachable, asyncio.CancelledError):
            await self.jobs.redraw_again(lease, AGAIN_SECONDS)
            raise

    async def _show(self, lease: JobLease, loaded: LoadedAnswer, reply: Reply, block: Block | None) -> None:
        try:
            await edit_answer(self.messages, self.chart_images, loaded, reply, block, lease.identity)
        except SlackRefused as refused:
            log.warning("answer.not_redrawn", extra={"slack": refused.code})
            sentence = words.share.ANSWER_FORGOTTEN if refused.code in UNEDITABLE else words.charts.NOT_DRAWN
            await self.responder.reject(lease, sentence, "not redrawn")
        else:
            await self.responder.close(lease, "redrawn")
