"""Bytes become frames by the standard, and as Genie was seen to send them."""

import pytest

from genie.errors import StreamBroken
from genie.protocol.agent.frames import Frame, FrameReader


def frames(*chunks: bytes, most: int = 100) -> list[Frame]:
    reader = FrameReader(most)
    found = [frame for chunk in chunks for frame in reader.feed(chunk)]
    return [*found, *reader.end()]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_frame_ends_at_an_empty_line(end: bytes) -> None:
    """Each of the three line ends of the standard is one."""
    sent = end.join([b"event: a", b"data: 1", b"", b"event:b", b"data:2", b"", b""])
    assert frames(sent) == [Frame("a", b"1"), Frame("b", b"2")]
    assert frames(*(bytes([byte]) for byte in sent)) == [Frame("a", b"1"), Frame("b", b"2")]


def test_a_line_end_that_is_cut_in_two_is_one() -> None:
    """A line feed at the head of the next piece makes no empty line."""
    assert frames(b"data: 1\r", b"\ndata: 2\r", b"", b"\n\r\n") == [Frame("", b"1\n2")]


def test_the_last_frame_may_lack_its_empty_line() -> None:
    """Genie was seen to end like this, with and without the end of the line."""
    assert frames(b"event: a\ndata: 1\n") == [Frame("a", b"1")]
    assert frames(b"event: a\ndata: 1") == [Frame("a", b"1")]


def test_comments_and_other_fields_are_no_frames() -> None:
    """Comments keep the connection; ids and waits are for those who would connect again."""
    assert frames(b": keep-alive\n\n:\nid: 7\nretry: 3\nevent: alone\n\n") == []
    assert frames(b"event: a\n: between\ndata: 1\n\n") == [Frame("a", b"1")]


def test_data_may_have_several_lines_and_a_name_may_be_missing() -> None:
    """They are one text; a mark of the byte order is none of it."""
    assert frames(b"\xef\xbb\xbfdata: {\ndata:  1}\ndata\n\n") == [Frame("", b"{\n 1}\n")]


@pytest.mark.parametrize("sent", [b"data: " + b"x" * 100, b"data: 12345\n" * 20, b":" + b"x" * 100])
def test_a_frame_is_bounded_and_so_is_its_line(sent: bytes) -> None:
    """A server that never ends a line or a frame does not fill the memory, in whatever pieces it comes."""
    for size in (1, 7, 1_000):
        with pytest.raises(StreamBroken):
            frames(*(sent[at : at + size] for at in range(0, len(sent), size)))


def test_many_small_frames_are_not_too_large() -> None:
    """The bound is on one of them, whatever came before."""
    assert len(frames(b": keep-alive\ndata: 12345\n\n" * 100)) == 100
    assert frames(b": keep-alive\n" * 100) == []
