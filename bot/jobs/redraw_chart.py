"""Orders for another chart: the answer is read again and edited in place."""

import asyncio
import logging

from bot.question import Held, State
from bot.replies.chart_image import Pictures
from bot.replies.compose import Composing
from bot.replies.load_answer import Reading, Recalled
from bot.replies.responder import GONE, Ending
from bot.slack.api import SlackRefused, SlackUnreachable
from bot.slack.messages import Delivery
from bot.store.jobs import Orders
from bot.store.questions import Intake
from bot.store.queue import Overtaken, Queue
from render import words
from render.blockkit.blocks import Block
from render.blockkit.reply import Reply

log = logging.getLogger(__name__)

SOON = 1.0
"""Seconds between looks whether an answer has its first picture, which this one shall replace."""


class Redrawing:
    """Draw what was chosen; whoever chooses later overtakes the order, so that the last choice stands."""

    def __init__(
        self,
        queue: Queue,
        intake: Intake,
        reading: Reading,
        composing: Composing,
        pictures: Pictures,
        delivery: Delivery,
        ending: Ending,
        orders: Orders,
    ) -> None:
        """Read the answer again and write through `delivery`; `orders` knows what is wanted by now."""
        self._queue, self._intake, self._reading, self._composing = queue, intake, reading, composing
        self._pictures, self._delivery, self._ending, self._orders = pictures, delivery, ending, orders

    async def __call__(self, held: Held) -> None:
        """Edit the answer, once, with its new picture or without any."""
        order = held.question
        answered = await self._intake.progress(order.about)
        if answered and answered.state in {State.ANSWERED, State.SHOWN}:
            await self._queue.save(held, again_in=SOON, tries=0)
            return
        recalled = await self._reading.recall(order.about)
        if recalled is None or not recalled.progress.ts:
            await self._ending.refuse(held, words.share.ANSWER_FORGOTTEN, "forgotten")
            return
        asked, progress = recalled.question, recalled.progress
        reply = await self._composing(asked, progress, recalled.answer, wanted=order.wish)
        native = reply.rungs[progress.rung].drawn
        block = None if native else await self._pictures.block_of(progress.ref, reply.picture)
        if reply.picture and not native and not block:
            await self._ending.refuse(held, words.charts.NOT_DRAWN, "not drawn")
            return
        await self._queue.save(held)  # somebody may have chosen another one meanwhile
        try:
            await self._show(held, recalled, reply, block)
        except (Overtaken, SlackUnreachable, asyncio.CancelledError):
            await self._orders.redraw_again(held, SOON)
            raise

    async def _show(self, held: Held, recalled: Recalled, reply: Reply, block: Block | None) -> None:
        channel, answered = recalled.question.place.channel, recalled.progress
        try:
            ts, native = answered.ts or "", reply.rungs[answered.rung].drawn
            rung = await self._delivery.show(channel, ts, reply, rung=answered.rung, image=block)
            if native and not reply.rungs[rung].drawn:  # Slack does not draw here after all
                block = await self._pictures.block_of(answered.ref, reply.picture)
                await self._delivery.show(channel, ts, reply, rung=rung, image=block)
            await self._pictures.withdraw(answered)
        except SlackRefused as refused:
            log.warning("answer.not_redrawn", extra={"slack": refused.code})
            sentence = words.share.ANSWER_FORGOTTEN if refused.code in GONE else words.charts.NOT_DRAWN
            await self._ending.refuse(held, sentence, "not redrawn")
        else:
            await self._ending.close(held, "redrawn")
