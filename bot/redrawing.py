"""Orders for another chart: the answer is read again and edited in place."""

import logging

from bot.composing import Composing
from bot.delivery import Delivery
from bot.ending import GONE, Ending
from bot.intake import Intake
from bot.pictures import Pictures
from bot.question import Held, State
from bot.queue import Queue
from bot.reading import Reading
from bot.slack import SlackRefused
from render import words_charts, words_sharing

log = logging.getLogger(__name__)

SOON = 1.0
"""Seconds between looks whether an answer has its first picture, which this one shall replace."""


class Redrawing:
    """Draw what was chosen; whoever chooses later overtakes the order, so that the last choice stands."""

    def __init__(
        self, queue: Queue, intake: Intake, reading: Reading, composing: Composing, pictures: Pictures,
        delivery: Delivery, ending: Ending,
    ) -> None:  # fmt: skip
        """Read the answer again and write through `delivery`."""
        self._queue, self._intake, self._reading, self._composing = queue, intake, reading, composing
        self._pictures, self._delivery, self._ending = pictures, delivery, ending

    async def __call__(self, held: Held) -> None:
        """Edit the answer, once, with its new picture or without any."""
        order = held.question
        answered = await self._intake.progress(order.about)
        if answered and answered.state in {State.ANSWERED, State.SHOWN}:
            await self._queue.save(held, again_in=SOON, tries=0)
            return
        recalled = await self._reading.recall(order.about)
        if recalled is None or not recalled.progress.ts:
            await self._ending.refuse(held, words_sharing.ANSWER_FORGOTTEN, "forgotten")
            return
        asked, progress = recalled.question, recalled.progress
        reply = await self._composing(asked, progress, recalled.answer, wanted=order.wish)
        block = await self._pictures.block_of(progress.ref, reply.picture)
        if reply.picture and not block:
            await self._ending.refuse(held, words_charts.NOT_DRAWN, "not drawn")
            return
        await self._queue.save(held)  # somebody may have chosen another one meanwhile
        try:
            await self._delivery.show(
                asked.place.channel, progress.ts or "", reply, rung=progress.rung, image=block
            )
            await self._pictures.withdraw(progress)
        except SlackRefused as refused:
            log.warning("answer.not_redrawn", extra={"slack": refused.code})
            sentence = words_sharing.ANSWER_FORGOTTEN if refused.code in GONE else words_charts.NOT_DRAWN
            await self._ending.refuse(held, sentence, "not redrawn")
            return
        await self._ending.close(held, "redrawn")
