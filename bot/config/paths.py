"""Where the bot keeps its files on this machine."""

import hashlib
import os
import stat
from pathlib import Path

import platformdirs

from bot.config.errors import StartupError

_APP = "genie-slack-bot"

_LONGEST_SOCKET = 100
"""In bytes; Linux allows 107 and macOS 103 (unix(7))."""


class StoreError(StartupError):
    """The bot's own store cannot run; the text says what to do, for the person who starts the bot."""


def default_data_dir() -> Path:
    """Return where this operating system wants an application's data."""
    return platformdirs.user_data_path(_APP)


def matplotlib_dir() -> Path:
    """Return where matplotlib may keep its list of fonts."""
    return platformdirs.user_cache_path(_APP) / "matplotlib"


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
