"""The bot as a process of its own, that never outlives the one that started it."""

import asyncio
import ctypes
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_PATIENCE = 5.0
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "TERM", "NO_COLOR")
"""What the bot may know of its surroundings: no proxy, no setting of a real workspace."""
_PR_SET_PDEATHSIG = 1


@asynccontextmanager
async def bot_process(
    environment: Mapping[str, str], folder: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `python -m bot` with this environment and a fresh data folder; end it at the end.

    It works in an empty folder, so that it does not find a `.env` that is meant for a real workspace.
    """
    with _data_folder(folder) as data:
        around = {name: os.environ[name] for name in _KEPT if name in os.environ}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            env={**around, "PYTHONPATH": str(_ROOT), "DATA_DIR": data, **environment},
            cwd=data,
            stdin=asyncio.subprocess.DEVNULL,
            # Ctrl-C in a terminal goes to a whole process group; the bot is told to end once, by us.
            start_new_session=True,
            preexec_fn=_end_with_parent(),
        )
        try:
            yield process
        finally:
            await _end(process)


def _data_folder(folder: Path) -> tempfile.TemporaryDirectory[str]:
    folder.mkdir(exist_ok=True)
    return tempfile.TemporaryDirectory(prefix="bot-", dir=folder.resolve(), ignore_cleanup_errors=True)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(_PATIENCE):
                await process.wait()
        except TimeoutError:
            pass
    # Whatever it started and left behind is in its own process group.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def _end_with_parent() -> Callable[[], None] | None:
    """Give the call that makes Linux end a child whose parent was killed; None elsewhere.

    https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def end_with_parent() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

    return end_with_parent
