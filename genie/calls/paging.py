"""Read a list page by page, each when it is needed.

Vendor's pages: https://docs.databricks.com/api/workspace/genie (listspaces, listconversations, ...)
"""

from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

from genie.http.transport import Transport
from genie.protocol.messages import Page
from genie.protocol.requests import Request

Item = TypeVar("Item")

_MAX_PAGES = 2_000
"""As many as the 200,000 conversations that a space can hold; a list that never ends is left there."""


async def pages(
    transport: Transport,
    request: Callable[[str], Request],
    decode: Callable[[Any], Page[Item]],
    max_pages: int = _MAX_PAGES,
) -> AsyncIterator[tuple[Item, ...]]:
    """Yield the pages of a list in the server's order, up to one that names no next page or a known one.

    An empty page in the middle is a page: only the token says whether more follow.
    """
    token, seen = "", {""}
    for _ in range(max_pages):
        items, token = await transport.read(request(token), decode)
        yield items
        if token in seen:
            return
        seen.add(token)


async def listed(
    transport: Transport, request: Callable[[str], Request], decode: Callable[[Any], Page[Item]]
) -> AsyncIterator[Item]:
    """Yield the items of a list in the server's order."""
    async for items in pages(transport, request, decode):
        for item in items:
            yield item
