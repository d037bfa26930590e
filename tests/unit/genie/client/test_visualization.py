"""Genie's own chart: asked for with the question, fetched as PNG, and looked at before it is shown."""

import struct

import pytest

from genie.client import Genie
from genie.errors import GenieError, Malformed, NotFound, SignInFailed
from genie.model import MessageRef
from tests.unit.genie.genie_server import SPACE, GenieServer, Say, payload

REF = MessageRef("s", "c", "m")
PICTURE = "GET /api/2.0/genie/spaces/s/conversations/c/messages/m/attachments/v/download-visualization"


def png(width: int = 640, height: int = 480, *, kind: bytes = b"IHDR", more: int = 0) -> bytes:
    """Return the beginning and the end of a PNG that claims a size."""
    header = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, kind, width, height)
    return header + b"\x08\x06\x00\x00\x00" + bytes(more) + bytes(4) + b"IEND\xaeB`\x82"


def picture(body: bytes, media_type: str = "application/octet-stream") -> Say:
    return Say(body=body, headers={"Content-Type": media_type})


@pytest.mark.parametrize("visualization", [True, False])
async def test_a_chart_is_asked_for_or_not_mentioned(
    server: GenieServer, genie: Genie, *, visualization: bool
) -> None:
    """A workspace that does not know the field refuses it, so it is not there unless it is wanted."""
    server.on(f"POST /api/2.0/genie/spaces/{SPACE}/start-conversation", Say(payload("start_conversation")))
    server.on(f"POST /api/2.0/genie/spaces/{SPACE}/conversations/c/messages", Say(payload("message_running")))
    await genie.ask(SPACE, "q", visualization=visualization)
    await genie.follow_up(SPACE, "c", "q", visualization=visualization)
    wanted = {"enable_visualization": True} if visualization else {}
    assert [seen.json for seen in server.seen] == [{"content": "q"} | wanted] * 2


@pytest.mark.parametrize("media_type", ["application/octet-stream", "image/png"])
async def test_a_chart_is_fetched_as_it_is(media_type: str, server: GenieServer, genie: Genie) -> None:
    """Its bytes, under either name."""
    server.on(PICTURE, Say(status=503), picture(png(more=1_000), media_type))
    assert await genie.visualization(REF, "v") == png(more=1_000)
    assert server.seen[0].headers["Accept"] == "application/octet-stream"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"GIF89a" + bytes(40),
        png()[:20],
        png(more=100)[:-1],
        png(kind=b"IDAT"),
        png(30_000, 30_000),
        png(9_000, 9_000),
        png(0, 480),
        png(2**31, 1),
        png(10_001, 10),
        png(10, 10_001),
        b'{"message": "no chart"}' + bytes(40),
    ],
    ids=[
        "empty",
        "gif",
        "cut off",
        "without its end",
        "no header",
        "bomb",
        "too many pixels",
        "no width",
        "far too wide",
        "too wide",
        "too high",
        "json",
    ],
)
async def test_what_is_no_chart_is_malformed(body: bytes, server: GenieServer, genie: Genie) -> None:
    """Neither another thing nor a picture that would fill the memory of whoever unpacks it."""
    server.on(PICTURE, picture(body))
    with pytest.raises(Malformed):
        await genie.visualization(REF, "v")


async def test_a_chart_is_bounded_in_bytes(server: GenieServer, genie: Genie) -> None:
    """No more than 8 MB is read."""
    server.on(PICTURE, picture(png(more=8 << 20)))
    with pytest.raises(Malformed, match="too large"):
        await genie.visualization(REF, "v")


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Say(body=b"<html>", headers={"Content-Type": "text/html"}), SignInFailed),
        (Say(status=302, headers={"Location": "/login"}), SignInFailed),
        (Say(payload("error_gone"), 404), NotFound),
    ],
    ids=["page", "redirect", "404"],
)
async def test_a_refused_chart_is_told_as_anything_else(
    reply: Say, error: type[GenieError], server: GenieServer, genie: Genie
) -> None:
    """A login page, or a chart that is gone."""
    server.on(PICTURE, reply)
    with pytest.raises(error):
        await genie.visualization(REF, "v")
