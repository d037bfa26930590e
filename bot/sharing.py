"""Orders to share an answer: a short version of it stands in the channel and leads to the thread."""

import logging

from bot.composing import Composing
from bot.delivery import Delivery
from bot.ending import Ending
from bot.pictures import Pictures
from bot.question import Held
from bot.reading import Reading
from bot.slack import SlackRefused
from render import words_sharing
from render.sharing import shared

log = logging.getLogger(__name__)


class Sharing:
    """Show an answer to a channel, once, however many want that."""

    def __init__(
        self, reading: Reading, composing: Composing, pictures: Pictures, delivery: Delivery, ending: Ending
    ) -> None:
        """Read the answer again and write through `delivery`."""
        self._reading, self._composing, self._pictures = reading, composing, pictures
        self._delivery, self._ending = delivery, ending

    async def __call__(self, held: Held) -> None:
        """Post the compact version, with its picture where Slack takes one."""
        order = held.question
        recalled = await self._reading.recall(order.about)
        if recalled is None:
            await self._ending.refuse(held, words_sharing.ANSWER_FORGOTTEN, "forgotten")
            return
        answer, progress = recalled.answer, recalled.progress
        whole = await self._composing(recalled.question, progress, answer)
        picture = await self._pictures.block_of(progress.ref, whole.picture)
        reply = shared(answer, whole, order.asker, progress.text, picture)
        place = order.place
        try:
            await self._delivery.post(
                place.channel, place.thread, reply, order.id, seek=held.again, broadcast=True
            )
        except SlackRefused as refused:
            log.warning("answer.not_shared", extra={"slack": refused.code})
            await self._ending.refuse(held, words_sharing.NOT_SHARED, "not shared")
            return
        await self._ending.close(held, "shared")
