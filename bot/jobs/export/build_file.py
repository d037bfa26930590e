"""The rows of an answer as a file that Slack has and nobody sees yet."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.failures import causes
from bot.jobs.export.download import TooLarge, Uncollected, collect
from bot.jobs.export.write_rows import make
from bot.offload.executor import Executor, ExecutorError
from bot.offload.scratch import ScratchDir
from bot.replies.load_answer import LoadedAnswer
from bot.slack.api import SlackBusy, SlackRefused, SlackUnreachable, retrying
from bot.slack.files import TOO_LARGE as TOO_LARGE_FOR_SLACK
from bot.slack.files import Files
from bot.slack.users import Users
from genie.client import Genie
from genie.errors import GenieError
from genie.model import Table
from render import words
from render.files.csv_file import file_name
from render.text.locales import locale_of
from render.words.export import Written, title

log = logging.getLogger(__name__)

SEND_ATTEMPTS, SEND_SECONDS = 4, 600.0
"""For a file: to make it again costs more than to send it again."""

Say = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that Slack has, what to call it, and what is to be said about it."""

    file_id: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileBuilder:
    """Collects, writes and sends; GenieError, ExecutorError, OSError or Slack's errors when that fails."""

    genie: Genie
    files: Files
    executor: Executor
    scratch: ScratchDir
    users: Users

    async def build(self, recalled: LoadedAnswer, table: Table, suffix: str, say: Say, *, last: bool) -> Sent:
        """Send the rows of an answer, all of them if Genie gives them; `say` tells what takes long.

        On the `last` try the rows at hand have to do.
        """
        query = recalled.answer.query
        about = (query.title if query else "") or recalled.progress.text
        asked = recalled.question
        locale = locale_of(await self.users.locale(asked.place.team, asked.asker))
        async with self.scratch.folder() as folder:
            path = folder / file_name(about, suffix)
            written, note = await self._written(recalled, table, path, say, last=last)
            try:
                file_id = await self._send(path)
            except SlackRefused as refused:
                if refused.code != TOO_LARGE_FOR_SLACK or written.rows <= len(table.rows):
                    raise
                written, note = await self.executor.run(make, table, path), words.export.TOO_LARGE
                file_id = await self._send(path)
            return Sent(file_id, title(written, suffix, locale), note or words.export.left_out(written))

    async def _written(
        self, recalled: LoadedAnswer, table: Table, path: Path, say: Say, *, last: bool
    ) -> tuple[Written, str]:
        """Write the whole result if Genie gives it, else the rows at hand; then also return why."""
        query, note = recalled.answer.query, ""
        if table.incomplete and query is not None:
            await say(words.export.COLLECTING)
            try:
                # A folder of its own: if it fills the disk, there is room again for the rows at hand.
                async with self.scratch.folder() as parts:
                    whole = await collect(self.genie, recalled.progress.ref, query, parts)
                    return await self.executor.run(make, whole, path), ""
            except (TooLarge, Uncollected, GenieError, ExecutorError, OSError) as error:
                if isinstance(error, GenieError) and causes.of_error(error).transient and not last:
                    raise
                note = _said(error)
        return await self.executor.run(make, table, path), note

    async def _send(self, path: Path) -> str:
        try:
            return await retrying(partial(self.files.send_from, path), SEND_ATTEMPTS, SEND_SECONDS)
        except SlackBusy:
            raise SlackUnreachable("busy") from None  # which counts as a failure of the job, unlike SlackBusy


def _said(error: Exception) -> str:
    """Log why there is no file of the whole result; return what is said about it."""
    if isinstance(error, TooLarge):
        return words.export.TOO_LARGE
    unread = isinstance(error, ExecutorError | OSError)
    told = type(error).__name__ if isinstance(error, OSError) else str(error)
    log.warning("export.unreadable" if unread else "export.unavailable", extra={"error": told})
    return words.export.UNMADE if unread else words.export.NOT_WHOLE
