"""A full result from Databricks' storage to this machine's disk, never more than a part of it in memory."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

from bot.file_making import Downloaded
from bot.spool import save
from genie.client import Genie
from genie.errors import LinkExpired, Malformed
from genie.exported import FORMATS
from genie.links import ExternalLink
from genie.model import MessageRef, Query

LARGEST = 500 << 20
"""Bytes of a result that we carry to Slack, which takes files of up to 1 GB."""


class TooLarge(Exception):  # noqa: N818 - named for what is the matter
    """The result exceeds `LARGEST`."""


async def collect(genie: Genie, ref: MessageRef, query: Query, folder: Path) -> Downloaded:
    """Export a full result into `folder`; GenieError when it cannot be had, or TooLarge.

    Links that expire meanwhile are fetched anew once, which runs the query again.
    """
    try:
        return await _collect(genie, ref, query, folder)
    except LinkExpired:
        return await _collect(genie, ref, query, folder)


async def _collect(genie: Genie, ref: MessageRef, query: Query, folder: Path) -> Downloaded:
    export = await genie.export(ref, query)
    if export.format not in FORMATS or not export.links:
        raise Malformed("the export has a form that cannot be read")
    if sum(link.byte_count or 0 for link in export.links) > LARGEST:
        raise TooLarge
    room, parts = LARGEST, []
    for at, link in enumerate(export.links):
        parts.append(folder / f"{at}.part")
        room -= await _save(genie, link, parts[-1], room)
    return Downloaded(export.format, export.columns, tuple(parts), whole=not export.truncated)


async def _save(genie: Genie, link: ExternalLink, path: Path, room: int) -> int:
    """Write what is behind a link to a file; return its size."""
    size = 0

    async def counted(parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        nonlocal size
        async for part in parts:
            size += len(part)
            if size > room:
                raise TooLarge
            yield part

    async with aclosing(genie.download(link)) as parts:
        await save(counted(parts), path)
    return size
