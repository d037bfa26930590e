"""Private scratch directory of this process; directories of crashed processes are removed at start."""

import asyncio
import fcntl
import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.config.errors import StartupError
from bot.config.paths import StoreError, private

log = logging.getLogger(__name__)

LOCK = "lock"
PIECE_BYTES = 1 << 20


class ScratchDir:
    """Makes files and folders for work in progress."""

    def __init__(self, own: Path) -> None:
        """Work in `own`; `open_scratch_dir` makes it."""
        self._own = own

    async def file(self) -> Path:
        """Make an empty file, which the caller removes; what is left goes with the directory."""
        handle, name = await asyncio.to_thread(tempfile.mkstemp, dir=self._own)
        os.close(handle)
        return Path(name)

    @asynccontextmanager
    async def folder(self) -> AsyncIterator[Path]:
        """Make a folder, and remove it afterwards with its content."""
        made = Path(await asyncio.to_thread(tempfile.mkdtemp, dir=self._own))
        try:
            yield made
        finally:
            await asyncio.to_thread(shutil.rmtree, made, ignore_errors=True)


@asynccontextmanager
async def open_scratch_dir(parent: Path | None = None) -> AsyncIterator[ScratchDir]:
    """Make this process's directory, after the directories of dead processes were removed.

    A process that runs holds a lock on its directory; the system releases it however the process ends.
    """
    parent = parent or Path(tempfile.gettempdir()) / f"genie-slack-bot-{os.getuid()}" / "files"
    try:
        own, lock = await asyncio.to_thread(_open, parent)
    except (OSError, StoreError) as refused:
        raise StartupError(f"{parent} cannot be used for files: set TMPDIR to another folder.") from refused
    try:
        yield ScratchDir(own)
    finally:
        await asyncio.to_thread(shutil.rmtree, own, ignore_errors=True)
        os.close(lock)


async def save(parts: AsyncIterator[bytes], path: Path) -> None:
    """Write a stream to a file, a megabyte at a time."""
    buffer = bytearray()
    file = await asyncio.to_thread(path.open, "wb")
    try:
        async for part in parts:
            buffer += part
            if len(buffer) >= PIECE_BYTES:
                await asyncio.to_thread(file.write, bytes(buffer))
                buffer.clear()
        await asyncio.to_thread(file.write, bytes(buffer))
    finally:
        await asyncio.to_thread(file.close)


def _open(parent: Path) -> tuple[Path, int]:
    private(parent.parent)
    private(parent)
    # Held while directories come and go, so that no process takes one without a lock yet for a dead one.
    gate = os.open(parent / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(gate, fcntl.LOCK_EX)
        for other in parent.iterdir():
            if other.is_dir() and not _lives(other):
                shutil.rmtree(other, ignore_errors=True)
                log.debug("scratch.removed")
        own = Path(tempfile.mkdtemp(dir=parent))
        lock = os.open(own / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
    finally:
        os.close(gate)
    return own, lock


def _lives(folder: Path) -> bool:
    try:
        lock = os.open(folder / LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(lock)
    return False
