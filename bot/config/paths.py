"""Where the bot's own store has its files on this machine."""

import hashlib
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.config.errors import StartupError

_LONGEST_SOCKET = 100
"""In bytes; Linux allows 107 and macOS 103 (unix(7))."""


class StoreError(StartupError):
    """The bot's own store cannot run; the text says what to do, for the person who starts the bot."""


def default_data_dir(environ: Mapping[str, str] = os.environ, system: str = sys.platform) -> Path:
    """Say where this operating system wants an application's data (XDG base directories, Apple's library)."""
    home = Path(environ.get("HOME") or Path.home())
    if system == "darwin":
        return home / "Library" / "Application Support" / "genie-slack-bot"
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "genie-slack-bot"


def private(folder: Path) -> Path:
    """Create a folder that only we can enter, or raise StoreError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            raise StoreError(
                f"{folder} belongs to somebody else: set DATA_DIR to another folder, or REDIS_URL."
            )
        folder.chmod(0o700)
    except OSError as refused:
        raise StoreError(
            f"{folder} cannot be used ({refused.strerror}): set DATA_DIR or REDIS_URL."
        ) from refused
    return folder


def socket_for(folder: Path) -> Path:
    """Choose a socket's path, the same in every process: in `folder`, or under /tmp if that is too long."""
    socket = folder / "socket"
    if len(os.fsencode(socket)) <= _LONGEST_SOCKET:
        return socket
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return private(Path(f"/tmp/genie-slack-bot-{os.getuid()}")) / name  # noqa: S108 - `private` sees to it
