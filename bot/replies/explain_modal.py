"""The modal "How I Got This": opened at once, then filled in the background with what Genie noted.

Slack wants a click acknowledged and its modal opened within three seconds, and Genie may take longer.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.identity.model import GenieOf, SlackUser
from bot.offload.executor import Executor, ExecutorError
from bot.records.progress import Progress
from bot.replies.load_answer import AnswerLoader
from bot.replies.modal_tasks import UNFILLED, ModalTasks, why_unfilled
from bot.replies.table_details import TableDetailsCache, TableLookup
from bot.slack.modal import Modal, ModalRequest
from genie.client import Genie
from genie.model import TableDetails, TableName
from genie.protocol.answer import select_answer
from render import words
from render.blockkit.reply import ModalReply
from render.explain import view
from render.explain.model import QueriedTable, Reading, Source

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 20.0
"""For Redis, Genie and the executor together."""
TABLES_FIRST_SECONDS, TABLES_SECONDS = 0.4, 5.0
"""In which what is known of the tables may come with the rest, and after which it is left out."""


@dataclass(frozen=True, slots=True)
class _Explanation:
    """What a modal is filled with, and the client that looks up more about its tables."""

    source: Source
    reading: Reading
    genie: Genie

    @property
    def names(self) -> list[TableName]:
        """The tables that can be looked up."""
        return [table.name for table in self.reading.tables or () if table.name]

    def with_tables(self, known: Mapping[TableName, TableDetails]) -> "_Explanation":
        """Return it with the links of its tables, and with what is known of them."""
        if self.reading.tables is None:
            return self
        tables = tuple(self._told(table, known) for table in self.reading.tables)
        return replace(self, reading=replace(self.reading, tables=tables))

    def _told(self, table: QueriedTable, known: Mapping[TableName, TableDetails]) -> QueriedTable:
        if table.name is None:
            return table
        return replace(table, link=self.genie.table_url(table.name), details=known.get(table.name))


class ExplainTasks(ModalTasks):
    """Runs one task per click; every modal ends with content."""

    def __init__(
        self, slack: AsyncWebClient, loader: AnswerLoader, genie_of: GenieOf, executor: Executor
    ) -> None:
        """`executor` takes the SQL apart."""
        super().__init__()
        self._slack, self._loader, self._genie_of, self._executor = slack, loader, genie_of, executor
        self._table_details = TableDetailsCache()

    def start(self, request: ModalRequest, question_id: str) -> bool:
        """Start the task of one click; False when there are too many."""
        return self.run(self._explain(request, question_id))

    async def _explain(self, request: ModalRequest, question_id: str) -> None:
        modal = Modal(self._slack, request)
        identity = SlackUser(request.place.team, request.user)
        async with TableLookup(self._table_details) as lookup:
            try:
                await modal.open(view.opening())
                found = await self._found_in_time(question_id, identity)
                if isinstance(found, ModalReply):
                    await modal.show(found)
                    return
                lookup.begin(found.genie, found.names)
                first = found.with_tables(await lookup.wait(TABLES_FIRST_SECONDS))
                await modal.show(await self._view(first))
            except asyncio.CancelledError:
                await modal.show(view.sentence(words.explain.STOPPED))
                raise
            except Exception as error:  # noqa: BLE001 - the user looks at the modal and has to read something
                log.warning("explain.crashed", extra={"error": type(error).__name__})
                await modal.show(view.sentence(words.failures.CRASHED))
                return
            later = found.with_tables(await lookup.wait(TABLES_SECONDS))
            if later != first:
                await modal.refresh(await self._view(later))

    async def _found_in_time(self, question_id: str, identity: SlackUser) -> _Explanation | ModalReply:
        """Return what is to be shown, or a sentence that says why there is nothing."""
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                asked = await self._loader.asked(question_id, identity)  # NotTheOwner for anybody else
                progress = await self._loader.questions.progress(question_id)
                if progress is None or (asked and not self._loader.has_same_rights(asked, progress)):
                    return view.sentence(words.explain.TOO_OLD)
                if not progress.ref.message_id:
                    return view.sentence(words.explain.FORGOTTEN)
                return await self._found(progress, identity, asked.attachment if asked else "")
        except UNFILLED as error:
            sentence = why_unfilled(
                error,
                "explain.fetch_failed",
                not_stored=words.explain.NOT_FOUND_NOW,
                too_slow=words.explain.TOO_SLOW,
                as_users=self._loader.as_users,
            )
            return view.sentence(sentence)

    async def _found(self, progress: Progress, identity: SlackUser, attachment: str) -> _Explanation:
        ref = progress.ref
        genie = self._genie_of(identity)
        answer = select_answer(await genie.message(ref), attachment=attachment)
        source = Source(
            question=progress.text,
            query=answer.query,
            read_at=answer.read_at,
            link=genie.conversation_url(ref.space_id, ref.conversation_id),
        )
        try:
            reading = await self._executor.run(view.read, source)
        except ExecutorError as error:
            log.warning("explain.sql_not_parsed", extra={"error": str(error)})
            reading = Reading(answer.query.sql if answer.query else "")
        return _Explanation(source, reading, genie)

    async def _view(self, found: _Explanation) -> ModalReply:
        """Compose it in the other process, which keeps this one free, or here where that fails."""
        try:
            return await self._executor.run_next(view.explain, found.source, found.reading)
        except ExecutorError:
            return await asyncio.to_thread(view.explain, found.source, found.reading)
