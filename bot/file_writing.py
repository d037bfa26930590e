"""The rows of an answer as a file that Slack has and nobody sees yet."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from bot.collecting import TooLarge, Uncollected, collect
from bot.file_making import make
from bot.names import Names
from bot.reading import Recalled
from bot.slack import SlackBusy, SlackRefused, SlackUnreachable
from bot.spool import Spool
from bot.studio import Studio, StudioError
from bot.uploads import TOO_LARGE as TOO_LARGE_FOR_SLACK
from bot.uploads import Uploads
from genie.client import Genie
from genie.errors import GenieError
from genie.model import Table
from render import causes, words_files
from render.export import file_name
from render.locales import locale_of
from render.words_files import Written, title

log = logging.getLogger(__name__)

PAUSES = (1.0, 4.0)
"""Seconds before each further try to send a file."""

Say = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that Slack has, what to call it, and what is to be said about it."""

    file_id: str
    title: str
    note: str = ""


class FileWriting:
    """Collects, writes and sends; GenieError, StudioError, OSError or Slack's errors when that fails."""

    def __init__(self, genie: Genie, uploads: Uploads, workshop: Studio, spool: Spool, names: Names) -> None:
        """`workshop` writes files in its own process, into folders of `spool`; `names` knows languages."""
        self._genie, self._uploads, self._workshop, self._spool = genie, uploads, workshop, spool
        self._names = names

    async def __call__(self, recalled: Recalled, table: Table, suffix: str, say: Say, *, last: bool) -> Sent:
        """Send the rows of an answer, all of them if Genie gives them; `say` tells what takes long.

        On the `last` try the rows at hand have to do.
        """
        query = recalled.answer.query
        about = (query.title if query else "") or recalled.progress.text
        asked = recalled.question
        locale = locale_of(await self._names.locale(asked.place.team, asked.asker))
        async with self._spool.folder() as folder:
            path = folder / file_name(about, suffix)
            written, note = await self._written(recalled, table, path, say, last=last)
            try:
                file_id = await self._send(path)
            except SlackRefused as refused:
                if refused.code != TOO_LARGE_FOR_SLACK or written.rows <= len(table.rows):
                    raise
                written, note = await self._workshop.run(make, table, path), words_files.TOO_LARGE
                file_id = await self._send(path)
            return Sent(file_id, title(written, suffix, locale), note or words_files.left_out(written))

    async def _written(
        self, recalled: Recalled, table: Table, path: Path, say: Say, *, last: bool
    ) -> tuple[Written, str]:
        """Write the whole result if Genie gives it, else the rows at hand; then also return why."""
        query, note = recalled.answer.query, ""
        if table.incomplete and query is not None:
            await say(words_files.COLLECTING)
            try:
                # A folder of its own: if it fills the disk, there is room again for the rows at hand.
                async with self._spool.folder() as parts:
                    whole = await collect(self._genie, recalled.progress.ref, query, parts)
                    return await self._workshop.run(make, whole, path), ""
            except (TooLarge, Uncollected, GenieError, StudioError, OSError) as error:
                if isinstance(error, GenieError) and causes.of_error(error).passes and not last:
                    raise
                note = _said(error)
        return await self._workshop.run(make, table, path), note

    async def _send(self, path: Path) -> str:
        """Send a file that was dear to make, again if Slack is away or wants to wait."""
        for pause in (*PAUSES, None):
            try:
                return await self._uploads.send_from(path)
            except SlackBusy as busy:
                if pause is None:
                    raise SlackUnreachable("busy") from None
                await asyncio.sleep(busy.retry_after)
            except SlackUnreachable:
                if pause is None:
                    raise
                await asyncio.sleep(pause)
        raise AssertionError("the last try either returns or raises")


def _said(error: Exception) -> str:
    """Log why there is no file of the whole result; return what is said about it."""
    if isinstance(error, TooLarge):
        return words_files.TOO_LARGE
    unread = isinstance(error, StudioError | OSError)
    told = type(error).__name__ if isinstance(error, OSError) else str(error)
    log.warning("file.export_unread" if unread else "file.no_export", extra={"error": told})
    return words_files.UNMADE if unread else words_files.NOT_WHOLE
