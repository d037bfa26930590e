"""Who may read the metrics, over a real server."""

import asyncio

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application

from bot.server.metrics_page import MetricsPage

TOKEN = "a-token-of-some-length"
ALLOWED = (f"Bearer {TOKEN}", f"bearer {TOKEN}")
REFUSED = (None, "", TOKEN, f"Basic {TOKEN}", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}")


def page(token: str | None) -> TestServer:
    """Return a server with the page."""

    async def read() -> bytes:
        return b"genie_bot_redis_up 1.0\n"

    server = Application()
    MetricsPage(read, "text/plain; version=1.0.0", token).serve(server)
    return TestServer(server)


async def status(token: str | None, authorization: str | None) -> tuple[int, str, str]:
    """Read the page; return the status, the text and how the server wants to be asked."""
    headers = {} if authorization is None else {"Authorization": authorization}
    async with TestClient(page(token)) as client, client.get("/metrics", headers=headers) as answer:
        return answer.status, await answer.text(), answer.headers.get("WWW-Authenticate", "")


@pytest.mark.parametrize("authorization", ALLOWED)
async def test_who_has_the_token_reads(authorization: str) -> None:
    """The word before it may be written in either way."""
    assert await status(TOKEN, authorization) == (200, "genie_bot_redis_up 1.0\n", "")


@pytest.mark.parametrize("authorization", REFUSED)
async def test_who_does_not_have_it_learns_nothing(authorization: str | None) -> None:
    """Not even whether a part of it was right."""
    assert await status(TOKEN, authorization) == (401, "", "Bearer")


async def test_a_token_that_is_no_text_is_refused() -> None:
    """As any other; a client's library would not send it."""
    async with page(TOKEN) as server:
        reader, writer = await asyncio.open_connection(server.host, server.port)
        writer.write(b"GET /metrics HTTP/1.0\r\nAuthorization: Bearer \xff\r\n\r\n")
        assert b" 401 " in await reader.readline()
        writer.close()


async def test_a_port_without_a_token_is_open() -> None:
    """Who sets a port alone keeps others from it by other means."""
    assert (await status(None, None))[0] == 200
