"""Insights: figures computed from the rows of an answer, and a model's summary of them.

The figures are posted at once, and the words later above them. The words are stored nowhere, so after a
crash another attempt asks the model again.
"""

import asyncio
import logging
from dataclasses import dataclass
from functools import partial

from bot.identity.model import GenieOf
from bot.jobs.answer_job import AnswerJob
from bot.offload.executor import Executor, ExecutorError
from bot.records.job import Stage
from bot.records.lease import JobLease
from bot.replies.load_answer import LoadedAnswer
from bot.replies.query_reader import QueryReader
from bot.replies.today import today_of
from bot.slack.api import retrying
from bot.slack.users import Users
from bot.store.people import PeopleStore
from genie.errors import GenieError
from render import words
from render.blockkit.reply import Reply
from render.insights import message
from render.insights.message import Study

log = logging.getLogger(__name__)

MAX_TOKENS = 700
"""Of the model's text: twice the words that it is asked for."""
TEMPERATURE = 0.1
EDIT_ATTEMPTS, EDIT_SECONDS = 7, 600.0
"""To show what a model wrote while Slack wants fewer edits, or does not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightsJob(AnswerJob):
    """Posts the figures of an answer, then a model's summary of them; `model` is the name of its endpoint."""

    users: Users
    people: PeopleStore
    executor: Executor
    query_reader: QueryReader
    genie_of: GenieOf
    model: str | None

    async def run(self, lease: JobLease) -> None:
        """Post the insights; another attempt may repeat every part."""
        loaded = await self.load(lease, forgotten=words.insights.FORGOTTEN)
        if loaded is None:
            return
        study = await self._study(loaded)
        if study is None:
            await self.responder.reject(lease, words.insights.NOTHING_TO_COMPUTE, "nothing to compute")
        elif self.model is None:
            await self.responder.respond_and_close(lease, message.stats(study), "stats")
        else:
            await self._in_words(lease, study, self.model)

    async def _study(self, loaded: LoadedAnswer) -> Study | None:
        asked = loaded.question
        reader = await self.users.person(asked.place.team, asked.asker)
        preferences = await self.people.preferences(asked.place.team, asked.asker)
        work = partial(
            message.study,
            loaded.answer,
            loaded.progress.text,
            today_of(loaded.answer, reader),
            await self.query_reader.reading_of(loaded.answer),
            preferences.locale(reader.locale),
        )
        try:
            return await self.executor.run(work)
        except ExecutorError as error:
            log.warning("insights.computed_here", extra={"error": str(error)})
            return await asyncio.to_thread(work)

    async def _in_words(self, lease: JobLease, study: Study, model: str) -> None:
        # First, as nothing is spent on a model while Slack takes no messages.
        lease, _ = await self.responder.respond(lease, message.without_words(study, words.insights.WRITING))
        try:
            serving = self.genie_of(lease.identity).serving(model)
            written = await serving.complete(study.messages, max_tokens=MAX_TOKENS, temperature=TEMPERATURE)
        except GenieError as error:
            await self._unwritten(lease, study, error)
            return
        log.info(
            "insights.written",
            extra={"read": written.prompt_tokens, "written": written.completion_tokens, "cut": written.cut},
        )
        await self._show_at_last(lease, message.with_words(study, written))

    async def _unwritten(self, lease: JobLease, study: Study, error: GenieError) -> None:
        """Show the figures alone, and allow another click; the client has retried already."""
        log.warning("insights.no_words", extra={"error": str(error)})
        reply = message.without_words(study, message.failure(error))
        await self.responder.respond_and_close(lease, reply, "no words", Stage.REFUSED)

    async def _show_at_last(self, lease: JobLease, reply: Reply) -> None:
        """Show the words even if Slack is away for a while: another attempt would ask the model again."""
        call = partial(self.responder.respond_and_close, lease, reply, "insights")
        await retrying(call, EDIT_ATTEMPTS, EDIT_SECONDS)
