"""One reply off the wire, bounded in size."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol, TypeVar

import aiohttp

from genie.errors import Malformed

T = TypeVar("T")

LARGE_FROM = 1 << 20
"""Bytes from which on a reply with rows is large."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; header names are lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    """Only its beginning where `file` has it all."""
    file: Path | None = None

    @property
    def ok(self) -> bool:
        """Whether the status is a success."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def is_page(self) -> bool:
        """Whether it is an HTML page, such as a login form, rather than an API reply."""
        return "html" in self.headers.get("content-type", "") or self.body[:100].lstrip()[:1] == b"<"

    @property
    def is_json(self) -> bool:
        """Whether it says that it is JSON; a reply that says nothing is given the benefit of the doubt."""
        return "json" in self.headers.get("content-type", "json")


class Large(Protocol):
    """What becomes of replies with rows that are too large for the event loop to hold and to decode."""

    async def store(self, parts: AsyncIterator[bytes]) -> Path:
        """Write a reply to a file."""
        ...

    async def decode(self, decode: Callable[[Any], T], path: Path) -> T:
        """Return what `decode` makes of the JSON in a file, rows spilled; Malformed when it is none."""
        ...


async def read_reply(response: aiohttp.ClientResponse, max_bytes: int, large: Large | None = None) -> Reply:
    """Read a reply to its end; Malformed when a success is larger than `max_bytes`, or aiohttp's errors.

    Of a refusal the status says enough: a body that is too large or breaks off is left out. A success that is
    too large for the memory goes to `large`, if that is given.
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
            if large and success and sum(map(len, parts)) > LARGE_FROM:
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
