"""Orders for another chart: the answer is read again and edited in place."""

import asyncio
import logging
from dataclasses import dataclass

from bot.question import Held, State
from bot.replies.chart_image import ChartImages
from bot.replies.compose import AnswerComposer
from bot.replies.load_answer import AnswerLoader, LoadedAnswer
from bot.replies.responder import UNEDITABLE, StepContext
from bot.slack.api import SlackRefused, SlackUnreachable
from bot.slack.messages import Messages
from bot.store.jobs import Orders
from bot.store.questions import Intake
from bot.store.queue import Overtaken
from render import words
from render.blockkit.blocks import Block
from render.blockkit.reply import Reply

log = logging.getLogger(__name__)

SOON = 1.0
"""Seconds between looks whether an answer has its first picture, which this one shall replace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedrawChartJob(StepContext):
    """Draw what was chosen; whoever chooses later overtakes the order, so that the last choice stands."""

    questions: Intake
    loader: AnswerLoader
    composer: AnswerComposer
    chart_images: ChartImages
    messages: Messages
    jobs: Orders

    async def run(self, lease: Held) -> None:
        """Edit the answer, once, with its new picture or without any."""
        order = lease.question
        answered = await self.questions.progress(order.about)
        if answered and answered.state in {State.ANSWERED, State.SHOWN}:
            await self.queue.save(lease, again_in=SOON, tries=0)
            return
        recalled = await self.loader.load_answer(order.about)
        if recalled is None or not recalled.progress.ts:
            await self.responder.reject(lease, words.share.ANSWER_FORGOTTEN, "forgotten")
            return
        asked, progress = recalled.question, recalled.progress
        reply = await self.composer.compose(asked, progress, recalled.answer, wanted=order.wish)
        native = reply.variants[reply.variant_number(progress.variant)].has_native_chart
        block = None if native else await self.chart_images.chart_block(progress.ref, reply.picture)
        if reply.picture and not native and not block:
            await self.responder.reject(lease, words.charts.NOT_DRAWN, "not drawn")
            return
        await self.queue.save(lease)  # somebody may have chosen another one meanwhile
        try:
            await self._show(lease, recalled, reply, block)
        except (Overtaken, SlackUnreachable, asyncio.CancelledError):
            await self.jobs.redraw_again(lease, SOON)
            raise

    async def _show(self, lease: Held, recalled: LoadedAnswer, reply: Reply, block: Block | None) -> None:
        channel, answered = recalled.question.place.channel, recalled.progress
        try:
            ts, saved = answered.ts or "", reply.variant_number(answered.variant)
            native = reply.variants[saved].has_native_chart
            variant = await self.messages.show(channel, ts, reply, variant=saved, image=block)
            if native and not reply.variants[variant].has_native_chart:  # Slack does not draw here after all
                block = await self.chart_images.chart_block(answered.ref, reply.picture)
                await self.messages.show(channel, ts, reply, variant=variant, image=block)
            await self.chart_images.remove(answered)
        except SlackRefused as refused:
            log.warning("answer.not_redrawn", extra={"slack": refused.code})
            sentence = words.share.ANSWER_FORGOTTEN if refused.code in UNEDITABLE else words.charts.NOT_DRAWN
            await self.responder.reject(lease, sentence, "not redrawn")
        else:
            await self.responder.close(lease, "redrawn")
