"""A real Redis server on a socket: this machine's own if it has one, else the bot's."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.startup.embedded_redis import server_binary

STARTING_SECONDS = 10.0


@contextmanager
def redis_server() -> Iterator[str]:
    """Run a server that keeps nothing; yield its address."""
    with tempfile.TemporaryDirectory(prefix="redis-") as folder:
        address = Path(folder) / "socket"
        options = ("--port", "0", "--unixsocket", str(address), "--dir", folder)
        nothing = ("--save", "", "--appendonly", "no")
        with subprocess.Popen(  # noqa: S603 - the program and its options are ours
            [binary(), *options, *nothing], stdout=subprocess.DEVNULL, process_group=0
        ) as server:
            try:
                _wait_for(address, server)
                yield f"unix://{address}"
            finally:
                server.terminate()


def binary() -> str:
    """Return the program."""
    return str(shutil.which("redis-server") or shutil.which("valkey-server") or server_binary())


def _wait_for(address: Path, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the Redis server for the tests did not start"
        with socket.socket(socket.AF_UNIX) as connection:
            if connection.connect_ex(str(address)) == 0:
                return
        time.sleep(0.01)
    raise AssertionError("the Redis server for the tests does not answer")
