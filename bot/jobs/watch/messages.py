"""Messages about a watch that a press brings: that it was set, and the rows that it found last."""

import asyncio
import logging
from dataclasses import dataclass, replace
from functools import partial

from bot.failures import causes
from bot.failures.retry import MAX_ATTEMPTS
from bot.identity.model import GenieOf
from bot.jobs.watch.due import next_due
from bot.offload.executor import Executor, ExecutorError
from bot.records.job import Stage
from bot.records.lease import JobLease
from bot.records.watch import StoredWatch, Watch, is_first_look
from bot.replies.load_answer import AnswerLoader
from bot.replies.query_reader import QueryReader
from bot.replies.responder import StepContext
from bot.replies.today import today_of
from bot.replies.watching.view import ViewOf
from bot.slack.api import SlackRefused
from bot.slack.users import Users
from bot.store.people import PeopleStore
from bot.store.watches import WatchStore
from genie.errors import GenieError
from genie.model import Table
from render import words
from render.answer.rows_alone import rows_alone
from render.blockkit.reply import Reply
from render.blockkit.text_reply import text_reply
from render.watch.message import started

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchMessages(StepContext):
    """Says that a watch was set, and shows its rows."""

    watches: WatchStore
    view_of: ViewOf
    loader: AnswerLoader
    genie_of: GenieOf
    query_reader: QueryReader
    executor: Executor
    users: Users
    people: PeopleStore

    async def confirm(self, lease: JobLease) -> None:
        """Say in the thread of a watch that it was set, by whom and since when, or how it is by now."""
        stored = await self.watches.find(lease.job.payload)
        if stored or lease.progress.ts:
            try:
                lease, _ = await self.responder.respond(lease, self._how_it_is(stored, lease.now))
            except SlackRefused as refused:
                log.warning("watch.not_confirmed", extra={"slack": refused.code})
        if _paused(await self.watches.find(lease.job.payload)) != _paused(stored):
            await self.queue.release(lease, 0)  # somebody pressed while Slack was told
        else:
            await self.responder.close(lease, "watched" if stored else "stopped meanwhile")

    def _how_it_is(self, stored: StoredWatch | None, now: int) -> Reply:
        if stored is None:
            return text_reply(words.watches.STOPPED)
        view, watch = self.view_of(stored), stored.watch
        if view.next_at and is_first_look(stored):  # it is due at once for a look that tells nothing
            due = next_due(watch.rhythm, watch.time_zone, now, watch.quiet)
            view = replace(view, next_at=due / 1_000)
        return started(view)

    async def show_table(self, lease: JobLease) -> None:
        """Post the rows that the watched query gave last, as the one who pressed may see them."""
        stored = await self.watches.find(lease.job.payload)
        if stored is None:
            await self.responder.reject(lease, words.watches.GONE, "stopped meanwhile")
            return
        try:
            reply = await self._rows(lease, stored.watch)
        except GenieError as error:
            cause = causes.of_error(error)
            if cause.transient and lease.progress.attempts < MAX_ATTEMPTS - 1:
                raise
            log.warning("watch.rows_unreadable", extra={"error": str(error), **cause.log})
            await self.responder.reject(lease, cause.told(as_users=self.responder.as_users), cause)
            return
        await self.responder.respond_and_close(lease, reply, "table", Stage.DONE)

    async def _rows(self, lease: JobLease, watch: Watch) -> Reply:
        message = await self.genie_of(lease.identity).message(watch.ref)
        answer = await self.loader.read(message, lease.identity, watch.attachment)
        table = answer.table or Table((), ())
        team, user = lease.job.place.team, lease.job.user
        reader = await self.users.person(team, user)
        locale = (await self.people.preferences(team, user)).locale(reader.locale)
        query = await self.query_reader.reading_of(answer)
        work = partial(rows_alone, table, watch.text, locale, query, today_of(answer, reader))
        try:
            return await self.executor.run(work)
        except ExecutorError as error:
            log.warning("watch.rows_composed_here", extra={"error": str(error)})
            return await asyncio.to_thread(work)


def _paused(stored: StoredWatch | None) -> str | None:
    return stored.progress.paused if stored else None
