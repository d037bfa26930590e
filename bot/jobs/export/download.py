"""Downloads a full result to disk, in bounded memory."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import stamina

from bot.jobs.export.write_rows import DownloadedResult
from bot.offload.scratch import save
from genie.calls.exports import Ticket
from genie.client import Genie
from genie.errors import GenieError, LinkExpired, NotFound, StatementFailed
from genie.model import MessageRef, Query
from genie.protocol.export_rows import FORMATS
from genie.protocol.links import Export, ExternalLink

log = logging.getLogger(__name__)

MAX_BYTES = 500 << 20
"""Of a result; Slack takes files of up to 1 GB."""
ATTEMPTS, PAUSE_SECONDS, WITHIN_SECONDS = 5, 2.0, 600.0
"""For one export; each attempt signs its links anew, and none begins later."""


class ExportTooLarge(Exception):  # noqa: N818 - named for what is the matter
    """The result is larger than `MAX_BYTES`."""


class ExportUnavailable(Exception):  # noqa: N818 - named for what is the matter
    """The result cannot be had, though the query ran again: a third run would hardly help."""


async def download_result(genie: Genie, ref: MessageRef, query: Query, folder: Path) -> DownloadedResult:
    """Export a full result into `folder`; ExportTooLarge, ExportUnavailable, or GenieError before it began.

    A broken download goes on with the part at which it broke. The query runs a second time only when
    Databricks no longer has its result.
    """
    ticket = await genie.start_export(ref, query)
    try:
        try:
            return await _Download(genie, ref, query, ticket, folder).run()
        except _ResultGone:
            log.info("export.result_gone")
            again = await genie.start_export(ref, query)
            return await _Download(genie, ref, query, again, folder).run()
    except (_ResultGone, GenieError) as error:
        raise ExportUnavailable(str(error)) from error


class _ResultGone(Exception):  # noqa: N818 - named for what is the matter
    """Databricks no longer has the result."""


class _Download:
    """The download of one full result, as far as it has come."""

    def __init__(self, genie: Genie, ref: MessageRef, query: Query, ticket: Ticket, folder: Path) -> None:
        self._genie, self._folder = genie, folder
        self._ref, self._query, self._ticket = ref, query, ticket
        self._shape: tuple[object, ...] = ()
        self._sizes: list[int] = []
        """Of the parts that are on the disk."""

    async def run(self) -> DownloadedResult:
        """Fetch all parts, after a transient failure the missing ones with new links."""
        loop, expired_at = asyncio.get_running_loop(), -1
        deadline = loop.time() + WITHIN_SECONDS

        def pause(error: Exception) -> bool | float:
            nonlocal expired_at
            if isinstance(error, LinkExpired):
                useless, expired_at = expired_at == len(self._sizes), len(self._sizes)
                return False if useless else 0.0
            if not isinstance(error, GenieError) or not error.retryable or loop.time() > deadline:
                return False
            log.info("export.download_retried", extra={"error": str(error)})
            return PAUSE_SECONDS

        try:
            async for attempt in stamina.retry_context(on=pause, attempts=ATTEMPTS, timeout=None):
                with attempt:
                    return await self._fetch()
        except (NotFound, StatementFailed) as error:
            raise _ResultGone if self._shape else error from None
        except LinkExpired:
            raise _ResultGone from None
        raise AssertionError("an attempt either returns or raises")

    async def _fetch(self) -> DownloadedResult:
        export = await self._genie.export(self._ref, self._query, self._ticket)
        if export.format not in FORMATS or not export.links or not export.columns:
            raise ExportUnavailable("the export has a form that cannot be read")
        if sum(link.byte_count or 0 for link in export.links) > MAX_BYTES:
            raise ExportTooLarge
        shape = tuple((link.chunk_index, link.row_count, link.byte_count) for link in export.links)
        if shape != self._shape:
            self._shape, self._sizes = shape, []
        for link in export.links[len(self._sizes) :]:
            self._sizes.append(await self._save(link))
        parts = tuple(map(self._path, range(len(self._sizes))))
        return DownloadedResult(
            export.format, export.columns, parts, rows=_row_count(export), whole=not export.truncated
        )

    def _path(self, at: int) -> Path:
        return self._folder / f"{at}.part"

    async def _save(self, link: ExternalLink) -> int:
        """Write what is behind a link to a file; return its size."""
        size, room = 0, MAX_BYTES - sum(self._sizes)

        async def counted(parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
            nonlocal size
            async for part in parts:
                size += len(part)
                if size > room:
                    raise ExportTooLarge
                yield part

        async with aclosing(self._genie.download(link)) as parts:
            await save(counted(parts), self._path(len(self._sizes)))
        return size


def _row_count(export: Export) -> int | None:
    """Return how many rows the links lead to, as far as Databricks says."""
    counts = [link.row_count for link in export.links]
    known = [count for count in counts if count is not None]
    if len(known) == len(counts):
        return sum(known)
    return None if export.truncated else export.total_rows
