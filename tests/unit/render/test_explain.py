"""How an answer came about, as a modal and as a message."""

import json
import re
from dataclasses import replace
from typing import Any

from genie.model import Parameter, Query, Thought
from render import words
from render.explain.model import Reading, Source
from render.explain.view import explain, explain_view, sentence
from sandbox.slack.blocks.check import BlockRules, view_faults

QUERY = Query(
    "a",
    description="Sums `amount` per **region**.",
    sql="SELECT region, sum(amount) FROM main.sales.orders WHERE year(day) = 2025 GROUP BY region",
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
    return texts(explain(source).views[view]["blocks"])


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
        words.explain.FILTERS,
        "year(day) = 2025",
        words.explain.rows(1_204, cut=True) + " "
        "Data read: <!date^1795340412^{date_short_pretty} at {time}|2026-11-22 09:40 UTC>.",
        words.explain.SQL,
        "SELECT\n  region,\n  sum(amount)\nFROM main.sales.orders\nWHERE year(day) = 2025\nGROUP BY region",
        words.explain.OPEN_GENIE,
    ]


def test_the_second_view_says_the_same_in_sections() -> None:
    """When Slack refuses rich text, nothing is lost."""
    second = "\n".join(shown(SOURCE, 1))
    assert all(part in second for part in ("main.sales.orders", "year(day) = 2025", "GROUP BY region"))
    assert "rich_text" not in json.dumps(explain(SOURCE).views[1])


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
    long = replace(QUERY, sql=sql, thoughts=(Thought("STEPS", "word \u00e9 " * 15_000),) * 3)
    result = explain_view(replace(SOURCE, query=long), Reading(sql, ("t" * 900,) * 500, ("f & f",) * 500))
    for view in result.views:
        assert view_faults(view["blocks"], "modal", BlockRules()) == ()
        assert len(json.dumps(view)) < 240_000
        assert view["blocks"][-1]["type"] == "actions"
        assert {words.explain.SQL_SHORTENED, words.explain.SHORTENED} <= set(texts(view["blocks"]))
    for variant in result.message.variants:
        assert len(json.dumps(variant.blocks)) < 11_500
        assert len(variant.blocks) <= 50


def test_one_sentence_is_a_modal_and_a_message() -> None:
    """What cannot be explain_view is said in the same two ways."""
    said = sentence(words.explain.TOO_OLD)
    assert texts(said.views[0]["blocks"]) == [words.explain.TOO_OLD] == texts(said.message.variants[0].blocks)
    assert len(said.views[0]["title"]["text"]) <= 24


def test_a_value_that_is_cut_ends_with_a_whole_character() -> None:
    """Nothing is cut within `&amp;`, however many of them a value of a trusted query has."""
    filled = tuple(Parameter(str(at), "STRING", "&" * 900) for at in range(9))
    source = Source("q", Query("a", sql="SELECT 1", parameters=filled), None, "")
    told = explain(source)
    every = [*told.views, *(list(variant.blocks) for variant in told.message.variants)]
    assert "&amp;" in json.dumps(every)
    assert not re.search("&(?!amp;|lt;|gt;)", json.dumps([told.views[1], every[-1]]))
