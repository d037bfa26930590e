"""How long the bot's own store takes to start, beside the bare server that it starts.

    python -m bench.store_start

Loopback only; ends within some seconds.
"""

import asyncio
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as NotYet

from bot.startup.embedded_redis import embedded_store, server_binary

ROUNDS = 9


async def main() -> None:
    """Start both in turn and print the medians."""
    ours, bare = [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            async with embedded_store(Path(folder)):
                ours.append(time.perf_counter() - began)
        with tempfile.TemporaryDirectory() as folder:
            bare.append(await _bare(Path(folder) / "socket"))
    print(f"the bot's store answers after   {statistics.median(ours) * 1000:6.1f} ms")
    print(f"the bare server answers after   {statistics.median(bare) * 1000:6.1f} ms")
    print(f"ratio                           {statistics.median(ours) / statistics.median(bare):6.1f}")


async def _bare(address: Path) -> float:
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: ASYNC220, S603 - the program and its options are ours
        [server_binary(), "--port", "0", "--unixsocket", str(address), "--save", ""],
        stdout=subprocess.DEVNULL,
    ) as server:
        async with Redis(unix_socket_path=str(address)) as redis:
            while True:
                try:
                    await redis.ping()
                except NotYet:
                    await asyncio.sleep(0.001)
                else:
                    break
        took = time.perf_counter() - began
        server.terminate()
    return took


if __name__ == "__main__":
    asyncio.run(main())
