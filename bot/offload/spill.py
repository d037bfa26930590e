"""Large results in files: the executor decodes them and reads them back when needed.

The event loop holds only a small part of one at any time.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

from bot.offload.executor import Executor, ExecutorError
from bot.offload.scratch import ScratchDir, save
from genie.errors import Malformed
from genie.protocol.coerce import parse
from genie.protocol.results import Chunk, Statement
from genie.protocol.spilled_rows import SpilledRows, SpillFile, widest
from render.blockkit.reply import File, Reply

log = logging.getLogger(__name__)

T = TypeVar("T")


class SpillBackend:
    """Stores and decodes large replies for `genie.client`."""

    def __init__(self, executor: Executor, scratch: ScratchDir) -> None:
        """Decode in `executor`, with files in `scratch`."""
        self._executor, self._scratch = executor, scratch

    async def store(self, parts: AsyncIterator[bytes]) -> Path:
        """Write a reply to a file."""
        path = await self._scratch.file()
        try:
            await save(parts, path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path

    async def decode(self, decode: Callable[[Any], T], path: Path) -> T:
        """Decode a file in the executor and remove it; Malformed when it cannot be read."""
        rows = path.with_suffix(".rows")
        try:
            done = await self._executor.run(decode_to_spill, decode, path, rows)
        except ExecutorError as error:
            log.warning("rows.decoded_here", extra={"error": str(error)})
            rows.unlink(missing_ok=True)
            return await asyncio.to_thread(lambda: decode(parse(path.read_bytes())))
        except BaseException:
            rows.unlink(missing_ok=True)
            raise
        finally:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        if isinstance(done, Malformed):
            raise done
        for spill_file in spill_files(done):
            spill_file.delete_when_unused()
        return done


LARGE_BYTES = 1 << 20


def with_large_files_at(place: Path, work: Callable[[], Reply]) -> Reply:
    """Compose a reply in the executor, with its large files as spill files beside `place`."""
    reply = work()
    files = (
        _spilled(file, place.with_suffix(f".{at}")) if len(file.content) > LARGE_BYTES else file
        for at, file in enumerate(reply.files)
    )
    return replace(reply, files=tuple(files))


def _spilled(file: File, path: Path) -> File:
    path.write_bytes(file.content)
    return replace(file, content=b"", spill_file=SpillFile(path))


def decode_to_spill(decode: Callable[[Any], T], reply: Path, rows_path: Path) -> T | Malformed:
    """Decode a file with its rows left in `rows_path`; Malformed is returned, so that it can be pickled."""
    try:
        done: Any = decode(parse(reply.read_bytes()))
    except Malformed as error:
        return error
    chunk = _chunk(done)
    if chunk and chunk.rows:
        rows = SpilledRows((SpillFile.write(rows_path, chunk.rows),), len(chunk.rows), widest(chunk.rows))
        chunk = replace(chunk, rows=rows)
        done = replace(done, first=chunk) if isinstance(done, Statement) else chunk
    return cast("T", done)


def spill_files(done: object) -> list[SpillFile]:
    """Return the files that hold the rows of a decoded reply."""
    chunk = _chunk(done)
    rows: object = chunk.rows if chunk else ()
    return (
        [part for part in rows.parts if isinstance(part, SpillFile)] if isinstance(rows, SpilledRows) else []
    )


def _chunk(done: object) -> Chunk | None:
    if isinstance(done, Statement):
        return done.first
    return done if isinstance(done, Chunk) else None
