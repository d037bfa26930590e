"""A Redis as an older one says that it is: a proxy that changes its version on the way."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

VERSION = re.compile(rb"redis_version:[\d.]+")


@asynccontextmanager
async def old_redis(socket: str) -> AsyncIterator[str]:
    """Stand before the server at `socket`; yield the address to use instead."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        theirs, ours = await asyncio.open_unix_connection(socket)
        await asyncio.gather(_pass(reader, ours), _pass(theirs, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"redis://127.0.0.1:{port}"


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1 << 20):
        writer.write(VERSION.sub(_older, data))
    writer.close()


def _older(found: "re.Match[bytes]") -> bytes:
    return b"redis_version:5.0.14".ljust(len(found[0]), b"0")[: len(found[0])]
