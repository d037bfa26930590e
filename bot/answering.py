"""From a finished message to the answer in Slack: read the rows, compose, show, then chart and files."""

import asyncio
import json
import logging
from dataclasses import replace
from functools import partial

from bot.delivery import Delivery
from bot.ending import Ending
from bot.question import Held, State, Surface
from bot.queue import Queue
from bot.slack import SlackRefused
from bot.studio import Studio, StudioError
from bot.uploads import Uploads
from genie import errors
from genie.choosing import choose
from genie.client import Genie
from genie.model import QUERY_RESULT_EXPIRED, Answer, Message
from render import trouble, words
from render.answer import compose, image
from render.reply import Block, File, Picture, Reply

log = logging.getLogger(__name__)

MOST_TRIES = 4
"""Tries to read the rows before the answer is shown without them."""
LARGE = 2_000
"""Cells from which on a reply is composed outside of the event loop."""
CHART = "chart.png"
GENIES_CHART = 8.0
"""Seconds that Genie's own chart may take before ours is drawn."""
LONG = 20_000
"""Characters from which on it is, too."""


class Answering:
    """Deliver the answer of a finished message; every step may be repeated by a successor."""

    def __init__(
        self, queue: Queue, genie: Genie, delivery: Delivery, uploads: Uploads, ending: Ending,
        studio: Studio, space_title: str,
    ) -> None:  # fmt: skip
        """`studio` composes large replies and draws charts."""
        self._queue, self._genie, self._delivery, self._uploads = queue, genie, delivery, uploads
        self._ending, self._studio, self._space_title = ending, studio, space_title

    async def __call__(self, held: Held, message: Message | None = None) -> None:
        """Show the answer, then what takes longer: its chart and its files."""
        message = message or await self._genie.message(held.progress.ref)
        reply = await self._compose(held, message)
        rung = held.progress.rung
        if held.progress.state is not State.SHOWN:
            held, rung = await self._ending.show(held, reply)
            await self._queue.save(held, state=State.SHOWN, rung=rung, tries=1)
        sent = json.loads(held.progress.files)
        await self._add_chart(held, reply, rung, sent)
        await self._share_files(held, reply, sent)
        await self._ending.close(held, "answered", asked_back=bool(choose(message).clarification))

    async def _compose(self, held: Held, message: Message) -> Reply:
        answer, note = await self._read(held, message)
        question = held.question
        work = partial(
            compose,
            answer,
            asked_by=question.asker if question.surface is Surface.BUTTON else None,
            question=held.progress.text,
            note=note,
            space_title=self._space_title,
            question_id=question.id,
        )
        if not _is_large(answer):
            return work()
        try:
            return await self._studio.run(work)
        except StudioError as error:
            log.warning("answer.composed_here", extra={"error": str(error)})
            return await asyncio.to_thread(work)

    async def _read(self, held: Held, message: Message) -> tuple[Answer, str]:
        answer = choose(message)
        note = held.progress.note
        if answer.query:
            try:
                expired = message.status == QUERY_RESULT_EXPIRED
                table = await self._genie.rows(message.ref, answer.query, expired=expired)
            except errors.GenieError as error:
                if error.repeat_helps and held.progress.tries < MOST_TRIES:
                    raise
                log.warning("answer.rows_unavailable", extra={"error": str(error)})
                failed = isinstance(error, errors.StatementFailed) and error.state == "FAILED"
                note = trouble.of_error(error).text if failed else words.ROWS_UNREADABLE
            else:
                answer = replace(answer, table=table)
        return answer, note

    async def _add_chart(self, held: Held, reply: Reply, rung: int, sent: dict[str, str]) -> None:
        """Put the chart into the answer, or next to it; an answer without its picture is still an answer."""
        if not reply.picture or not held.progress.ts:
            return
        try:
            picture = await self._picture(held, reply.picture)
            if picture is None:
                return
            # Edits are scarce in a rush, and answers go before pictures: those stand below them then.
            if await self._delivery.can_spare_an_edit(await self._queue.active()):
                file_id = await self._uploads.send(picture)
                block = image(file_id, picture.alt_text)
                if await self._uploads.keep(file_id, picture.title) and await self._embed(
                    held, reply, rung, block
                ):
                    return
            await self._share(held, picture, sent)
        except (StudioError, SlackRefused) as error:
            log.warning("answer.chart_missing", extra={"error": str(error)})

    async def _picture(self, held: Held, picture: Picture) -> File | None:
        """Fetch Genie's own chart, or draw ours; None when there is neither."""
        if picture.visualization:
            try:
                async with asyncio.timeout(GENIES_CHART):
                    png = await self._genie.visualization(held.progress.ref, picture.visualization)
                return File(CHART, png, picture.title, picture.alt_text)
            except (errors.GenieError, TimeoutError) as error:
                log.info("answer.own_chart", extra={"error": str(error) or type(error).__name__})
        if picture.chart is None:
            return None
        return File(
            CHART, await self._studio.draw(picture.chart), picture.chart.title, picture.chart.alt_text
        )

    async def _embed(self, held: Held, reply: Reply, rung: int, block: Block) -> bool:
        """Edit the answer so that it shows its chart; False when Slack will not have the picture there."""
        channel, ts = held.question.place.channel, held.progress.ts or ""
        try:
            await self._delivery.show(channel, ts, reply, rung=rung, image=block)
        except SlackRefused as refused:
            log.warning("answer.chart_beside", extra={"slack": refused.code})
            return False
        return True

    async def _share_files(self, held: Held, reply: Reply, sent: dict[str, str]) -> None:
        for file in reply.files:
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


def _is_large(answer: Answer) -> bool:
    """Tell whether to compose an answer takes longer than the event loop may wait."""
    rows, query = answer.table.rows if answer.table else (), answer.query
    if rows and len(rows) * len(rows[0]) > LARGE:
        return True
    prose = (*answer.texts, *answer.suggestions, answer.clarification or "")
    described = (query.title, query.description, query.sql) if query else ()
    cells = (cell for row in rows for cell in row if cell)
    return sum(map(len, (*prose, *described, *cells))) > LONG
