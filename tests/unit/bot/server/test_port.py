"""The port between browsers, probes and scanners."""

import asyncio
import logging

import pytest
from aiohttp import web

from bot.server.port import open_port
from tests.stories.world import free_port

SCANNERS = (
    b"GET / HTTP/1.1\r\nHost: a\r\nno header\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\n\r\n",
    b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Encoding: gzip\r\n\r\nplain",
)


async def breaks(_: web.Request) -> web.Response:
    """Have a fault of our own."""
    raise KeyError


async def reads(request: web.Request) -> web.Response:
    """Read what was sent."""
    return web.Response(text=await request.text())


async def logged(request: bytes, caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """Send these bytes to the port; return what is logged of them."""
    server, port = web.Application(), free_port()
    server.add_routes([web.get("/breaks", breaks), web.post("/", reads)])
    async with open_port(server, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        caplog.clear()
        writer.write(request)
        assert b"HTTP/1." in await reader.readline()
        writer.close()
    return [each for each in caplog.records if each.levelno > logging.DEBUG]


@pytest.mark.parametrize("request_", SCANNERS)
async def test_what_is_not_http_is_one_quiet_line(request_: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """The internet sends it to every port, and no operator has to do anything about it."""
    caplog.set_level(logging.INFO)
    records = await logged(request_, caplog)
    assert {(each.message, each.levelname) for each in records} == {("port.malformed", "INFO")}
    assert not any(each.exc_info for each in records)


async def test_a_fault_of_ours_has_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    """It is for us to mend."""
    [record] = await logged(b"GET /breaks HTTP/1.1\r\nHost: a\r\n\r\n", caplog)
    assert (record.levelname, bool(record.exc_info)) == ("ERROR", True)
