"""From the bytes of a stream of Server-Sent Events to its frames, however the network cut them.

Own code, because no library fits: aiohttp-sse-client connects again by itself, which would ask twice,
httpx-sse and ssec belong to httpx, and they drop a last frame that lacks its blank line, as Genie's may.
Standard: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from genie.errors import StreamBroken

MAX_FRAME_BYTES = 4 << 20
"""The end of a run has all of its items in one line: 600 KB were seen, Databricks' own client takes 1 MiB."""

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Frame:
    """One event as it came: its name, if it has one, and its data."""

    name: str
    data: bytes = field(repr=False)


class FrameReader:
    """Takes bytes as they come and gives each frame as soon as it is whole; comments give none.

    StreamBroken when a frame, or one line of it, is larger than `max_bytes`.
    """

    def __init__(self, max_bytes: int = MAX_FRAME_BYTES) -> None:
        self._max_bytes = max_bytes
        self._line: list[bytes] = []
        self._data: list[bytes] = []
        self._name = ""
        self._size = 0
        """Of the data and of the line that has not ended."""
        self._returned = False
        """Whether the bytes so far end in a carriage return, to which a line feed still belongs."""

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """Take more of the stream."""
        if self._returned and chunk:
            chunk = chunk.removeprefix(b"\n")
            self._returned = False
        for piece in chunk.splitlines(keepends=True):
            self._size += len(piece)
            if self._size > self._max_bytes:
                raise StreamBroken("an event of the stream is too large")
            self._line.append(piece)
            if piece.endswith((b"\n", b"\r")):
                self._returned = piece.endswith(b"\r")
                yield from self._end_line()

    def end(self) -> Iterator[Frame]:
        """Take the end of the stream."""
        yield from self._end_line()
        yield from self._end_frame()

    def _end_line(self) -> Iterator[Frame]:
        line = b"".join(self._line)
        self._line = []
        self._size -= len(line)
        line = line.rstrip(b"\r\n").removeprefix(_BOM)
        if not line:
            yield from self._end_frame()
            return
        name, _, text = line.partition(b":")
        text = text.removeprefix(b" ")
        if name == b"data":
            self._data.append(text)
            self._size += len(text) + 1
        elif name == b"event":
            self._name = text.decode("utf-8", "replace")

    def _end_frame(self) -> Iterator[Frame]:
        data, name = b"\n".join(self._data), self._name
        self._data, self._name, self._size = [], "", 0
        if data:
            yield Frame(name, data)
