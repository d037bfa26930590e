"""A folder for files that are on their way to Slack, which nobody else can enter and no crash leaves full."""

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
PIECE = 1 << 20


class Spool:
    """Folders within one that belongs to this process."""

    def __init__(self, own: Path) -> None:
        """Work in `own`; `spool` makes it."""
        self._own = own

    async def file(self) -> Path:
        """Make an empty file; to remove it is the caller's, and ours in the end."""
        handle, name = await asyncio.to_thread(tempfile.mkstemp, dir=self._own)
        os.close(handle)
        return Path(name)

    @asynccontextmanager
    async def folder(self) -> AsyncIterator[Path]:
        """Give a folder that is gone afterwards with all that was put into it."""
        made = Path(await asyncio.to_thread(tempfile.mkdtemp, dir=self._own))
        try:
            yield made
        finally:
            await asyncio.to_thread(shutil.rmtree, made, ignore_errors=True)


@asynccontextmanager
async def spool(parent: Path | None = None) -> AsyncIterator[Spool]:
    """Open this process's folder, after the folders of dead processes have been removed.

    A lock tells who lives: the system lets go of it however a process ends.
    """
    parent = parent or Path(tempfile.gettempdir()) / f"genie-slack-bot-{os.getuid()}" / "files"
    try:
        own, lock = await asyncio.to_thread(_open, parent)
    except (OSError, StoreError) as refused:
        raise StartupError(f"{parent} cannot be used for files: set TMPDIR to another folder.") from refused
    try:
        yield Spool(own)
    finally:
        await asyncio.to_thread(shutil.rmtree, own, ignore_errors=True)
        os.close(lock)


async def save(parts: AsyncIterator[bytes], path: Path) -> None:
    """Write what comes to a file, a megabyte at a time."""
    held = bytearray()
    file = await asyncio.to_thread(path.open, "wb")
    try:
        async for part in parts:
            held += part
            if len(held) >= PIECE:
                await asyncio.to_thread(file.write, bytes(held))
                held.clear()
        await asyncio.to_thread(file.write, bytes(held))
    finally:
        await asyncio.to_thread(file.close)


def _open(parent: Path) -> tuple[Path, int]:
    private(parent.parent)
    private(parent)
    # Held while folders come and go, so that nobody takes a folder that has no lock yet for a dead one's.
    door = os.open(parent / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(door, fcntl.LOCK_EX)
        for other in parent.iterdir():
            if other.is_dir() and not _lives(other):
                shutil.rmtree(other, ignore_errors=True)
                log.debug("files.swept")
        own = Path(tempfile.mkdtemp(dir=parent))
        lock = os.open(own / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
    finally:
        os.close(door)
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
