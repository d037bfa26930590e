"""A run is told from its first event to its end, and only a known end is one."""

import json
from typing import Any

import pytest

from genie.agent_model import (
    ItemSeen,
    Prose,
    Reasoning,
    ResponseCreated,
    ResponseEnded,
    ResponseRef,
    ResponseStatus,
    ToolCall,
    ToolOutput,
)
from genie.errors import (
    AgentModeOff,
    Conflict,
    Forbidden,
    GenieError,
    NotFound,
    RateLimited,
    StreamBroken,
)
from genie.model import MessageError
from genie.protocol.agent.events import EventDecoder
from genie.protocol.agent.frames import FrameReader
from tests.unit.genie.agent_streams import CREATED, REPORT, decoded, ended, frame, item, stream

REF = ResponseRef("s", "01f1c", "01f1r")
PROSE = {"type": "message", "id": "m", "role": "assistant", "content": [{"text": "It fell."}]}
CALL = {"type": "function_call", "id": "f", "call_id": "c", "name": "execute_sql", "arguments": "{}"}


def end_of(*events: Any) -> ResponseEnded:
    end = decoded(stream(CREATED, *events))[-1]
    assert isinstance(end, ResponseEnded)
    return end


def test_a_recorded_run_is_told_whole() -> None:
    """Where it lives comes first, then each item as it grows, then the end with everything."""
    created, *seen, end = decoded(stream(*REPORT))
    assert created == ResponseCreated(REF)
    kinds = [(type(event.items[0]), event.done) for event in seen if isinstance(event, ItemSeen)]
    assert kinds == [
        (Reasoning, False),
        (Reasoning, True),
        (ToolCall, False),
        (ToolCall, False),
        (ToolCall, True),
        (ToolOutput, False),
        (ToolOutput, True),
        (Prose, True),
    ]
    assert isinstance(end, ResponseEnded)
    assert (end.ref, end.status, end.error) == (REF, ResponseStatus.COMPLETED, None)
    assert len(end.items) == 6


def test_the_end_is_the_authority_and_fills_what_was_lost() -> None:
    """Without a single item on the way the answer is the same."""
    assert end_of(*REPORT[1:]) == end_of(REPORT[-1])


def test_an_end_that_repeats_nothing_leaves_what_was_done() -> None:
    """Items that were only begun are no part of it, and one that came twice is one."""
    begun = {**PROSE, "id": "n"}
    assert end_of(item(PROSE), item(PROSE), item(begun, "added"), ended()).items == (Prose("m", "It fell."),)


def test_a_failed_run_keeps_what_it_had() -> None:
    """What its end repeats is joined to what was done before."""
    end = end_of(item(PROSE), ended("failed", output=[CALL], error={"code": "X_Y", "message": "No."}))
    assert end.items == (Prose("m", "It fell."), ToolCall("f", "c", "execute_sql"))
    assert (end.status, end.error) == (ResponseStatus.FAILED, MessageError("X_Y", "No."))


@pytest.mark.parametrize(
    ("error", "read"),
    [
        ({"code": "server_error", "message": "No."}, MessageError("server_error", "No.")),
        ({"type": "SQL_EXECUTION_EXCEPTION", "message": "m"}, MessageError("SQL_EXECUTION_EXCEPTION", "m")),
        ({"type": "error", "code": "NO_TABLES"}, MessageError("NO_TABLES")),
        ({"message": "No."}, MessageError("", "No.")),
        ({"code": "SELECT 1 failed"}, MessageError("", "SELECT 1 failed")),
        ("No warehouse.", MessageError("", "No warehouse.")),
        ("WAREHOUSE_NOT_FOUND_EXCEPTION", MessageError("WAREHOUSE_NOT_FOUND_EXCEPTION")),
        (500, MessageError("", "500")),
        (None, None),
        ({}, None),
    ],
)
def test_why_a_run_failed_is_an_object_a_text_or_a_code(error: Any, read: MessageError | None) -> None:
    """It is never dropped."""
    assert end_of(ended("failed", error=error)).error == read


def test_the_system_says_why_where_no_error_does() -> None:
    """Its last message is the reason."""
    said = {"type": "message", "id": "m", "role": "system", "content": [{"text": "No warehouse."}]}
    assert end_of(ended("failed", output=[said])).error == MessageError("", "No warehouse.")


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (ended("incomplete", incomplete_details={"reason": "max_steps"}), ResponseStatus.INCOMPLETE),
        (ended("cancelled"), ResponseStatus.CANCELLED),
        ({**ended("failed"), "type": "response.done"}, ResponseStatus.FAILED),
        ({**ended("canceled"), "type": "response.done"}, ResponseStatus.CANCELLED),
        ({"type": "response.done", "response": {}}, ResponseStatus.COMPLETED),
        ({"type": "response.completed"}, ResponseStatus.COMPLETED),
        ({"type": "error", "error_code": "RESOURCE_DOES_NOT_EXIST", "message": "m"}, ResponseStatus.FAILED),
    ],
)
def test_each_known_end_is_one(event: Any, status: ResponseStatus) -> None:
    """Its name or its response says how the run has ended."""
    assert end_of(event).status is status


def test_an_incomplete_run_says_why() -> None:
    """In Genie's word for it."""
    assert end_of(ended("incomplete", incomplete_details={"reason": "max_steps"})).reason == "max_steps"


def test_an_error_is_its_own_description() -> None:
    """Code and words are beside its name, or in an object below it."""
    for event in (
        {"type": "error", "error_code": "NO_WAREHOUSE", "message": "m"},
        {"type": "error", "error": {"code": "NO_WAREHOUSE", "message": "m"}},
    ):
        assert end_of(event).error == MessageError("NO_WAREHOUSE", "m")


def test_the_data_knows_the_name_of_an_event_better() -> None:
    """The frame's own name counts where the data has none, and only there."""
    data = {"response": ended()["response"]}
    named = f"event: response.completed\ndata: {json.dumps(data)}\n\n".encode()
    assert len(decoded(stream(CREATED), named)) == 2
    other = frame(ended()).replace(b"event: response.completed", b"event: response.created", 1)
    assert len(decoded(stream(CREATED), other)) == 2


def test_unknown_events_and_what_comes_after_the_end_are_passed_over() -> None:
    """So are frames that are no JSON, unless their name is known."""
    odd = b'event: ping\ndata: now\n\ndata: [DONE]\n\ndata: {"type": 7}\n\n: alive\n\n'
    late = {"type": "response.in_progress", "response": {"id": "other"}}
    assert len(decoded(odd, stream(CREATED), odd, stream(late, ended(), ended("failed")), odd)) == 2


@pytest.mark.parametrize(
    "event",
    [
        b"event: response.output_item.done\ndata: {\n\n",
        b"event: response.completed\ndata: \xff\n\n",
        b"event: response.completed\ndata: []\n\n",
        frame({"type": "response.output_item.done"}),
        frame({"type": "response.output_item.added", "item": "x"}),
        b"event: response.completed\ndata: " + b"[" * 100_000 + b"\n\n",
    ],
    ids=["cut", "bytes", "list", "no item", "no object", "deep"],
)
def test_a_known_event_that_cannot_be_read_breaks_the_stream(event: bytes) -> None:
    """To pass over it would make another answer of the run."""
    with pytest.raises(StreamBroken):
        decoded(stream(CREATED), event, stream(ended()))


@pytest.mark.parametrize(
    "response", [{}, {"id": "r"}, {"conversation_id": "c"}, {"id": "a/b", "conversation_id": "c"}]
)
def test_a_run_has_to_say_where_it_is(response: Any) -> None:
    """Without its ids it is to be looked up by its words: it has begun, and may have ended well."""
    for name in ("response.created", "response.completed"):
        with pytest.raises(StreamBroken):
            decoded(stream({"type": name, "response": response}, *REPORT[1:]))


def test_a_follow_up_knows_its_conversation() -> None:
    """The first event need not repeat it; other forms of it are read, too."""
    for said in ({}, {"conversation": {"id": "c"}}):
        decoder = EventDecoder("s", "" if said else "c")
        created = {"type": "response.created", "response": {"id": "r", **said}}
        (sent,) = FrameReader().feed(frame(created))
        assert decoder.decode(sent) == (ResponseCreated(ResponseRef("s", "c", "r")),)


def test_a_run_whose_first_event_is_lost_is_known_by_its_end() -> None:
    """The end names it, so it can still be stored before it is shown."""
    created, end = decoded(stream(ended()))
    assert created == ResponseCreated(REF)
    assert isinstance(end, ResponseEnded)


def test_where_a_run_lives_is_told_before_all_else() -> None:
    """Items that come before the event that says so wait for it."""
    created, seen, _ = decoded(stream(item(PROSE), CREATED, ended()))
    assert created == ResponseCreated(REF)
    assert seen == ItemSeen((Prose("m", "It fell."),), done=True)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("RESOURCE_DOES_NOT_EXIST", GenieError),
        ("PERMISSION_DENIED", Forbidden),
        ("ABORTED", Conflict),
        ("RESOURCE_EXHAUSTED", RateLimited),
        ("FEATURE_DISABLED", AgentModeOff),
        ("SOMETHING_NEW", GenieError),
    ],
)
def test_an_error_before_a_run_is_a_refusal(code: str, kind: type[GenieError]) -> None:
    """Nothing was begun, and the code says why."""
    with pytest.raises(GenieError) as raised:
        decoded(stream({"type": "error", "error_code": code, "message": "m"}))
    assert type(raised.value) is kind
    assert (raised.value.code, raised.value.detail) == (code, "m")


def test_only_a_follow_up_misses_its_conversation() -> None:
    """What a new conversation misses is something else, which the code may name."""
    (error,) = FrameReader().feed(frame({"type": "error", "error_code": "RESOURCE_DOES_NOT_EXIST"}))
    with pytest.raises(NotFound):
        EventDecoder("s", "c").decode(error)


def test_outputs_without_a_call_belong_to_the_first_that_waits() -> None:
    """By order; a stub takes no place, and one that names its call keeps it."""
    calls = [item({**CALL, "id": f"f{n}", "call_id": f"c{n}"}) for n in (1, 2, 3)]
    output = {"type": "function_call_output", "output": "T"}
    named = item({**output, "call_id": "c1"})
    stub, second = item(output, "added"), item({**output, "id": "o", "output": "T\n| a |"})
    third = item({**output, "output": "U"})
    events = decoded(stream(CREATED, *calls, named, stub, second, second, third, ended()))
    outputs = [event.items[0] for event in events if isinstance(event, ItemSeen)][3:]
    assert [each.call_id for each in outputs if isinstance(each, ToolOutput)] == [
        "c1",
        "c2",
        "c2",
        "c2",
        "c3",
    ]


def test_calls_without_ids_are_known_once_they_are_done() -> None:
    """As they are begun nothing tells them from others: each is one, with the output behind it."""
    events: list[Any] = []
    for sql in ("SELECT 1", "SELECT 2"):
        call = {"type": "function_call", "name": "execute_sql", "arguments": ""}
        output = {"type": "function_call_output", "output": ""}
        events += [item(call, "added"), item({**call, "arguments": json.dumps({"sql": sql})})]
        events += [item(output, "added"), item({**output, "output": f"T\n| {sql} |"})]
    one, of_one, two, of_two = end_of(*events, ended("failed")).items
    calls, outputs = (one, two), (of_one, of_two)
    assert [each.sql for each in calls if isinstance(each, ToolCall)] == ["SELECT 1", "SELECT 2"]
    assert [each.call_id for each in outputs if isinstance(each, ToolOutput)] == [
        each.call_id for each in calls if isinstance(each, ToolCall)
    ]
    begun = decoded(stream(CREATED, events[0], ended()))
    assert not any(isinstance(event, ItemSeen) for event in begun)
