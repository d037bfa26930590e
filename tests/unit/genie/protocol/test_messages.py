"""Genie's JSON becomes model values, in today's shape, the preview's, and the odd ones between."""

from typing import Any

import pytest

from genie.errors import Malformed
from genie.model import MessageError, MessageRef, Parameter, Query, Suggestions, Text, Thought, Visualization
from genie.protocol import messages as decoding
from genie.protocol import results
from genie.protocol.coerce import as_seconds, parse
from tests.unit.genie.genie_server import payload

REF = MessageRef("s1", "c1", "m1")
QUERY_ID = "01f1a2b3d0aa13bb8c9d0e1f2a3b4c5d"


def decoded(body: dict[str, Any]) -> tuple[Any, ...]:
    return decoding.message(body, REF).attachments


def test_a_completed_message_keeps_everything_that_genie_said() -> None:
    """Query with parameters, thoughts and counts, chart, summary and suggestions are all read, in order."""
    message = decoding.message(payload("message_completed"), REF)

    query, chart, text, suggestions = message.attachments
    assert message.final
    assert message.created_at == 1795340412.345
    assert isinstance(query, Query)
    assert query.attachment_id == QUERY_ID
    assert query.sql.startswith("SELECT `region`")
    assert (query.row_count, query.truncated) == (4, False)
    assert query.parameters == (Parameter("quarter", "STRING", "2026-Q3"),)
    assert query.thoughts[0] == Thought("THOUGHT_TYPE_UNDERSTANDING", "Q3 is read as the calendar quarter.")
    assert chart == Visualization("01f1a2b3d1bb14cc9d0e1f2a3b4c5d6e", "Revenue by region", QUERY_ID)
    assert text == Text(
        "EMEA led with **41.2 M**, followed by Americas, APAC and Other.", "TEXT_ATTACHMENT_PURPOSE_ANSWER"
    )
    assert suggestions == Suggestions(
        ("How does this compare with Q2 2026?", "Which products drive EMEA revenue?")
    )


def test_the_previews_shape_gives_the_same_model() -> None:
    """One object in place of a list, no attachment id, and the counts on the message."""
    message = decoding.message(payload("message_preview"), REF)

    assert message.attachments == (
        Query(
            attachment_id=None,
            description="Sums revenue per region.",
            sql="SELECT region, SUM(amount) FROM orders GROUP BY region",
            statement_id="0000-preview",
            row_count=2,
        ),
    )
    assert message.created_at == 1736899200.0


def test_a_failed_message_says_why_and_hides_the_detail() -> None:
    """The type can be told to anyone; the text, which names tables, stays out of the repr."""
    message = decoding.message(payload("message_failed"), REF)

    assert message.error is not None
    assert message.error.type == "SQL_EXECUTION_EXCEPTION"
    assert "payroll" in message.error.detail
    assert "payroll" not in repr(message.error)
    assert message.attachments == (Suggestions(("Which tables can I ask about?",)),)


def test_an_error_may_be_a_plain_string() -> None:
    """A text in place of the error object is kept as its detail."""
    assert decoding.message({"status": "FAILED", "error": "boom"}, REF).error == MessageError("", "boom")


@pytest.mark.parametrize("status", [None, "", "IN_PROGRESS", 7, "BRAND_NEW"])
def test_a_status_that_is_missing_or_unknown_is_still_running(status: object) -> None:
    """Nothing but the four final statuses ends the waiting."""
    assert not decoding.message({"status": status}, REF).final


@pytest.mark.parametrize("nothing", [None, [], {}, "x", [None], [{}], [{"attachment_id": "a"}]])
def test_attachments_may_be_missing_in_any_way(nothing: object) -> None:
    """Absent, null, empty and meaningless all give no attachments."""
    assert decoded({"status": "COMPLETED", "attachments": nothing}) == ()


def test_a_text_without_an_attachment_id_is_kept() -> None:
    """Genie sends the summary without one."""
    assert decoded({"attachments": [{"text": {"id": "t", "content": "Hi"}}]}) == (Text("Hi"),)


def test_suggestions_are_read_under_their_first_name_too() -> None:
    """`followup_questions` is what they were called for a while."""
    body = {"attachments": [{"followup_questions": {"questions": ["Why?", "", None]}}]}
    assert decoded(body) == (Suggestions(("Why?",)),)


def test_a_started_conversation_is_found_at_the_top_or_nested() -> None:
    """Today's top-level ids win; without them the nested and the legacy ones do."""
    today = payload("start_conversation")
    nested = {"conversation": {"id": 12}, "message": {"id": "m-9"}}

    expected = MessageRef("s", "01f1a2b3c4d511f08e6f7a8b9c0d1e2f", "01f1a2b3c4e612aa9b7c8d9e0f1a2b3c")
    assert decoding.started(today, "s") == expected
    assert decoding.started(nested, "s") == MessageRef("s", "12", "m-9")


def test_a_follow_up_may_have_only_the_legacy_id() -> None:
    """`id` stands in for `message_id`, and the conversation is the one that was asked in."""
    assert decoding.followed_up({"id": "m2"}, "s", "c") == MessageRef("s", "c", "m2")


@pytest.mark.parametrize("bad", ["a/b", "..", "a\\b", "a\nb"])
def test_an_id_that_could_change_a_path_is_refused(bad: str) -> None:
    """Ids end up in paths, so one with a slash is a malformed reply."""
    with pytest.raises(Malformed):
        decoding.started({"conversation_id": "c", "message_id": bad}, "s")


@pytest.mark.parametrize("body", [None, [], "x", {}, {"conversation_id": "c"}, {"message_id": True}])
def test_a_start_that_does_not_say_where_is_malformed(body: object) -> None:
    """Without both ids there is nothing to poll."""
    with pytest.raises(Malformed):
        decoding.started(body, "s")


def test_lists_come_with_the_token_of_the_next_page() -> None:
    """Conversations and messages are read in the server's order."""
    found, token = decoding.conversations(payload("conversations"))
    messages, end = decoding.messages(payload("messages"), "s1", "c1")

    assert (found[0].title, found[0].created_at) == ("Total revenue by region for Q3 2026", 1795340412.345)
    assert token == "eyJvZmZzZXQiOjIwfQ"
    assert [item.ref.message_id for item in messages] == ["m2", "m1"]
    assert end == ""


def test_a_space_is_read() -> None:
    """Title, description and warehouse."""
    space = decoding.space(payload("space"), "s1")
    assert (space.title, space.description, space.warehouse_id) == (
        "Sales",
        "Orders and revenue",
        "a1b2c3d4e5f60718",
    )
    assert space.starters == ("What was revenue last month?",)


@pytest.mark.parametrize(
    "definition", ["", "{", "[]", '{"config": {"sample_questions": [{}, 1, {"question": 2}]}}']
)
def test_a_definition_that_cannot_be_read_has_no_starters(definition: str) -> None:
    """Whatever stands in its place."""
    assert decoding.space({"serialized_space": definition}, "s1").starters == ()


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (1795340412, 1795340412.0),
        ("1795340412345", 1795340412.345),
        (None, None),
        (-1, None),
        (True, None),
        ("soon", None),
        (10**30, None),
        ("9" * 5000, None),
    ],
)
def test_timestamps_are_seconds_or_milliseconds(value: object, seconds: float | None) -> None:
    """Both units are understood, as numbers or strings; nonsense is no time at all."""
    assert as_seconds(value) == seconds


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"\xff", b'{"a": NaN}', b"[" * 100_000])
def test_what_is_not_json_is_malformed(body: bytes) -> None:
    """Including nesting that would exhaust the stack."""
    with pytest.raises(Malformed):
        parse(body)


def test_half_a_surrogate_pair_becomes_text_that_can_be_encoded() -> None:
    """JSON can spell it, but UTF-8 cannot, so it must not travel on."""
    content = decoding.message(parse(b'{"content": "a\\ud800b"}'), REF).content
    assert content.encode() == b"a?b"


def test_statement_of_today_and_of_the_preview() -> None:
    """`data_array` with types, and the preview's typed values where an empty one is NULL."""
    today = results.statement(payload("result_one_chunk"))
    preview = results.statement(payload("result_preview"))

    assert (today.columns[1].type_name, today.columns[1].precision, today.columns[1].scale) == (
        "DECIMAL",
        28,
        2,
    )
    assert today.first.rows[-1] == (None, "1200.00")
    assert today.total_rows == 4
    assert preview.first.rows == (("EMEA",), (None,))
