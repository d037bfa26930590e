"""How an answer came about, as a modal and as a message."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from genie.model import Parameter, Query, Thought
from render import words
from render.explain.model import QueriedTable, Reading, Source
from render.explain.view import explain, read, sentence
from render.sql.model import Operation, QueryColumn
from sandbox.slack.blocks.check import BlockRules, view_faults

QUERY = Query(
    "a",
    description="Sums `amount` per **region**.",
    sql="SELECT region, sum(amount) AS n FROM main.sales.orders WHERE year(day) = 2025 GROUP BY region",
    thoughts=(
        Thought("THOUGHT_TYPE_UNDERSTANDING", "Last year is *2025*."),
        Thought("THOUGHT_TYPE_STEPS", "1. Sum\n2. Group"),
        Thought("THOUGHT_TYPE_UNDERSTANDING", "Regions as they are today."),
        Thought("THOUGHT_TYPE_SELF_CHECK", "Looks right."),
        Thought("<!channel>", "Odd."),
    ),
    row_count=1_204,
    truncated=True,
)
LAID_OUT = """\
SELECT
  region,
  sum(amount) AS n
FROM main.sales.orders
WHERE year(day) = 2025
GROUP BY region"""
SOURCE = Source(
    "revenue by region last year", QUERY, 1_795_340_412.3, "https://dbc.example/genie/rooms/s/chats/c"
)


def texts(value: Any) -> list[str]:
    """Return every text in blocks, in order."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for part in value.values() for text in texts(part)]
    return [text for part in value for text in texts(part)] if isinstance(value, list | tuple) else []


def shown(source: Source, view: int = 0) -> list[str]:
    """Return what a person reads in the modal."""
    return texts(explain(source, read(source)).views[view]["blocks"])


def test_the_modal_tells_in_the_order_of_asking() -> None:
    """Question, reading, thoughts by kind, tables, filters, rows, time, SQL, and the way to Databricks."""
    assert shown(SOURCE) == [
        "revenue by region last year",
        words.explain.READING,
        "Sums `amount` per *region*.",
        words.explain.THOUGHTS,
        "*The question*\nLast year is _2025_.\n\nRegions as they are today.",
        "*Steps*\n1. Sum\n2. Group",
        "*Self check*\nLooks right.",
        "*Other notes*\nOdd.",
        words.explain.DATA,
        words.explain.TABLES,
        "main.sales.orders",
        words.explain.COLUMNS,
        "n",
        ": sum of ",
        "amount",
        words.explain.FILTERS,
        "year(day) = 2025",
        words.explain.rows(1_204, cut=True) + " "
        "Data read: <!date^1795340412^{date_short_pretty} at {time}|2026-11-22 09:40 UTC>.",
        words.explain.SQL,
        LAID_OUT,
        words.explain.OPEN_GENIE,
    ]


def test_the_second_view_says_the_same_in_sections() -> None:
    """When Slack refuses rich text, nothing is lost."""
    second = "\n".join(shown(SOURCE, 1))
    assert all(part in second for part in ("main.sales.orders", "year(day) = 2025", "GROUP BY region"))
    assert "rich_text" not in json.dumps(explain(SOURCE, read(SOURCE)).views[1])


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (QueryColumn(Operation.SUM, ("amount",), name="revenue"), "revenue: sum of amount"),
        (QueryColumn(Operation.AVERAGE, ("price",), name="p"), "p: average of price"),
        (QueryColumn(Operation.COUNT, name="n"), "n: number of rows"),
        (
            QueryColumn(Operation.COUNT, is_conditional=True, name="n"),
            "n: number of rows, where a condition holds",
        ),
        (QueryColumn(Operation.COUNT_DISTINCT, ("id",), name="c"), "c: number of different id"),
        (QueryColumn(Operation.SHARE, ("amount",), name="s"), "s: share of the total of amount"),
        (QueryColumn(Operation.RATIO, ("a", "b"), name="r"), "r: ratio of a, b"),
        (
            QueryColumn(Operation.RATIO, ("a", "b", "c", "d", "e"), name="r"),
            "r: ratio of a, b, c, d and others",
        ),
        (QueryColumn(Operation.SUM, ("n", "price"), name="s"), "s: sum of a calculation with n, price"),
        (QueryColumn(Operation.RUNNING, ("a",), aggregate=Operation.SUM, name="r"), "r: running sum of a"),
        (
            QueryColumn(Operation.MOVING, ("a",), aggregate=Operation.AVERAGE, name="r"),
            "r: moving average of a",
        ),
        (QueryColumn(Operation.RUNNING, aggregate=Operation.COUNT, name="r"), "r: running number of rows"),
        (QueryColumn(Operation.TIME, ("day",), grain="month", name="m"), "m: months of day"),
        (QueryColumn(Operation.DATE_PART, ("day",), grain="weekday", name="w"), "w: day of the week of day"),
    ],
)
def test_each_column_says_how_it_is_made(column: QueryColumn, said: str) -> None:
    """What the query does for a column is told in words, in both views."""
    result = explain(SOURCE, Reading("SELECT 1", (), (), (column,)))
    assert said in "".join(texts(result.views[0]["blocks"]))
    assert f"*Columns*\n\u2022 {said}" in texts(result.views[1]["blocks"])


@pytest.mark.parametrize(
    "column",
    [
        QueryColumn(Operation.COLUMN, ("region",), name="region"),
        QueryColumn(Operation.OTHER, ("a", "b"), name="x"),
        QueryColumn(Operation.TIME, ("created_at",), name="t"),
        QueryColumn(Operation.SUM, ("amount",)),
        QueryColumn(),
    ],
)
def test_nothing_is_said_of_columns_of_which_nothing_was_understood(column: QueryColumn) -> None:
    """A column as it is in its table, or one without a name, takes no line, and no list stands empty."""
    result = explain(SOURCE, Reading("SELECT 1", (), (), (column,)))
    assert words.explain.COLUMNS not in texts(result.views[0]["blocks"])


def test_a_trusted_query_comes_first_with_its_values() -> None:
    """Who trusts an answer for its author's query sees which values were filled in."""
    query = replace(QUERY, parameters=(Parameter("region", "STRING", "EMEA"), Parameter("n", "INT", "5")))
    assert shown(replace(SOURCE, query=query))[1:4] == [words.explain.TRUSTED, "region = EMEA", "n = 5"]


def test_without_sql_only_the_notes_are_told() -> None:
    """An answer in words has neither tables nor rows."""
    texts_only = Query(None, description="Explains what the space holds.")
    assert shown(Source("what is here?", texts_only, None, "")) == [
        "what is here?",
        words.explain.READING,
        "Explains what the space holds.",
    ]
    assert shown(Source("", None, None, "")) == [words.explain.NOTHING_SAID]


def test_a_thought_that_is_the_description_is_said_once() -> None:
    """Genie repeats itself; the modal does not."""
    query = replace(QUERY, thoughts=(Thought("THOUGHT_TYPE_DESCRIPTION", QUERY.description),))
    assert words.explain.THOUGHTS not in shown(replace(SOURCE, query=query))


def test_sql_that_cannot_be_taken_apart_is_shown_whole() -> None:
    """No table and no filter is invented."""
    said = shown(replace(SOURCE, query=replace(QUERY, sql="SELECT 'open")))
    assert words.explain.UNKNOWN_TABLES in said
    assert "SELECT 'open" in said


def test_the_longest_query_fits_and_says_what_is_missing() -> None:
    """100,000 characters of SQL and of thoughts leave a modal and a message that Slack takes."""
    sql = "SELECT 1 -- \u00e9\n" * 8_000
    made = QueryColumn(Operation.SUM, ("s & s" * 90,) * 9, name="n" * 900)
    long = replace(QUERY, sql=sql, thoughts=(Thought("STEPS", "word \u00e9 " * 15_000),) * 3)
    tables = (QueriedTable("t" * 900),) * 500
    result = explain(replace(SOURCE, query=long), Reading(sql, tables, ("f & f",) * 500, (made,) * 500))
    for view in result.views:
        assert view_faults(view["blocks"], "modal", BlockRules()) == ()
        assert len(json.dumps(view)) < 240_000
        assert view["blocks"][-1]["type"] == "actions"
        assert {words.explain.SQL_SHORTENED, words.explain.SHORTENED} <= set(texts(view["blocks"]))
    for variant in result.message.variants:
        assert len(json.dumps(variant.blocks)) < 11_500
        assert len(variant.blocks) <= 50


def test_one_sentence_is_a_modal_and_a_message() -> None:
    """What cannot be explained is said in the same two ways."""
    said = sentence(words.explain.TOO_OLD)
    assert texts(said.views[0]["blocks"]) == [words.explain.TOO_OLD] == texts(said.message.variants[0].blocks)
    assert len(said.views[0]["title"]["text"]) <= 24


def test_a_value_that_is_cut_ends_with_a_whole_character() -> None:
    """Nothing is cut within `&amp;`, however many of them a value of a trusted query has."""
    filled = tuple(Parameter(str(at), "STRING", "&" * 900) for at in range(9))
    source = Source("q", Query("a", sql="SELECT 1", parameters=filled), None, "")
    told = explain(source, read(source))
    every = [*told.views, *(list(variant.blocks) for variant in told.message.variants)]
    assert "&amp;" in json.dumps(every)
    assert not re.search("&(?!amp;|lt;|gt;)", json.dumps([told.views[1], every[-1]]))
