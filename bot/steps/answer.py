"""From a finished message to the answer in Slack: read the rows, compose, show, then chart and files."""

import json
import logging

from bot.offload.executor import ExecutorError
from bot.question import Held, State
from bot.replies.chart_image import Pictures
from bot.replies.compose import Composing
from bot.replies.load_answer import Reading
from bot.replies.responder import Ending
from bot.slack.api import SlackRefused
from bot.slack.files import Uploads
from bot.slack.messages import Delivery
from bot.store.feedback import Ratings
from bot.store.queue import Queue
from genie.client import Genie
from genie.model import Message
from render.blockkit.blocks import Block
from render.blockkit.reply import File, Reply

log = logging.getLogger(__name__)

MOST_TRIES = 4
"""Tries to read the rows before the answer is shown without them."""


class Answering:
    """Deliver the answer of a finished message; every step may be repeated by a successor."""

    def __init__(
        self,
        queue: Queue,
        genie: Genie,
        reading: Reading,
        composing: Composing,
        delivery: Delivery,
        uploads: Uploads,
        ending: Ending,
        pictures: Pictures,
        ratings: Ratings,
    ) -> None:
        """Bring files by `uploads` and charts as `pictures`; `ratings` knows where answers stand."""
        self._queue, self._genie, self._reading, self._composing = queue, genie, reading, composing
        self._delivery, self._uploads, self._ending, self._pictures = delivery, uploads, ending, pictures
        self._ratings = ratings

    async def __call__(self, held: Held, message: Message | None = None) -> None:
        """Show the answer, then what takes longer: its chart and its files."""
        message = message or await self._genie.message(held.progress.ref)
        last = held.progress.tries >= MOST_TRIES
        answer, note = await self._reading.as_far_as_possible(message, last=last)
        reply = await self._composing(held.question, held.progress, answer, note)
        rung = held.progress.rung
        if held.progress.state is not State.SHOWN:
            held, rung = await self._ending.show(held, reply)
            await self._ratings.note_answer(
                held.question.id, held.question.place, held.thread, held.progress.ts or ""
            )
            await self._queue.save(held, state=State.SHOWN, rung=rung, tries=1)
        sent = json.loads(held.progress.files)
        await self._add_chart(held, reply, rung, sent)
        await self._share_files(held, reply, rung, sent)
        await self._ending.close(held, "answered", asked_back=bool(answer.clarification))

    async def _add_chart(self, held: Held, reply: Reply, rung: int, sent: dict[str, str]) -> None:
        """Put the chart into the answer, or next to it; an answer without its picture is still an answer."""
        if not reply.picture or not held.progress.ts or reply.rungs[rung].drawn:
            return
        try:
            picture = await self._pictures.make(held.progress.ref, reply.picture)
            if picture is None:
                return
            # Edits are scarce in a rush, and answers go before pictures: those stand below them then.
            if await self._delivery.can_spare_an_edit(await self._queue.active()):
                block = await self._pictures.block(picture)
                if block and await self._embed(held, reply, rung, block):
                    return
            await self._share(held, picture, sent)
        except (ExecutorError, SlackRefused) as error:
            log.warning("answer.chart_missing", extra={"error": str(error)})

    async def _embed(self, held: Held, reply: Reply, rung: int, block: Block) -> bool:
        """Edit the answer so that it shows its chart; False when Slack will not have the picture there."""
        channel, ts = held.question.place.channel, held.progress.ts or ""
        try:
            await self._delivery.show(channel, ts, reply, rung=rung, image=block)
        except SlackRefused as refused:
            log.warning("answer.chart_beside", extra={"slack": refused.code})
            return False
        return True

    async def _share_files(self, held: Held, reply: Reply, rung: int, sent: dict[str, str]) -> None:
        for file in filter(lambda file: file.completes(rung), reply.files):
            try:
                await self._share(held, file, sent)
            except SlackRefused as refused:
                log.warning("answer.file_missing", extra={"slack": refused.code})

    async def _share(self, held: Held, file: File, sent: dict[str, str]) -> None:
        """Share a file in the thread, once; `sent` grows by its id."""
        channel = held.question.place.channel
        if file.name not in sent:
            sent[file.name] = await self._uploads.send(file)
            await self._queue.save(held, files=json.dumps(sent))
        elif await self._uploads.shared(sent[file.name], channel, held.thread, held.progress.ts or "0"):
            return
        await self._uploads.share(sent[file.name], file.title, channel, held.thread)
