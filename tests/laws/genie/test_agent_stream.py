"""A run of agent mode is the same however the network cuts it, and what is not whole has no end."""

import copy
import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genie.agent_model import ResponseEnded, ResponseEvent, ResponseStatus
from genie.errors import GenieError, StreamBroken
from genie.protocol.agent import transcript
from tests.laws.genie.mutations import JSON, check, places, put
from tests.unit.genie.agent_streams import ITEMS, REPORT, decoded, frame, stream

pytestmark = pytest.mark.property

ALIVE = st.sampled_from([b"", b": alive\n\n", b":\r\n", b"event: ping\ndata: {}\n\n"])
LINE_END = st.sampled_from([b"\n", b"\r\n", b"\r"])
WHOLE = decoded(stream(*REPORT))


@st.composite
def streams(draw: st.DrawFn) -> bytes:
    """Give the recorded run with signs of life between its events, and one kind of line end."""
    return b"".join(draw(ALIVE) + frame(event) for event in REPORT).replace(b"\n", draw(LINE_END))


@st.composite
def pieces(draw: st.DrawFn, whole: bytes) -> list[bytes]:
    """Cut bytes anywhere, mostly near each other: in the middle of a line end, a name, a character."""
    cuts = sorted(draw(st.lists(st.integers(0, len(whole)), max_size=12)))
    cuts += [cut + 1 for cut in cuts if cut < len(whole)]
    edges = [0, *sorted(cuts), len(whole)]
    return [whole[begin:end] for begin, end in pairwise(edges)]


@given(st.data())
def test_any_cut_gives_the_same_events(data: st.DataObject) -> None:
    """Where the pieces end says nothing about what they say, and the last empty line may be missing."""
    whole = data.draw(streams())
    missing = data.draw(st.sampled_from([0, 1, 2]))
    whole = whole.rstrip(b"\r\n") + b"\n" * missing
    assert decoded(*data.draw(pieces(whole))) == WHOLE


@given(st.integers(0, len(stream(*REPORT).rstrip(b"\n")) - 1), st.data())
def test_a_stream_that_is_cut_anywhere_never_has_an_end(at: int, data: st.DataObject) -> None:
    """It breaks, and what was told until then is how the whole begins."""
    cut = stream(*REPORT)[:at]
    told: list[ResponseEvent] = []
    cuts = data.draw(pieces(cut))
    with pytest.raises(StreamBroken):
        decoded(*cuts, told=told)
    assert told == WHOLE[: len(told)]
    assert not any(isinstance(event, ResponseEnded) for event in told)


@st.composite
def spoilt(draw: st.DrawFn, recorded: Any) -> Any:
    """Give something recorded with up to three of its values replaced."""
    value = copy.deepcopy(recorded)
    for _ in range(draw(st.integers(1, 3))):
        value = put(value, draw(st.sampled_from(list(places(value)))), draw(JSON))
    return value


@given(spoilt(REPORT))
def test_a_spoilt_run_decodes_or_raises_one_of_our_errors(run: Any) -> None:
    """No other exception, and no end whose status is not one."""
    listed = run if isinstance(run, list) else [run]
    sent = b"".join(b"data: " + json.dumps(event).encode() + b"\n\n" for event in listed)
    try:
        events = decoded(sent)
    except GenieError as error:
        check(error)
        return
    for event in events:
        check(event)
    end = events[-1]
    assert isinstance(end, ResponseEnded)
    assert end.status.final


@given(spoilt(ITEMS), st.sampled_from(["01f1r", ""]))
def test_spoilt_items_are_read_or_malformed(body: Any, response_id: str) -> None:
    """Whatever the list holds, the state of the run can be told or not."""
    try:
        state = transcript.state([transcript.page(body)], response_id)
    except GenieError as error:
        check(error)
        return
    check(state)
    assert isinstance(state.status, ResponseStatus)
