"""One reply off the wire, bounded in size."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import aiohttp

from genie.errors import Malformed


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; header names are lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

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


async def read_reply(response: aiohttp.ClientResponse, max_bytes: int) -> Reply:
    """Read a reply to its end; Malformed when a success is larger than `max_bytes`, or aiohttp's errors.

    Of a refusal the status says enough: a body that is too large or breaks off is left out.
    """
    headers = {name.lower(): value for name, value in response.headers.items()}
    if "content-type" in headers:
        headers["content-type"] = headers["content-type"].lower()
    try:
        body = await _bounded(response.content, max_bytes)
    except (Malformed, aiohttp.ClientError, OSError):
        if response.status < HTTPStatus.MULTIPLE_CHOICES:
            raise
        body = b""
    return Reply(response.status, headers, body)


async def _bounded(content: aiohttp.StreamReader, max_bytes: int) -> bytes:
    parts, size = [], 0
    async for part in content.iter_any():
        size += len(part)
        if size > max_bytes:
            raise Malformed("the reply is too large")
        parts.append(part)
    return b"".join(parts)
