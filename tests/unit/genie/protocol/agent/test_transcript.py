"""The stored items of a conversation tell how far a run is, and which questions were asked."""

from typing import Any

import pytest

from genie.agent_model import Prose, ResponseState, ResponseStatus, ToolCall, ToolOutput
from genie.errors import Malformed
from genie.model import MessageError
from genie.protocol.agent import transcript
from genie.protocol.agent.transcript import Question
from tests.unit.genie.agent_streams import ITEMS


def asked(run: str) -> Any:
    return {"type": "message", "id": f"{run}_input", "content": [{"text": f"Why {run}?"}]}


def said(run: str, role: str = "assistant") -> Any:
    return {"type": "message", "id": run, "role": role, "content": [{"text": f"So {run}."}]}


def state(*data: Any, run: str = "", **body: Any) -> ResponseState:
    return transcript.state([transcript.page({"data": list(data), **body})], run)


def test_a_finished_run_is_read_from_its_items() -> None:
    """The question is none of them, and an output has its call."""
    read = transcript.state([transcript.page(ITEMS)], "01f1r")
    assert read.final
    assert [type(item).__name__ for item in read.items] == ["Reasoning", "ToolCall", "ToolOutput", "Prose"]
    call, output = read.items[1:3]
    assert isinstance(call, ToolCall)
    assert isinstance(output, ToolOutput)
    assert output.call_id == call.call_id


def test_a_list_that_lags_behind_a_run_has_nothing_of_it() -> None:
    """Runs that others have are none of its own, whatever their words; one that no id names may be."""
    page = transcript.page({"data": [asked("a"), said("a")], "status": "completed"})
    assert transcript.state([page], "r", lambda _: True, {"a"}) == ResponseState(
        ResponseStatus.IN_PROGRESS, ()
    )
    assert transcript.state([page], "r", lambda _: True, {"b"}).final
    assert transcript.state([page], "a", others={"a"}).final


@pytest.mark.parametrize(
    ("status", "read"),
    [
        ("completed", ResponseStatus.COMPLETED),
        ("COMPLETED", ResponseStatus.COMPLETED),
        ("canceled", ResponseStatus.CANCELLED),
        ("cancelled", ResponseStatus.CANCELLED),
        ("incomplete", ResponseStatus.INCOMPLETE),
        ("in_progress", ResponseStatus.IN_PROGRESS),
        ("queued", ResponseStatus.IN_PROGRESS),
        (None, ResponseStatus.IN_PROGRESS),
    ],
)
def test_a_status_that_is_unknown_is_still_running(status: Any, read: ResponseStatus) -> None:
    """Only the known ends are ends."""
    found = state(asked("r"), said("r"), status=status).status
    assert found is read
    assert found.final == (read is not ResponseStatus.IN_PROGRESS)


def test_a_failed_run_has_its_reason_in_words_of_the_system() -> None:
    """Or as an error, which is said before."""
    failed = state(asked("r"), said("r", "system"), status="failed")
    assert failed.error == MessageError("", "So r.")
    assert state(asked("r"), status="failed", error={"code": "A_B"}).error == MessageError("A_B")
    assert state(asked("r"), said("r", "system"), status="completed").error is None


def test_each_run_of_a_conversation_has_its_own_items() -> None:
    """An earlier one has ended, however the last one is; without its id the last one is meant."""
    listed = (asked("a"), said("a"), asked("b"), said("b", "system"), asked("c"))
    running = {"status": "in_progress"}
    assert state(*listed, run="a", **running) == ResponseState(
        ResponseStatus.COMPLETED, (Prose("a", "So a."),)
    )
    failed = state(*listed, run="b", **running)
    assert (failed.status, failed.error) == (ResponseStatus.FAILED, MessageError("", "So b."))
    for run in ("c", "", "other"):
        assert state(*listed, run=run, **running) == ResponseState(ResponseStatus.IN_PROGRESS, ())
    assert state(run="a", **running) == ResponseState(ResponseStatus.IN_PROGRESS, ())


def test_a_run_that_no_id_names_is_known_by_its_question() -> None:
    """A later one does not take its place; where none has its words, the last is meant."""
    pages = [transcript.page({"data": [asked("a"), said("a"), asked("b")], "status": "in_progress"})]
    for words, run in (("Why a?", "completed"), ("Why b?", "in_progress"), ("Why c?", "in_progress")):
        assert transcript.state(pages, "resp", words.__eq__).status == run
    assert transcript.state(pages, "b", "Why a?".__eq__).status == "in_progress"


def test_pages_follow_each_other() -> None:
    """The next one begins after the last item, which the list may leave unnamed."""
    assert transcript.page({"has_more": True, "last_id": "x", "data": [said("r")]}).after == "x"
    assert transcript.page({"has_more": True, "data": [said("r")]}).after == "r"
    assert transcript.page({"has_more": True, "data": []}).after == ""
    assert transcript.page({"has_more": False, "last_id": "x"}).after == ""
    parts = [transcript.page({"data": [each], "status": "in_progress"}) for each in (asked("r"), said("r"))]
    assert transcript.state(parts, "r").items == (Prose("r", "So r."),)


def test_questions_are_told_with_the_run_that_they_began() -> None:
    """The id of an input has it; another id does not tell."""
    by_role = {"type": "message", "id": "x", "role": "user", "content": "Why?"}
    page = transcript.page({"data": [asked("a"), said("a"), by_role, said("x")]})
    assert transcript.questions(page.items) == (Question("a", "Why a?"), Question("", "Why?"))


def test_what_is_no_list_is_malformed() -> None:
    """A reply of another shape is no run without items."""
    with pytest.raises(Malformed):
        transcript.page([])
