"""Streams of agent mode as bytes: recorded ones, and ones with events that a test makes up."""

import json
from collections.abc import Iterable
from typing import Any

from genie.agent_model import ResponseEvent
from genie.protocol.agent.events import EventDecoder
from genie.protocol.agent.frames import FrameReader
from tests.unit.genie.genie_server import PAYLOADS, Say

REPORT: list[Any] = json.loads((PAYLOADS / "agent" / "report.json").read_text())
ITEMS: Any = json.loads((PAYLOADS / "agent" / "items.json").read_text())
CREATED = REPORT[0]


def frame(event: Any) -> bytes:
    """Return one event as it comes over the wire."""
    return f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode()


def stream(*events: Any) -> bytes:
    """Return a run of such events."""
    return b"".join(map(frame, events))


def item(body: Any, kind: str = "done") -> Any:
    """Return the event about one item."""
    return {"type": f"response.output_item.{kind}", "item": body}


def ended(status: str = "completed", **response: Any) -> Any:
    """Return the event that ends a run."""
    body = {"id": "01f1r", "conversation_id": "01f1c", "status": status, **response}
    return {"type": f"response.{status}", "response": body}


def decoded(*chunks: bytes, told: list[ResponseEvent] | None = None) -> list[ResponseEvent]:
    """Return the events of a whole stream that comes in these pieces; StreamBroken where it is not whole.

    They are in `told`, too, which keeps them when the stream breaks.
    """
    reader, decoder = FrameReader(), EventDecoder("s")
    events: list[ResponseEvent] = [] if told is None else told
    for chunk in chunks:
        events += _of(decoder, reader.feed(chunk))
    events += _of(decoder, reader.end())
    decoder.finish()
    return events


def _of(decoder: EventDecoder, frames: Iterable[Any]) -> list[ResponseEvent]:
    return [event for each in frames for event in decoder.decode(each)]


def streamed(body: bytes, **how: Any) -> Say:
    """Return a reply of a server that sends these bytes as a stream."""
    return Say(body=body, headers={"Content-Type": "text/event-stream"}, **how)
