"""Data is only data: each hostile text, by its name, on every surface that can show it."""

import csv
import io
import json
import logging
import re
from unicodedata import category

import pytest

from bot.observability import logs
from genie.model import Answer, Column, MessageRef, Parameter, Query, Table, Thought
from render import words
from render.answer.compose import compose
from render.answer.context import AnswerContext
from render.blockkit.blocks import image
from render.blockkit.reply import Reply
from render.columns.read import read_result
from render.explain.model import Source
from render.explain.view import explain, read
from render.figure.draw import draw
from render.files.csv_file import csv_file, file_name
from sandbox.slack.blocks.check import BlockRules, check_message, view_faults
from tests import hostile
from tests.rendered import choose_chart
from tests.shown import UNSEEN, alive, foreign, strings

ASKER = "U0123ABCD"
READY = BlockRules(file_ready=lambda _: True)
CALCULATES = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
each_text = pytest.mark.parametrize("text", hostile.TEXTS, ids=hostile.NAMED)
LONGEST = "a hundred thousand backslashes", "a hundred thousand emoji", "JSON bomb of objects"
"""What grows most on its way; the others as long go to the slow rest where each takes its time."""
each_in_time = pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name, marks=() if name in LONGEST or len(text) < 10_000 else pytest.mark.slow)
        for name, text in hostile.NAMED.items()
    ],
)


def table(text: str) -> Table:
    """Make a result with the text in its names and cells, under types that fit and types that do not."""
    types = ("STRING", "DECIMAL", "DATE", "STRUCT", "BOOLEAN", "INTERVAL", "BINARY")
    columns = (*(Column(text, kind) for kind in types), Column("Sales", "LONG"))
    return Table(columns, tuple((*[text] * len(types), str(row)) for row in range(4)))


def query(text: str) -> Query:
    filled_in = (Parameter(text, text, text),)
    thoughts = (Thought("THOUGHT_TYPE_UNDERSTANDING", text), Thought(text, text))
    return Query("a", text, text, text, parameters=filled_in, thoughts=thoughts)


def reply(text: str, rows: Table | None, clarification: str | None = None) -> Reply:
    said = (text, text[:2_000])
    answer = Answer(MessageRef("s", "c", "m"), said, clarification, query(text), rows, suggestions=said)
    return compose(
        AnswerContext(answer, asked_by=ASKER, question=text, note=text, space_title=text, question_id="k")
    )


@each_in_time
def test_an_answer_shows_it_as_text(text: str) -> None:
    """With it in every place of an answer, each variant is taken by Slack, and nothing in it is alive."""
    one_row = Table((Column(text),), ((text,),))
    for shown in (reply(text, table(text)), reply(text, one_row), reply(text, None, text)):
        picture = [image("F0", shown.picture.alt_text)] if shown.picture else []
        for variant in shown.variants:
            check_message([*variant.blocks, *picture], None, READY)
            assert alive([*variant.blocks, *picture], ASKER) == []
        assert foreign(shown.text) == []
        assert not UNSEEN.search(shown.text)
        assert len(shown.text) <= 3_000


@pytest.mark.slow
@each_in_time
def test_how_it_came_about_shows_it_as_text(text: str) -> None:
    """So do the modal and the message that tell how an answer came about."""
    source = Source(text, query(text), 1.0, "")
    shown = explain(source, read(source))
    for view in shown.views:
        assert view_faults(view["blocks"], "modal", READY) == ()
    assert alive([*shown.views, *(variant.blocks for variant in shown.message.variants)]) == []
    assert foreign(shown.message.text) == []


@each_text
def test_a_file_holds_it_and_calculates_nothing(text: str) -> None:
    """A spreadsheet reads back what Genie gave, and finds no formula; the file's name is a plain one."""
    file = csv_file(Table((Column(text), Column("n", "LONG")), ((text, "-1"), (None, "2"))), text)
    assert file.name == file_name(text, "csv")
    assert {category(sign)[0] for sign in file.name} <= set("LMNP")
    assert not set(file.name) & set("/\\:*?\"'<>|,;!&%$#@")
    assert len(file.name) < 100
    assert len(file.name.encode()) <= 255
    read = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline=""), strict=True))
    assert [row[1] for row in read] == ["n", "-1", "2"]
    printable = text.encode("utf-8", errors="replace").decode()
    assert read[1][0].replace("'", "") == printable.replace("'", "")
    assert not begins_a_formula(read[1][0])
    assert not begins_a_formula(read[0][0])
    for part in re.split("[;\t\r\n]", read[1][0]):
        assert not (begins_a_formula(part) and set(part) & set("(|!"))


def begins_a_formula(cell: str) -> bool:
    """Whether a spreadsheet could calculate with a cell that is no number."""
    seen = "".join(sign for sign in cell if sign.isprintable() and not sign.isspace())
    try:
        float(cell)
    except ValueError:
        return seen.startswith(CALCULATES)
    return False


@pytest.mark.parametrize("start", range(0, len(hostile.SHORT), 10))
def test_a_chart_draws_it_and_tells_it_as_text(start: int) -> None:
    """Names of all kinds end up as clean labels in a picture that can be drawn, with a text beside it."""
    names = hostile.SHORT[start : start + 10]
    rows = tuple((f"{at} {name}", str(10 + at)) for at, name in enumerate(names))
    shown = Table((Column(names[0] or "Name"), Column(names[-1], "LONG")), rows)
    chart = choose_chart(shown, read_result(shown), names[0])
    assert chart
    told = (chart.title, chart.note, chart.alt_text, *chart.labels, *(each.name for each in chart.series))
    assert not [text for text in told if UNSEEN.search(text) or "\n" in text]
    assert len(chart.alt_text) <= 2_000
    assert draw(chart).startswith(b"\x89PNG")


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_line_of_the_log_stays_one_line(form: str) -> None:
    """Whoever gets something into an event's data can neither begin a line of their own nor hide one."""
    formatter = logs.formatter(as_text=form == "text")
    for name, text in hostile.NAMED.items():
        record = logging.makeLogRecord({"name": "bot", "msg": "answer.read", "said": text[:1_000]})
        line = formatter.format(record)
        assert len(line.splitlines()) == 1, name
        assert not any(sign < " " or "\x7f" <= sign <= "\x9f" for sign in line), name
        if form == "json":
            assert json.loads(line)["event"] == "answer.read", name


def test_our_own_words_are_not_hostile() -> None:
    """The checks of this file find nothing in a plain answer, and do find what is planted in one."""
    plain = compose(
        AnswerContext(Answer(MessageRef("s", "c", "m"), ("Fine.",)), asked_by=ASKER, question_id="k")
    )
    assert alive([variant.blocks for variant in plain.variants], ASKER) == []
    assert words.answer.AI_GENERATED in " ".join(strings([variant.blocks for variant in plain.variants]))
    assert foreign("<!channel> &lt;") == ["<!channel>"]
    assert alive([{"type": "link", "url": "https://evil.example", "text": "a\u202eb"}]) != []
