"""Items of agent mode say what the reference says, in each of the forms that were seen."""

import json
from typing import Any

import pytest

from genie.agent_model import Citation, Prose, Reasoning, ResultPart, ToolCall, ToolOutput
from genie.model import Column
from genie.protocol.agent.items import is_input, items, words
from tests.unit.genie.agent_streams import ITEMS, REPORT

REPORT_MESSAGE = REPORT[8]["item"]


def one(body: Any, *, done: bool = True) -> Any:
    (found,) = items(body, done=done)
    return found


@pytest.mark.parametrize(
    "said",
    [
        {"content": [{"type": "reasoning_text", "text": "I look."}]},
        {"summary": [{"type": "summary_text", "text": "I look."}]},
        {"text": "I look."},
        {"content": "I look."},
        {"content": ["I look."]},
        {"content": [], "summary": [{"text": "I look."}]},
    ],
)
def test_reasoning_has_its_words_in_several_places(said: Any) -> None:
    """Builds differ in where they put them."""
    assert one({"type": "reasoning", "id": "r", **said}) == Reasoning("r", "I look.")


def test_an_item_without_id_is_known_by_what_it_says() -> None:
    """The same again is the same, another is another."""
    same = [one({"type": "reasoning", "text": "I look."}).id for _ in range(2)]
    other = one({"type": "reasoning", "text": "I count."}).id
    assert same[0] == same[1] != other


@pytest.mark.parametrize("names", [("title", "sql"), ("Title", "SQL"), ("name", "query")])
def test_a_call_has_title_and_sql_inside_of_a_text(names: tuple[str, str]) -> None:
    """The names of its arguments are documented as unstable."""
    arguments = json.dumps(dict(zip(names, ("Revenue", "SELECT 1"), strict=True)))
    call = {"type": "function_call", "id": "f", "call_id": "c", "name": "execute_sql", "arguments": arguments}
    assert one(call) == ToolCall("f", "c", "execute_sql", "Revenue", "SELECT 1")


@pytest.mark.parametrize("arguments", ["", '{"title": "Rev', None, [], {"sql": ["x"]}, "7", "\ud800"])
def test_a_call_without_readable_arguments_is_a_call(arguments: Any) -> None:
    """While it is written they are cut off."""
    call = {"type": "function_call", "call_id": "c", "name": "execute_sql", "arguments": arguments}
    assert one(call, done=False) == ToolCall("c", "c", "execute_sql")


def test_a_call_may_speak_to_the_user() -> None:
    """A final response and questions with choices are words of the answer, not work on it."""
    call: dict[str, Any] = {"type": "function_call", "id": "f", "name": "output_final_response"}
    assert one({**call, "arguments": '{"response": "It fell."}'}) == Prose("f", "It fell.")
    choices = [{"label": "Net", "description": "After returns"}, {"label": "Gross"}]
    asked = {"questions": [{"question": "Which revenue?", "type": "single", "choices": choices}]}
    call = {**call, "name": "ask_user_questions", "arguments": asked}
    assert one(call) == Prose("f", "Which revenue?\n\n- Net\n- Gross")
    assert list(items({**call, "arguments": ""}, done=False)) == []


@pytest.mark.parametrize(
    ("output", "title", "markdown"),
    [
        ("Revenue\n\n| a |\n|---|\n| 1 |", "Revenue", "| a |\n|---|\n| 1 |"),
        ("**Revenue**\n| a |", "Revenue", "| a |"),
        ("| a |\n|---|", "", "| a |\n|---|"),
        ("Revenue", "Revenue", ""),
        ([{"type": "output_text", "text": "Revenue\n| a |"}], "Revenue", "| a |"),
        (None, "", ""),
        ([], "", ""),
    ],
)
def test_an_output_has_a_title_and_then_a_table(output: Any, title: str, markdown: str) -> None:
    """Its first line is the title, unless a table begins there."""
    body = {"type": "function_call_output", "call_id": "c", "output": output}
    assert one(body) == ToolOutput("c", "c", title, markdown, complete=True)
    assert not one(body, done=False).complete


def test_a_report_has_prose_and_tables_in_order() -> None:
    """A part with columns is a table, drawn from them and the rows and not from its text."""
    first, table, last = items(REPORT_MESSAGE, done=True)
    cited = (Citation("Sales handbook", "https://example.com/handbook"),)
    assert first == Prose("msg_1", "Revenue fell by **25 %** in Q3.", cited)
    assert last == Prose("msg_1.2", "Most of it is one customer.")
    assert isinstance(table, ResultPart)
    assert table.columns == (
        Column("quarter", "STRING", "STRING"),
        Column("revenue", "DECIMAL", "DECIMAL(27,2)", 27, 2),
    )
    assert (table.rows, table.total_rows) == ((("Q2", "1200.50"), ("Q3", "900.00")), 4)
    assert (table.id, table.sql[:14], table.available) == ("msg_1.1", "SELECT quarter", True)


@pytest.mark.parametrize(
    ("about", "rows", "available"),
    [
        ({"sql": "SELECT 1", "status": "fetch_failed"}, (), False),
        (
            {"columns": [{"name": "a"}], "preview_rows": [["1", "2"], [], [None]]},
            (("1",), (None,), (None,)),
            True,
        ),
        ({"columns": ["a"], "preview_rows": [[1], [{"b": 2}]]}, (("1",), ('{"b": 2}',)), True),
        ({"preview_rows": [["1"], "x"]}, (), False),
        ({"preview_rows": "x", "total_row_count": "x", "columns": 5, "status": ["available"]}, (), True),
    ],
)
def test_a_table_is_a_rectangle_or_not_available(about: Any, rows: Any, *, available: bool) -> None:
    """Values of `metadata` may be of any kind; what cannot be read is said to be missing."""
    body = {
        "type": "message",
        "id": "m",
        "content": [{"type": "output_text", "text": "t", "metadata": about}],
    }
    table = one(body)
    assert (table.rows, table.available) == (rows, available)
    assert all(len(row) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("place", ["item", "part"])
def test_a_thought_is_no_part_of_the_answer(place: str) -> None:
    """`ui_type` tells a thought from the final response, at the item or at its part."""
    for ui_type, kind in (("THOUGHT", Reasoning), ("FINAL_RESPONSE", Prose)):
        metadata = {"ui_type": ui_type, "other": [1, {}]}
        part = {"type": "output_text", "text": "Hm."} | ({"metadata": metadata} if place == "part" else {})
        body = {"type": "message", "id": "m", "role": "assistant", "content": [part]}
        assert type(one(body | ({"metadata": metadata} if place == "item" else {}))) is kind


def test_the_system_says_why_a_run_failed() -> None:
    """Its message keeps its role."""
    body = {"type": "message", "id": "m", "role": "system", "content": [{"text": "No warehouse."}]}
    assert one(body) == Prose("m", "No warehouse.", role="system")


@pytest.mark.parametrize(
    ("annotation", "citation"),
    [
        ({"url": "https://x.example/a"}, Citation("", "https://x.example/a")),
        (
            {"type": "asset", "title": "sales", "asset_type": "TABLE", "identifier": "a.b.c"},
            Citation("sales"),
        ),
        ({"type": "asset", "identifier": "a.b.c"}, Citation("a.b.c")),
        ({"url_citation": {"url": "http://x.example", "title": "X"}}, Citation("X", "http://x.example")),
        ({"title": "Odd", "url": "javascript:alert(1)"}, Citation("Odd")),
        ({"title": "Odd", "url": "https://x.example/a b"}, Citation("Odd")),
        ({"title": "Odd", "url": "https://[x"}, Citation("Odd")),
    ],
)
def test_citations_have_a_name_or_a_link(annotation: Any, citation: Citation) -> None:
    """Only a web address is a link."""
    part = {"type": "output_text", "text": "t", "annotations": [annotation, annotation, {}, 7]}
    assert one({"type": "message", "content": [part]}).citations == (citation,)


@pytest.mark.parametrize("body", [{}, {"type": "web_search_call"}, {"type": 7}, {"type": "message"}])
def test_what_is_unknown_or_empty_says_nothing(body: Any) -> None:
    """Kinds of a later release are passed over."""
    assert list(items(body, done=True)) == []


def test_the_question_is_told_from_the_answer() -> None:
    """By its role, or by the end of its id."""
    asked, *others = ITEMS["data"]
    assert is_input(asked)
    assert is_input({"type": "message", "id": "x_input"})
    assert not any(map(is_input, others))
    assert words(asked) == "Why did revenue fall in Q3?"


def test_nothing_of_the_data_is_shown_in_a_log() -> None:
    """The shapes hide questions, SQL, rows and prose."""
    shown = repr([*items(REPORT_MESSAGE, done=True), *items(REPORT[5]["item"], done=True)])
    assert not any(said in shown for said in ("SELECT", "900", "fell", "handbook", "Revenue"))
