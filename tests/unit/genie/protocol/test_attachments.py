"""What a query attachment tells beside its SQL: who verified it, how Genie thought, what its result was."""

from typing import Any

import pytest

from genie.model import MessageRef, Parameter, Query, Text, Thought
from genie.protocol import messages
from tests.unit.genie.genie_server import payload

REF = MessageRef("s1", "c1", "m1")


def query(message: dict[str, Any] | None = None, **body: Any) -> Query:
    """Return the query of a message that holds just this one."""
    read = messages.message(
        {"attachments": [{"query": {"query": "SELECT 1", **body}}], **(message or {})}, REF
    )
    (found,) = read.attachments
    assert isinstance(found, Query)
    return found


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ({"keyword": "q", "sql_type": "STRING", "value": "Q3"}, Parameter("q", "STRING", "Q3")),
        ({"keyword": "q", "sql_type": "STRING"}, Parameter("q", "STRING", "")),
        ({"sql_type": "DATE", "value": "2026-01-01"}, Parameter("", "DATE", "2026-01-01")),
        ({"keyword": "n", "value": 7}, Parameter("n", "", "7")),
        ({"keyword": "on", "value": False}, Parameter("on", "", "false")),
        ({"keyword": "in", "value": ["a", "b"]}, Parameter("in", "", '["a", "b"]')),
        ({"keyword": None, "value": None}, Parameter("", "", "")),
        ({}, Parameter("", "", "")),
    ],
)
def test_a_parameter_is_kept_with_whatever_it_says(sent: dict[str, Any], read: Parameter) -> None:
    """That there is one means that the author verified the query, even if it says nothing more."""
    assert query(parameters=[sent]).parameters == (read,)


@pytest.mark.parametrize("nothing", [None, [], {}, [None], "x"])
def test_without_parameters_nobody_verified_the_query(nothing: object) -> None:
    """Absent, null, empty and meaningless are the same."""
    assert query(parameters=nothing).parameters == ()


def test_thoughts_of_new_kinds_are_kept() -> None:
    """Databricks announced that there will be more; one without words is none."""
    sent = [{"thought_type": "THOUGHT_TYPE_NEW", "content": "Hm."}, {"content": "So."}, {"thought_type": "X"}]
    assert query(thoughts=sent).thoughts == (Thought("THOUGHT_TYPE_NEW", "Hm."), Thought("", "So."))


@pytest.mark.parametrize(
    ("old", "new", "rows", "truncated"),
    [
        ({}, {"row_count": "4"}, 4, False),
        ({"row_count": 9, "is_truncated": True}, {"row_count": 4, "is_truncated": False}, 4, True),
        ({"row_count": "9"}, {}, 9, False),
        ({}, {"row_count": 9007199254740993, "is_truncated": True}, 9007199254740993, True),
        ({}, {"row_count": -1, "is_truncated": "true"}, None, False),
        (None, None, None, False),
    ],
)
def test_the_results_numbers_are_at_the_query_or_at_the_message(
    old: Any, new: Any, rows: int | None, *, truncated: bool
) -> None:
    """Today's place comes first, and either may say that rows were cut."""
    read = query({"query_result": old}, query_result_metadata=new)
    assert (read.row_count, read.truncated) == (rows, truncated)


@pytest.mark.parametrize("when", [1795340420, 1795340420000, "1795340420", "1795340420000"])
def test_a_query_tells_when_it_changed(when: object) -> None:
    """In seconds or milliseconds, as a number or as text."""
    assert query(last_updated_timestamp=when).updated_at == 1795340420.0


def test_a_query_may_have_no_sql() -> None:
    """A verified asset that the asker may not edit hides it."""
    read = messages.message({"attachments": [{"attachment_id": "a", "query": {"title": "Revenue"}}]}, REF)
    assert read.attachments == (Query("a", title="Revenue"),)


def test_a_recorded_message_tells_its_times_and_its_asker() -> None:
    """All that the reference shows of one is read."""
    read = messages.message(payload("message_completed"), REF)
    (found,) = (each for each in read.attachments if isinstance(each, Query))
    assert (read.updated_at, read.user_id, found.updated_at) == (
        1795340423.456,
        "7412589630123456",
        1795340420.11,
    )
    assert read.feedback is not None
    assert read.feedback.rating == "NONE"


@pytest.mark.parametrize("name", ["message_expired", "message_clarifying", "message_running"])
def test_recorded_messages_decode(name: str) -> None:
    """The expired one has its SQL, the clarifying one its question, the running one what is there so far."""
    assert messages.message(payload(name), REF).attachments


def test_of_very_many_attachments_the_last_are_read() -> None:
    """A reply can hold a million; the answer stands at the end, and the rest would only cost time."""
    many = [{"text": {"content": str(n)}} for n in range(5_000)]
    found = messages.message({"attachments": many}, REF).attachments
    assert (len(found), found[-1]) == (1_000, Text("4999"))
