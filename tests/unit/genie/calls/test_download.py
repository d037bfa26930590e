"""A link of an export is downloaded from the storage, and nothing of ours goes there."""

import asyncio
import gzip
import logging
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from genie.calls import download
from genie.client import Genie
from genie.errors import GenieError, LinkExpired, Malformed, Unavailable, Unreachable
from genie.protocol.links import ExternalLink
from tests.unit.genie.genie_server import DROP, GenieServer, Say

PLACE = "/part/1"
GET = f"GET {PLACE}"
ROWS = Say(body=b"region\nEMEA\n", headers={"Content-Type": "text/csv"})


def link(server: GenieServer, path: str = f"{PLACE}?sig=a%2Fb%3D") -> ExternalLink:
    return ExternalLink(server.url + path, {"x-amz-key": "k"})


async def read(parts: AsyncIterator[bytes], into: bytearray | None = None) -> bytes:
    """Return what comes, and leave it in `into` also when it breaks off."""
    got = bytearray() if into is None else into
    async for part in parts:
        got += part
    return bytes(got)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """Return a session that has headers and cookies of its own."""
    async with aiohttp.ClientSession(
        headers={"Authorization": "Bearer ours", "X-Ours": "1"},
        cookies={"ours": "1"},
        cookie_jar=aiohttp.CookieJar(unsafe=True),
        trust_env=True,
    ) as session:
        yield session


async def test_a_part_comes_as_it_is_stored(server: GenieServer, genie: Genie) -> None:
    """The link is used letter by letter, with the headers that were listed for it."""
    server.on(GET, ROWS)
    assert await read(genie.download(link(server))) == b"region\nEMEA\n"
    (seen,) = server.seen
    assert (seen.query, seen.headers["x-amz-key"]) == ({"sig": "a/b="}, "k")


async def test_nothing_of_ours_goes_to_the_storage(
    server: GenieServer, http: aiohttp.ClientSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither token nor name, nor what session or environment have for others; the session lives on."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login us password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    server.on(GET, ROWS)
    await read(download.download(http, link(server), plain=True))
    sent = {name.lower() for name in server.seen[0].headers}
    assert sent == {"host", "accept", "accept-encoding", "x-amz-key"}
    assert not http.closed


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
async def test_a_link_that_the_storage_refuses_has_expired(
    status: int, server: GenieServer, genie: Genie
) -> None:
    """Storages have different numbers for the same thing; a new export gives a new link."""
    server.on(GET, Say(body=b"<Error>AccessDenied</Error>", status=status))
    with pytest.raises(LinkExpired) as raised:
        await read(genie.download(link(server)))
    assert raised.value.status == status


@pytest.mark.parametrize("status", [408, 429, 500, 503])
async def test_a_storage_in_trouble_is_unavailable(status: int, server: GenieServer, genie: Genie) -> None:
    """The link is still good."""
    server.on(GET, Say(status=status))
    with pytest.raises(Unavailable):
        await read(genie.download(link(server)))


@pytest.mark.parametrize("status", [301, 302, 307, 204, 206])
async def test_a_redirect_is_not_followed(status: int, server: GenieServer, genie: Genie) -> None:
    """The listed headers are for one place; and half a part is no part."""
    server.on(GET, Say(status=status, body=b"", headers={"Location": f"{server.url}/elsewhere"}))
    with pytest.raises(Malformed):
        await read(genie.download(link(server)))
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://storage.example/x",
        "http://127.0.0.1.evil.example/x",
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "//127.0.0.1/x",
        "https://user:secret@storage.example/x",
        "https://",
        "https://storage.example/a b",
        "https://storage.example/\r\nX: 1",
        "https://storage.example:99999/",
        "javascript:alert(1)",
        "",
    ],
)
async def test_a_link_that_leads_nowhere_good_is_not_followed(url: str, genie: Genie) -> None:
    """Only https, or http to this machine when the workspace is here too."""
    with pytest.raises(Malformed) as raised:
        await read(genie.download(ExternalLink(url)))
    assert "example" not in repr(raised.value)


async def test_plain_http_is_for_a_workspace_on_this_machine(
    server: GenieServer, http: aiohttp.ClientSession
) -> None:
    """A real workspace must not make us call our own machine in the clear."""
    with pytest.raises(Malformed):
        await read(download.download(http, link(server), plain=False))
    assert server.seen == []


@pytest.mark.parametrize(
    "headers",
    [{"a b": "x"}, {"": "x"}, {"x": "a\r\nb"}, {"x": "ü"}, {"Host": "evil"}, {"Content-Length": "9"}],
)
async def test_headers_that_would_change_the_request_are_refused(
    headers: dict[str, str], server: GenieServer, genie: Genie
) -> None:
    """They come from outside, and end up in a request of ours."""
    with pytest.raises(Malformed):
        await read(genie.download(ExternalLink(link(server).url, headers)))
    assert server.seen == []


@pytest.mark.parametrize("packed", [False, True])
async def test_a_download_is_bounded(
    server: GenieServer, http: aiohttp.ClientSession, *, packed: bool
) -> None:
    """What counts is what it is unpacked."""
    body = bytes(300_000)
    server.on(
        GET,
        Say(body=gzip.compress(body), headers={"Content-Encoding": "gzip"}) if packed else Say(body=body),
    )
    got = bytearray()
    with pytest.raises(Malformed):
        await read(download.download(http, link(server), plain=True, max_bytes=100_000), got)
    assert len(got) <= 100_000


async def test_a_download_that_breaks_off_is_an_error(server: GenieServer, genie: Genie) -> None:
    """After some of the bytes too: half a file must not pass for a whole one."""
    server.on(GET, Say(body=b"x" * 100, then="break"))
    got = bytearray()
    with pytest.raises(Unreachable):
        await read(genie.download(link(server)), got)
    assert bytes(got) in {b"", b"x" * 50}


async def test_trouble_on_the_way_tells_nothing_of_the_link(
    server: GenieServer, genie: Genie, caplog: pytest.LogCaptureFixture
) -> None:
    """Not its host, path or signature."""
    server.on(GET, DROP)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        deaf = ExternalLink(f"http://127.0.0.1:{taken.getsockname()[1]}/secret?sig=secret")
        with caplog.at_level(logging.DEBUG):
            for each in (link(server), deaf):
                with pytest.raises(Unreachable) as raised:
                    await read(genie.download(each))
                assert "127.0.0.1" not in f"{raised.value!r}{raised.value.detail}{each!r}"
    assert "sig" not in caplog.text


async def test_a_silent_storage_is_left(
    server: GenieServer, genie: Genie, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waiting for the next byte has a bound."""
    monkeypatch.setattr("genie.calls.download._TIMEOUT", aiohttp.ClientTimeout(sock_read=0.2))
    server.on(GET, Say(then="hang"))
    async with asyncio.timeout(5):
        with pytest.raises(GenieError):
            await read(genie.download(link(server)))


async def test_whoever_has_enough_may_leave(server: GenieServer, genie: Genie) -> None:
    """The connection is given up, and the next download works."""
    server.on(GET, Say(body=bytes(1 << 20)), ROWS)
    parts = genie.download(link(server))
    assert await anext(parts)
    await parts.aclose()
    assert await read(genie.download(link(server))) == b"region\nEMEA\n"
