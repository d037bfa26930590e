"""Orders to share an answer: a short version of it stands in the channel and leads to the thread."""

import logging

from bot.question import Held
from bot.replies.chart_image import Pictures
from bot.replies.compose import Composing
from bot.replies.load_answer import Reading
from bot.replies.responder import Ending
from bot.slack.api import SlackRefused
from bot.slack.messages import Delivery
from bot.store.feedback import Ratings
from bot.store.queue import Queue
from render import words
from render.answer.channel_summary import shared

log = logging.getLogger(__name__)


class Sharing:
    """Show an answer to a channel, once, however many want that; again when somebody deleted it there."""

    def __init__(
        self,
        queue: Queue,
        reading: Reading,
        composing: Composing,
        pictures: Pictures,
        delivery: Delivery,
        ratings: Ratings,
        ending: Ending,
    ) -> None:
        """Read the answer again and write through `delivery`; `ratings` knows where answers stand."""
        self._queue, self._reading, self._composing, self._pictures = queue, reading, composing, pictures
        self._delivery, self._ratings, self._ending = delivery, ratings, ending

    async def __call__(self, held: Held) -> None:
        """Post the compact version, unless it stands there."""
        link = await self._link(held)
        if link is None:
            await self._share(held)
            return
        if not held.again:
            await self._ending.whisper(held, words.share.shared_already(link))
        await self._ending.close(held, "shared")

    async def _link(self, held: Held) -> str | None:
        """Return where the answer is shared already, None if it is not, or not any more."""
        ts = held.progress.ts
        return await self._delivery.address(held.question.place.channel, ts) if ts else None

    async def _share(self, held: Held) -> None:
        order = held.question
        recalled = await self._reading.recall(order.about)
        if recalled is None:
            await self._ending.refuse(held, words.share.ANSWER_FORGOTTEN, "forgotten")
            return
        answer, progress = recalled.answer, recalled.progress
        whole = await self._composing(recalled.question, progress, answer)
        picture = await self._pictures.block_of(progress.ref, whole.picture)
        reply = shared(answer, whole, order.asker, progress.text, picture)
        place = order.place
        try:
            ts = await self._delivery.post(
                place.channel, place.thread, reply, order.id, seek=held.again, broadcast=True
            )
        except SlackRefused as refused:
            log.warning("answer.not_shared", extra={"slack": refused.code})
            await self._ending.refuse(held, words.share.NOT_SHARED, "not shared")
            return
        await self._ratings.note_answer(order.about, place, place.thread or "", ts)
        await self._queue.save(held, ts=ts)
        await self._ending.close(held, "shared")
