"""How an answer came about: a modal opened at once, then filled with what Genie noted on its way.

Slack wants a click acknowledged and its modal opened within three seconds, and Genie may take longer: so each
click gets a task of its own here, bounded in number and time, and none ends without words.
"""

import asyncio
import logging
from types import TracebackType
from typing import Self

from slack_sdk.web.async_client import AsyncWebClient

from bot.failures import causes
from bot.offload.executor import Executor, ExecutorError
from bot.question import Progress
from bot.slack.modal import Modal, ModalRequest
from bot.store.questions import NotStored, QuestionStore
from genie import errors
from genie.client import Genie
from genie.protocol.answer import select_answer
from render import words
from render.blockkit.reply import ModalReply
from render.explain import view
from render.explain.model import Reading, Source

log = logging.getLogger(__name__)

MOST = 50
"""Clicks that are looked after at the same time."""
PATIENCE = 20.0
"""Seconds for all that Redis, Genie and the executor have to say."""
GRACE = 2.0
"""Seconds that a stopping process gives to those who are waiting."""
LAST_WORDS = 1.5
"""Seconds, after those, to tell the others that it stops; platforms kill what stops too slowly."""


class Explaining:
    """Looks after everybody who clicked, until each of them has read something."""

    def __init__(
        self, slack: AsyncWebClient, intake: QuestionStore, genie: Genie, executor: Executor
    ) -> None:
        """`executor` takes the SQL apart."""
        self._slack, self._intake, self._genie, self._executor = slack, intake, genie, executor
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let those who wait read what is ready soon, and tell the others to press again."""
        late = set(self._tasks)
        for seconds in (GRACE, LAST_WORDS):
            if late:
                _, late = await asyncio.wait(late, timeout=seconds)
            for task in late:
                task.cancel()  # whoever is told for the first time says so, and for the second gives up
        await asyncio.gather(*late, return_exceptions=True)

    def begin(self, request: ModalRequest, question_id: str) -> bool:
        """Look after one click; False when there are too many."""
        if len(self._tasks) >= MOST:
            return False
        task = asyncio.create_task(self._explain(request, question_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def _explain(self, request: ModalRequest, question_id: str) -> None:
        modal = Modal(self._slack, request)
        try:
            await modal.open(view.opening())
            await modal.show(await self._in_time(question_id))
        except asyncio.CancelledError:
            await modal.show(view.sentence(words.explain.STOPPED))
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, somebody is looking at the modal
            log.warning("how.crashed", extra={"error": type(error).__name__})
            await modal.show(view.sentence(words.general.CRASHED))

    async def _in_time(self, question_id: str) -> ModalReply:
        try:
            async with asyncio.timeout(PATIENCE):
                progress = await self._intake.progress(question_id)
                return await self._told(progress) if progress else view.sentence(words.explain.TOO_OLD)
        except NotStored:
            return view.sentence(words.explain.NOT_FOUND_NOW)
        except TimeoutError:
            return view.sentence(words.explain.TOO_SLOW)
        except errors.GenieError as error:
            log.warning("how.unread", extra={"error": str(error)})
            return view.sentence(causes.of_error(error).words)

    async def _told(self, progress: Progress) -> ModalReply:
        ref = progress.ref
        if not ref.message_id:
            return view.sentence(words.explain.FORGOTTEN)
        message = await self._genie.message(ref)
        answer = select_answer(message)
        query = answer.query
        source = Source(
            question=progress.text,
            query=query,
            read_at=answer.read_at,
            link=self._genie.conversation_url(ref.space_id, ref.conversation_id),
        )
        try:
            return await self._executor.run(view.explain, source)
        except ExecutorError as error:
            log.warning("how.sql_unread", extra={"error": str(error)})
            return await asyncio.to_thread(view.explain_view, source, Reading(query.sql if query else ""))
