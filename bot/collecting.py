"""A full result from Databricks' storage to this machine's disk, never more than a part of it in memory."""

import asyncio
from contextlib import aclosing
from pathlib import Path

from bot.file_making import Downloaded
from genie.client import Genie
from genie.errors import LinkExpired, Malformed
from genie.exported import FORMATS
from genie.links import ExternalLink
from genie.model import MessageRef, Query

LARGEST = 500 << 20
"""Bytes of a result that we carry to Slack, which takes files of up to 1 GB."""
_PART = 1 << 20


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
    size, held = 0, bytearray()
    file = await asyncio.to_thread(path.open, "wb")
    try:
        async with aclosing(genie.download(link)) as parts:
            async for part in parts:
                size += len(part)
                if size > room:
                    raise TooLarge
                held += part
                if len(held) >= _PART:
                    await asyncio.to_thread(file.write, bytes(held))
                    held.clear()
        await asyncio.to_thread(file.write, bytes(held))
    finally:
        await asyncio.to_thread(file.close)
    return size
