"""Builds the file of an export and uploads it to Slack, not yet shared."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.failures import causes
from bot.identity.model import GenieOf
from bot.jobs.export.download import ExportTooLarge, ExportUnavailable, download_result
from bot.jobs.export.write_rows import write_file
from bot.offload.executor import Executor, ExecutorError
from bot.offload.scratch import ScratchDir
from bot.replies.load_answer import LoadedAnswer
from bot.slack.api import SlackBusy, SlackRefused, SlackUnreachable, retrying
from bot.slack.files import TOO_LARGE as TOO_LARGE_FOR_SLACK
from bot.slack.files import Files
from bot.slack.users import Users
from bot.store.people import PeopleStore
from genie.errors import GenieError
from genie.model import Table
from render import words
from render.files.csv_file import file_name
from render.files.written import Written, left_out, title

log = logging.getLogger(__name__)

UPLOAD_ATTEMPTS, UPLOAD_SECONDS = 4, 600.0
"""For one file: to build it again would cost more."""

Notify = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that Slack has and shows nobody yet; `note` is for the user who clicked."""

    file_id: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileBuilder:
    """Downloads, writes and uploads; raises GenieError, ExecutorError, OSError or a SlackError."""

    genie_of: GenieOf
    files: Files
    executor: Executor
    scratch: ScratchDir
    users: Users
    people: PeopleStore

    async def build(
        self, loaded: LoadedAnswer, table: Table, suffix: str, notify: Notify, *, last: bool
    ) -> UploadedFile:
        """Upload the rows of an answer, all of them if Genie gives them; `notify` says what takes long.

        On the `last` attempt the rows at hand have to do.
        """
        query = loaded.answer.query
        about = (query.title if query else "") or loaded.progress.text
        asked = loaded.question
        reader = await self.users.person(asked.place.team, asked.asker)
        locale = (await self.people.preferences(asked.place.team, asked.asker)).locale(reader.locale)
        async with self.scratch.folder() as folder:
            path = folder / file_name(about, suffix)
            written, note = await self._write(loaded, table, path, notify, last=last)
            try:
                file_id = await self._upload(path)
            except SlackRefused as refused:
                if refused.code != TOO_LARGE_FOR_SLACK or written.rows <= len(table.rows):
                    raise
                written, note = await self.executor.run(write_file, table, path), words.export.TOO_LARGE
                file_id = await self._upload(path)
            return UploadedFile(file_id, title(written, suffix, locale), note or left_out(written))

    async def _write(
        self, loaded: LoadedAnswer, table: Table, path: Path, notify: Notify, *, last: bool
    ) -> tuple[Written, str]:
        """Write the whole result if Genie gives it, else the rows at hand; then also return why."""
        query, note = loaded.answer.query, ""
        if table.incomplete and query is not None:
            await notify(words.export.COLLECTING)
            try:
                # A folder of its own: if it fills the disk, there is room again for the rows at hand.
                async with self.scratch.folder() as parts:
                    whole = await download_result(
                        self.genie_of(loaded.identity), loaded.progress.ref, query, parts
                    )
                    return await self.executor.run(write_file, whole, path), ""
            except (ExportTooLarge, ExportUnavailable, GenieError, ExecutorError, OSError) as error:
                if isinstance(error, GenieError) and causes.of_error(error).transient and not last:
                    raise
                note = _note(error)
        return await self.executor.run(write_file, table, path), note

    async def _upload(self, path: Path) -> str:
        try:
            return await retrying(partial(self.files.send_from, path), UPLOAD_ATTEMPTS, UPLOAD_SECONDS)
        except SlackBusy:
            raise SlackUnreachable("busy") from None  # which counts as a failure of the job, unlike SlackBusy


def _note(error: Exception) -> str:
    """Log why there is no file of the whole result; return the sentence about it."""
    if isinstance(error, ExportTooLarge):
        return words.export.TOO_LARGE
    unread = isinstance(error, ExecutorError | OSError)
    told = type(error).__name__ if isinstance(error, OSError) else str(error)
    log.warning("export.unreadable" if unread else "export.unavailable", extra={"error": told})
    return words.export.UNMADE if unread else words.export.NOT_WHOLE
