"""Read a reply from the network, bounded in size; large replies with rows go to a file."""

from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol, TypeVar

import aiohttp

from genie.errors import Malformed
from genie.protocol.reply import Reply

T = TypeVar("T")

LARGE_FROM_BYTES = 1 << 20
"""From this size on a reply with rows is large."""


class LargeReplyBackend(Protocol):
    """Stores and decodes replies with rows that are too large for the event loop."""

    async def store(self, parts: AsyncIterator[bytes]) -> Path:
        """Write a reply to a file."""
        ...

    async def decode(self, decode: Callable[[Any], T], path: Path) -> T:
        """Return what `decode` makes of the JSON in a file, rows spilled; Malformed when it is none."""
        ...


async def read_reply(
    response: aiohttp.ClientResponse, max_bytes: int, large: LargeReplyBackend | None = None
) -> Reply:
    """Read a reply to its end; Malformed when a success is larger than `max_bytes`, or aiohttp's errors.

    The body of a refusal is left out when it is too large or breaks off: the status says enough. A large
    success goes to `large`, if that is given.
    """
    headers = {name.lower(): value for name, value in response.headers.items()}
    if "content-type" in headers:
        headers["content-type"] = headers["content-type"].lower()
    success = response.status < HTTPStatus.MULTIPLE_CHOICES
    parts: list[bytes] = []
    coming = _bounded(response.content, max_bytes)
    try:
        async for part in coming:
            parts.append(part)
            if large and success and sum(map(len, parts)) > LARGE_FROM_BYTES:
                return Reply(response.status, headers, parts[0], await large.store(_after(parts, coming)))
    except (Malformed, aiohttp.ClientError, OSError):
        if success:
            raise
        parts = []
    return Reply(response.status, headers, b"".join(parts))


async def _after(parts: list[bytes], coming: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
    async for part in coming:
        yield part


async def _bounded(content: aiohttp.StreamReader, max_bytes: int) -> AsyncIterator[bytes]:
    size = 0
    async for part in content.iter_any():
        size += len(part)
        if size > max_bytes:
            raise Malformed("the reply is too large")
        yield part
