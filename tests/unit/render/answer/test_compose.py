"""An answer as a reply, in the order in which a person reads it."""

import json
import time
from dataclasses import replace
from typing import Any

import pytest

from genie.model import Answer, Column, MessageRef, Parameter, Query, Table, Thought
from render import words
from render.answer.compose import compose
from render.answer.context import AnswerContext
from render.blockkit.blocks import image
from render.blockkit.reply import Reply

REF = MessageRef("space", "conversation", "message")
COLUMNS = (Column("region"), Column("total_revenue", "DECIMAL", "DECIMAL(18,2)", 18, 2))
ROWS = tuple(
    (name, value) for name, value in zip(("EMEA", "Americas", "APAC"), ("41.5", "38", "9.25"), strict=True)
)
QUERY = Query(
    "a", title="Revenue by region", description="Sums `amount` per **region**.", sql="SELECT region\nFROM `t`"
)
ANSWER = Answer(
    REF,
    texts=("EMEA led with **41.5 M**.",),
    query=QUERY,
    table=Table(COLUMNS, ROWS, total_rows=3),
    suggestions=("And by month?", "And by product?"),
)


def types(reply: Reply, variant: int = 0) -> list[str]:
    return [block["type"] for block in reply.variants[variant].blocks]


def said(reply: Reply, variant: int = 0) -> list[str]:
    """All texts of sections, headers and contexts, in order."""
    found: list[str] = []
    for block in reply.variants[variant].blocks:
        inner: list[Any] = [block["text"]] if "text" in block else block.get("elements", [])
        found += [element["text"] for element in inner if isinstance(element.get("text"), str)]
    return found


def test_an_answer_reads_from_the_takeaway_to_the_source() -> None:
    """Takeaway, reading, rows, what is not shown, SQL, next questions, provenance."""
    reply = compose(AnswerContext(ANSWER, space_title="Sales"))
    assert types(reply) == ["section", "context", "data_table", "context", "container", "actions", "context"]
    assert said(reply) == [
        "EMEA led with *41.5 M*.",
        "How I read it: Sums amount per region.",
        "3 rows.",
        "Genie space: Sales · AI-generated, check before you decide · Powered by Genie",
    ]
    assert reply.files == ()


def test_each_variant_is_complete() -> None:
    """Native table and folded SQL, then the older blocks, then text, then sections only."""
    reply = compose(AnswerContext(ANSWER))
    assert types(reply, 1) == ["section", "context", "table", "context", "rich_text", "actions", "context"]
    assert types(reply, 2) == [
        "section",
        "context",
        "rich_text",
        "context",
        "rich_text",
        "actions",
        "context",
    ]
    assert set(types(reply, 3)) == {"section"}
    for variant in reply.variants:
        shown = json.dumps(variant.blocks, ensure_ascii=False)
        assert all(
            part in shown
            for part in ("EMEA", "41.50", "How I read it", "FROM `t`", "And by month?", "3 rows.")
        )


def test_the_picture_goes_between_the_takeaway_and_the_rows() -> None:
    """A chart is seen before its figures, in every variant, and is named by Genie's title."""
    reply = compose(AnswerContext(ANSWER))
    assert reply.picture is not None
    assert reply.picture.title == "Revenue by region"
    for at, variant in enumerate(reply.variants):
        assert variant.chart_at == 2, at


def test_rows_leave_room_for_the_picture() -> None:
    """However long rows, names and the chart's words are, the message still fits when the chart is in."""
    columns = (*COLUMNS, *[Column(f"地域別売上高の合計 {at}", "DOUBLE") for at in range(21)])
    rows = tuple((f"地域 {at}", *["1.25"] * 22) for at in range(300))
    query = replace(QUERY, title="地域別売上 " * 40)
    reply = compose(AnswerContext(replace(ANSWER, query=query, table=Table(columns, rows))))
    assert reply.picture is not None
    picture = image("F0123456789", reply.picture.alt_text)
    for variant in reply.variants:
        assert len(json.dumps([*variant.blocks, picture])) < 11_500


def test_the_fallback_says_what_matters() -> None:
    """Notifications and screen readers get the takeaway and the number of rows, without markup."""
    assert compose(AnswerContext(ANSWER)).text == "EMEA led with 41.5 M.\n3 rows."


def test_one_number_is_the_answer() -> None:
    """A single value stands large, with its name, and comes first in the notification."""
    table = Table((Column("total_revenue", "LONG"),), (("41200345",),), total_rows=1)
    reply = compose(AnswerContext(replace(ANSWER, table=table)))
    assert types(reply)[:3] == ["header", "context", "section"]
    assert said(reply)[:2] == ["41,200,345", "Total revenue"]
    assert reply.text.startswith("41,200,345 (Total revenue)")
    assert (reply.picture, said(reply, 3)[0]) == (None, "*41,200,345*")


def test_one_row_is_a_card() -> None:
    """A row of several columns reads downwards, without a line about the number of rows."""
    reply = compose(AnswerContext(replace(ANSWER, table=Table(COLUMNS, ROWS[:1], total_rows=1))))
    assert types(reply)[:4] == ["section", "context", "section", "container"]
    assert len(reply.variants[0].blocks[2]["fields"]) == 4


def test_no_rows_are_explained() -> None:
    """An empty result says so, shows the SQL and proposes what to change."""
    reply = compose(AnswerContext(replace(ANSWER, texts=(), table=Table(COLUMNS, (), total_rows=0))))
    assert {words.answer.NO_ROWS, words.answer.NO_ROWS_HINT} <= set(said(reply))
    assert "container" in types(reply)
    assert words.answer.NO_ROWS in reply.text


def test_no_rows_are_not_explained_twice() -> None:
    """Where Genie says that nothing matches, only the proposal what to change is added."""
    reply = compose(
        AnswerContext(replace(ANSWER, texts=("No orders match.",), table=Table(COLUMNS, (), total_rows=0)))
    )
    assert {"No orders match.", words.answer.NO_ROWS_HINT} <= set(said(reply))
    assert words.answer.NO_ROWS not in [*said(reply), *reply.text.splitlines()]


def test_a_result_without_columns_is_explained() -> None:
    """Genie's words are about figures then, and what to change is told below what is missing."""
    reply = compose(AnswerContext(replace(ANSWER, table=Table((), (), total_rows=0))))
    assert {words.answer.NO_ROWS, words.answer.NO_ROWS_HINT} <= set(said(reply))
    assert words.answer.NO_ROWS in reply.text


def test_rows_that_could_not_be_read_are_explained_once() -> None:
    """Without rows the SQL is still shown; who calls may have explained it already."""
    unread = replace(ANSWER, table=None)
    assert words.answer.ROWS_UNREADABLE in said(compose(AnswerContext(unread)))
    assert (
        said(compose(AnswerContext(unread, note=words.answer.ROWS_UNREADABLE))).count(
            words.answer.ROWS_UNREADABLE
        )
        == 1
    )


def test_a_clarifying_question_asks_for_a_reply() -> None:
    """Genie's question is prominent, and people are told how to answer."""
    question = "Customer churn or revenue churn?"
    reply = compose(AnswerContext(Answer(REF, clarification=question)))
    assert types(reply) == ["header", "context", "context"]
    assert said(reply)[:2] == [question, words.answer.REPLY_HERE]
    assert reply.text == f"{question}\n{words.answer.REPLY_HERE}"


@pytest.mark.parametrize(
    "answer", [Answer(REF), Answer(REF, texts=("\u200b",)), Answer(REF, clarification=" ")]
)
def test_an_answer_without_content_says_so(answer: Answer) -> None:
    """When Genie finished with nothing to read, the reply says it and what to do."""
    assert words.answer.NO_ANSWER in said(compose(AnswerContext(answer)))
    assert compose(AnswerContext(answer)).text == words.answer.NO_ANSWER


def test_a_trusted_answer_is_labelled() -> None:
    """A query that the space's author verified is named with what was filled in."""
    query = replace(QUERY, parameters=(Parameter("quarter", "STRING", "2026-Q3"),))
    assert words.answer.trusted("quarter = 2026-Q3") in said(
        compose(AnswerContext(replace(ANSWER, query=query)))
    )
    silent = replace(QUERY, parameters=(Parameter("", "STRING", ""),))
    assert words.answer.trusted("") in said(compose(AnswerContext(replace(ANSWER, query=silent))))


def test_genies_thought_is_its_reading_when_it_gives_no_description() -> None:
    """How the question was read is shown from whatever Genie says about it."""
    query = replace(
        QUERY, description="", thoughts=(Thought("THOUGHT_TYPE_UNDERSTANDING", "Q3 is calendar."),)
    )
    assert "How I read it: Q3 is calendar." in said(compose(AnswerContext(replace(ANSWER, query=query))))


def test_note_and_asker_come_first() -> None:
    """What went before, and who clicked, stand above the answer."""
    reply = compose(AnswerContext(ANSWER, note=words.answer.CONTEXT_LOST, asked_by="U1"))
    assert said(reply)[:2] == [words.answer.CONTEXT_LOST, "Asked by <@U1>"]
    assert reply.text.startswith(words.answer.CONTEXT_LOST)


def test_rows_left_out_are_in_a_file() -> None:
    """What a variant does not show is announced, and a CSV holds all of it."""
    rows = tuple((f"Region {at}", f"{at}.25") for at in range(300))
    reply = compose(AnswerContext(replace(ANSWER, table=Table(COLUMNS, rows, total_rows=300))))
    (file,) = reply.files
    assert file.content.count(b"\r\n") == 301
    for variant in range(4):
        assert any(
            text.startswith("Showing the first ") and "of 300 rows. The attached CSV has all 300." in text
            for text in said(reply, variant)
        )


def test_long_sql_and_long_text_are_in_files() -> None:
    """What is too long for a message is attached whole, and the message says so."""
    sql = "SELECT 1 -- x\n" * 900
    text = "A long paragraph with words. " * 900
    reply = compose(AnswerContext(replace(ANSWER, texts=(text,), query=replace(QUERY, sql=sql))))
    assert {words.answer.SQL_IN_FILE, words.answer.TEXT_IN_FILE} <= set(said(reply)) & set(said(reply, 3))
    assert {file.content.decode() for file in reply.files} == {sql.strip(), text}


def test_sql_of_middle_length_is_shown_whole() -> None:
    """SQL that fits is never cut: every line of it is in the message."""
    sql = "\n".join(f"-- a < {at} in `t`" for at in range(100))
    reply = compose(AnswerContext(Answer(REF, texts=("x",), query=replace(QUERY, sql=sql))))
    parts = [
        part["elements"][0]["elements"][0]["text"]
        for part in reply.variants[1].blocks
        if part["type"] == "rich_text"
    ]
    assert "\n".join(parts) == sql
    assert reply.files == ()


def test_a_picture_is_described() -> None:
    """An image block names the uploaded file and what a screen reader says; its title is in the picture."""
    block = image("F1", "Bar chart: revenue by region")
    assert (block["slack_file"], block["alt_text"]) == ({"id": "F1"}, "Bar chart: revenue by region")
    assert "title" not in block


@pytest.mark.slow
def test_a_large_result_is_composed_at_once() -> None:
    """5,000 rows of 20 columns, CSV included, take a fraction of a second of processor time."""
    columns = tuple(Column(f"c{at}", "DOUBLE" if at % 2 else "STRING") for at in range(20))
    rows = tuple(tuple(f"{row}.5" if at % 2 else f"value {row}" for at in range(20)) for row in range(5000))
    answer = replace(ANSWER, table=Table(columns, rows, total_rows=5000))
    compose(AnswerContext(answer))
    begun = time.process_time()
    compose(AnswerContext(answer))
    assert time.process_time() - begun < 0.5
