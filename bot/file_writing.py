"""The rows of an answer as a file that Slack has and nobody sees yet."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from bot.collecting import TooLarge, collect
from bot.file_making import Downloaded, make
from bot.reading import Recalled
from bot.slack import SlackUnreachable
from bot.spool import Spool
from bot.studio import Studio, StudioError
from bot.uploads import Uploads
from genie.client import Genie
from genie.errors import GenieError
from genie.model import Table
from render import causes, words_files
from render.export import file_name
from render.words_files import title

log = logging.getLogger(__name__)

MOST_TRIES = 3
"""Tries to send a file, which was dear to make."""

Say = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that Slack has, what to call it, and what is to be said about it."""

    file_id: str
    title: str
    note: str = ""


class FileWriting:
    """Collects, writes and sends; GenieError, StudioError, OSError or Slack's errors when that fails."""

    def __init__(self, genie: Genie, uploads: Uploads, workshop: Studio, spool: Spool) -> None:
        """`workshop` writes files in a process of its own, into folders of `spool`."""
        self._genie, self._uploads, self._workshop, self._spool = genie, uploads, workshop, spool

    async def __call__(self, recalled: Recalled, table: Table, suffix: str, say: Say, *, last: bool) -> Sent:
        """Send the rows of an answer, all of them if Genie gives them; `say` tells what takes long.

        On the `last` try the rows at hand have to do.
        """
        query = recalled.answer.query
        about = (query.title if query else "") or recalled.progress.text
        async with self._spool.folder() as folder:
            source, note = await self._source(recalled, table, folder, say, last=last)
            path = folder / file_name(about, suffix)
            try:
                written = await self._workshop.run(make, source, path)
            except StudioError as error:
                if source is table:
                    raise
                log.warning("file.export_unread", extra={"error": str(error)})
                written, note = await self._workshop.run(make, table, path), words_files.NOT_WHOLE
            return Sent(await self._send(path), title(written, suffix), note)

    async def _source(
        self, recalled: Recalled, table: Table, folder: Path, say: Say, *, last: bool
    ) -> tuple[Table | Downloaded, str]:
        """Return the whole result if Genie gives it, else the rows at hand and why."""
        query = recalled.answer.query
        if not table.incomplete or query is None:
            return table, ""
        await say(words_files.COLLECTING)
        try:
            return await collect(self._genie, recalled.progress.ref, query, folder), ""
        except TooLarge:
            return table, words_files.TOO_LARGE
        except GenieError as error:
            if causes.of_error(error).passes and not last:
                raise
            log.warning("file.no_export", extra={"error": str(error)})
            return table, words_files.NOT_WHOLE

    async def _send(self, path: Path) -> str:
        for left in reversed(range(MOST_TRIES)):
            try:
                return await self._uploads.send_from(path)
            except SlackUnreachable:
                if not left:
                    raise
                await asyncio.sleep(1.0)
        raise AssertionError("the last try either returns or raises")
