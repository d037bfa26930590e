"""Large results go from the network to the disk, are decoded in the studio and wait in files for it.

The event loop only ever holds a small part of one.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

from bot.offload.executor import Studio, StudioError
from bot.offload.scratch import Spool, save
from genie.errors import Malformed
from genie.protocol.coerce import parse
from genie.protocol.results import Chunk, Statement
from genie.protocol.spilled_rows import Packed, Parcel, widest
from render.blockkit.reply import File, Reply

log = logging.getLogger(__name__)

T = TypeVar("T")


class LargeReplies:
    """What `genie.client` is given for replies with many rows."""

    def __init__(self, studio: Studio, spool: Spool) -> None:
        """Decode in `studio`, by way of files in `spool`."""
        self._studio, self._spool = studio, spool

    async def store(self, parts: AsyncIterator[bytes]) -> Path:
        """Write a reply to a file."""
        path = await self._spool.file()
        try:
            await save(parts, path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path

    async def decode(self, decode: Callable[[Any], T], path: Path) -> T:
        """Return what `decode` makes of a file, which is gone then; or raise Malformed."""
        packed = path.with_suffix(".rows")
        try:
            done = await self._studio.run(decoded_apart, decode, path, packed)
        except StudioError as error:
            log.warning("rows.decoded_here", extra={"error": str(error)})
            packed.unlink(missing_ok=True)
            return await asyncio.to_thread(lambda: decode(parse(path.read_bytes())))
        except BaseException:
            packed.unlink(missing_ok=True)
            raise
        finally:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        if isinstance(done, Malformed):
            raise done
        for parcel in parcels(done):
            parcel.own()
        return done


LARGE = 1 << 20
"""Bytes."""


def with_large_files_at(place: Path, work: Callable[[], Reply]) -> Reply:
    """Return the reply that `work` composes, its large files beside `place`, for whoever gets it to own."""
    reply = work()
    files = (
        _kept(file, place.with_suffix(f".{at}")) if len(file.content) > LARGE else file
        for at, file in enumerate(reply.files)
    )
    return replace(reply, files=tuple(files))


def _kept(file: File, path: Path) -> File:
    path.write_bytes(file.content)
    return replace(file, content=b"", parcel=Parcel(path))


def decoded_apart(decode: Callable[[Any], T], reply: Path, packed: Path) -> T | Malformed:
    """Return what `decode` makes of a file, rows in the file `packed`; Malformed as a value, to travel."""
    try:
        done: Any = decode(parse(reply.read_bytes()))
    except Malformed as error:
        return error
    chunk = _chunk(done)
    if chunk and chunk.rows:
        rows = Packed((Parcel.packed(packed, chunk.rows),), len(chunk.rows), widest(chunk.rows))
        chunk = replace(chunk, rows=rows)
        done = replace(done, first=chunk) if isinstance(done, Statement) else chunk
    return cast("T", done)


def parcels(done: object) -> list[Parcel]:
    """Return the files in which a decoded reply has its rows."""
    chunk = _chunk(done)
    rows: object = chunk.rows if chunk else ()
    return [part for part in rows.parts if isinstance(part, Parcel)] if isinstance(rows, Packed) else []


def _chunk(done: object) -> Chunk | None:
    if isinstance(done, Statement):
        return done.first
    return done if isinstance(done, Chunk) else None
