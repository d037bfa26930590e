"""The rows of an answer with the line below them, as their reader writes numbers."""

import json
import re
from dataclasses import replace

from genie.model import Column, Table
from render import words
from render.answer.compose import compose
from render.answer.context import AnswerContext
from render.text.locales import locale_of
from render.words.results.values import NO_TEXT, NO_VALUE, NOTHING_EXPLAINED
from tests.unit.render.answer.test_compose import ANSWER, COLUMNS, said


def test_the_reader_writes_numbers_in_their_own_way() -> None:
    """Rows, and the counts below them, follow the reader; a dash is explained where there is one."""
    rows = (("EMEA", "1234.5"), ("APAC", None), *(("LATAM", "2"),) * 1_198)
    german = compose(AnswerContext(replace(ANSWER, table=Table(COLUMNS, rows)), locale=locale_of("de-DE")))
    texts = said(german)
    shown = json.dumps(german.variants[0].blocks)
    assert "1.234,50" in shown
    assert any(re.match(r"Showing the first \d+ of 1\.200 rows\.", text) for text in texts)
    assert any(text.endswith(NOTHING_EXPLAINED) for text in texts)
    assert NOTHING_EXPLAINED not in said(compose(AnswerContext(ANSWER)))


def test_a_number_that_is_missing_says_so() -> None:
    """A dash as the whole answer would be a riddle."""
    alone = replace(ANSWER, table=Table(COLUMNS[1:], ((None,),)))
    assert NO_VALUE in said(compose(AnswerContext(alone)))


def test_nothing_but_missing_values_says_what_to_do_next() -> None:
    """A sum over no rows is one row without a value: as little of an answer as no rows at all."""
    for columns in (COLUMNS, COLUMNS[1:]):
        void = compose(AnswerContext(replace(ANSWER, table=Table(columns, ((None,) * len(columns),)))))
        assert words.answer.NO_ROWS_HINT in said(void)
    half = compose(AnswerContext(replace(ANSWER, table=Table(COLUMNS, (("EMEA", None),)))))
    assert words.answer.NO_ROWS_HINT not in said(half)


def test_a_text_without_a_letter_says_so() -> None:
    """An empty text as the whole answer is named and not left blank."""
    assert NO_TEXT in said(compose(AnswerContext(replace(ANSWER, table=Table(COLUMNS[:1], ((" ",),))))))


def test_that_there_are_no_rows_comes_first() -> None:
    """Without Genie's words, how it read the question is said below what the answer is."""
    nothing = said(compose(AnswerContext(replace(ANSWER, texts=(), table=Table(COLUMNS, ())))))
    assert nothing[:3] == [
        words.answer.NO_ROWS,
        "How I read it: Sums amount per region.",
        words.answer.NO_ROWS_HINT,
    ]


def test_a_single_row_is_read_out() -> None:
    """Whoever hears the message instead of seeing its blocks hears the values, the most telling ones."""
    alone = replace(ANSWER, table=Table(COLUMNS, (("EMEA", "41.5"),)))
    assert "Region: EMEA, Total revenue: 41.50" in compose(AnswerContext(alone)).text
    assert "Region: " not in compose(AnswerContext(ANSWER)).text


def test_columns_without_room_for_their_names_are_counted() -> None:
    """However long the names are, the line ends by telling how many columns it does not name."""
    columns = tuple(Column(f"column {n} {'of many words ' * 9}") for n in range(60))
    (line,) = (
        text
        for text in said(compose(AnswerContext(replace(ANSWER, table=Table(columns, (("x",) * 60,) * 3)))))
        if "Columns not shown" in text
    )
    named = len(re.findall(r"Column \d+", line))
    (others,) = re.findall(r" and (\d+) more\.$", line)
    assert named >= 3
    assert named + int(others) == 60 - 20
