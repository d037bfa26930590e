"""Composes the reply that shows an answer, in the executor if it is large."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from bot.observability.records import OK, Observe, Rendered, nobody
from bot.offload.executor import Executor, ExecutorError
from bot.offload.scratch import ScratchDir
from bot.offload.spill import with_large_files_at
from bot.records.progress import Progress, is_quoted
from bot.records.question import Question
from bot.replies.confirmations import Confirmations, Said
from bot.replies.query_reader import QueryReader
from bot.replies.today import today_of
from bot.slack.channels import CHANNELS
from bot.slack.users import Users
from bot.spaces.catalog import Catalog
from bot.store.listening import ListeningStore
from bot.store.people import PeopleStore, Preferences
from bot.store.reuse import ReuseStore
from bot.store.spaces import SpaceStore
from bot.store.threads import ThreadStore
from genie.model import Answer
from genie.protocol.spilled_rows import SpilledRows
from render import words
from render.answer.compose import compose
from render.answer.context import AnswerContext, Audience
from render.blockkit.reply import Reply
from render.chart.model import OFF, Charts
from render.text.escape import one_line

log = logging.getLogger(__name__)

MAX_CELLS_ON_LOOP, MAX_CHARACTERS_ON_LOOP = 2_000, 20_000
"""An answer with more is composed in the executor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerComposer:
    """Composes replies."""

    executor: Executor
    scratch: ScratchDir
    users: Users
    people: PeopleStore
    threads: ThreadStore
    reuse: ReuseStore
    listening: ListeningStore
    query_reader: QueryReader
    catalog: Catalog
    spaces: SpaceStore
    has_model: bool
    """There is a model for insights."""
    charts: Charts = Charts.PNG
    as_users: bool = False
    """People ask as themselves."""
    confirmations: Confirmations | None = None
    """None where there are no experts."""
    observe: Observe = nobody

    async def compose(
        self,
        question: Question,
        progress: Progress,
        answer: Answer,
        note: str = "",
        *,
        wanted: str | None = None,
    ) -> Reply:
        """Return the reply to `question`; `note` is a plain sentence to put first.

        Without a chart that is `wanted` it has the one that its thread chose last, else as its asker set it.
        """
        context = await self.context(question, progress, answer, note, wanted)
        return await self.composed(partial(compose, context), large=_is_large(answer))

    async def composed(self, work: Callable[[], Reply], *, large: bool) -> Reply:
        """Do the work of composing, off the event loop if it is `large`."""
        began = time.monotonic()
        reply = await self._compose(work, large=large)
        self.observe(Rendered("answer", OK, time.monotonic() - began))
        return reply

    async def _compose(self, work: Callable[[], Reply], *, large: bool) -> Reply:
        if not large:
            return work()
        path = await self.scratch.file()
        try:
            reply = await self.executor.run(with_large_files_at, path, work)
        except ExecutorError as error:
            log.warning("answer.composed_here", extra={"error": str(error)})
            return await asyncio.to_thread(work)
        finally:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        for file in reply.files:
            if file.spill_file:
                file.spill_file.delete_when_unused()
        return reply

    async def context(
        self,
        question: Question,
        progress: Progress,
        answer: Answer,
        note: str = "",
        wanted: str | None = None,
    ) -> AnswerContext:
        """Look up who reads the answer, and how."""
        thread = progress.thread or question.place.thread or ""
        shown = await self.threads.shown(question.place, thread)
        reader = await self.users.person(question.place.team, question.asker)
        preferences = await self.people.preferences(question.place.team, question.asker)
        audience = _audience(question, shown.asked_in)
        said = Said()
        if self.confirmations:
            said = await self.confirmations.about(question, progress, answer, reader)
        return AnswerContext(
            answer,
            question_id=question.id,
            question=progress.text,
            asked_by=question.asker if is_quoted(question, progress) else "",
            note=note or progress.note,
            asked_before=await self._asked_before(question, progress),
            space_title=self.catalog.about(progress.space).name,
            other_spaces=await self._other_spaces(question, progress),
            audience=audience,
            asked_as=self._asked_as(audience, reader.name or question.asker),
            is_quiet=self.listening.is_quiet(shown.replies),
            may_research=not await self.spaces.is_agent_mode_off(progress.space),
            has_model=self.has_model,
            wanted=_chart(shown.chart, preferences) if wanted is None else wanted,
            charts=self.charts,
            locale=preferences.locale(reader.locale),
            query_reading=await self.query_reader.reading_of(answer),
            missing=progress.missing_files,
            today=today_of(answer, reader),
            experts=self.confirmations is not None,
            confirmation=said.confirmation,
            similar=said.similar,
        )

    async def _other_spaces(self, question: Question, progress: Progress) -> tuple[tuple[str, str], ...]:
        """Return the spaces in which the question of a thread's first answer may be asked instead."""
        if not self.catalog.several or question.published_from or question.result_of or progress.joined:
            return ()
        place = replace(question.place, thread=progress.thread or question.place.thread)
        opens = question.place.thread is None or question.begins_thread
        if not (opens or await self.threads.is_new(place)):
            return ()
        usable = (info for info in self.catalog.usable if info.space.id != progress.space)
        return tuple((info.space.id, info.name) for info in usable)

    async def _asked_before(self, question: Question, progress: Progress) -> str:
        """Say that an answer is that of an earlier question, to a reader who may know of that."""
        if not progress.reused_at:
            return ""
        asker = await self.reuse.asker(progress.reused)
        person = await self.users.person(question.place.team, asker) if asker else None
        name = words.reuse.YOU if asker == question.asker else person and one_line(person.name)
        minutes = round((progress.received_at - progress.reused_at) / 60_000)
        return words.reuse.asked_before(name or words.reuse.SOMEBODY, max(minutes, 1))

    def _asked_as(self, audience: Audience, asker: str) -> str:
        if not self.as_users:
            return words.readers.AS_BOT
        return words.readers.with_rights_of(asker) if audience is Audience.CHANNEL else words.readers.AS_YOU


def _chart(chosen: str, preferences: Preferences) -> str:
    """Return which chart an answer has: as its thread chose last, else as its asker wants charts or none."""
    return chosen or ("" if preferences.charts else OFF)


def _audience(question: Question, asked_in: str) -> Audience:
    """Tell before whom the answer stands."""
    if asked_in.startswith(CHANNELS):  # to direct messages of others nothing can be shared
        return Audience.ASKER
    return Audience.PERSON if question.place.is_direct else Audience.CHANNEL


def _is_large(answer: Answer) -> bool:
    """Tell whether composing an answer takes longer than the event loop may wait."""
    table, query = answer.table, answer.query
    if table and (
        isinstance(table.rows, SpilledRows) or len(table.rows) * len(table.columns) > MAX_CELLS_ON_LOOP
    ):
        return True
    prose = (*answer.texts, *answer.suggestions, answer.clarification or "")
    described = (query.title, query.description, query.sql) if query else ()
    cells = (cell for row in (table.rows if table else ()) for cell in row if cell)
    return sum(map(len, (*prose, *described, *cells))) > MAX_CHARACTERS_ON_LOOP
