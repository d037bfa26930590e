"""What changed in a watched result is one sentence, with its numbers, in the reader's own way of writing."""

from collections.abc import Sequence

import pytest

from genie.model import Cell, Column, Table
from render.columns.read import read_result
from render.sql.read import read_query
from render.text.locales import locale_of
from render.watch.compare import baseline, compare
from render.watch.model import ALWAYS, Baseline, Condition, When
from render.watch.told import Watched, sentence

KEY = b"k" * 32
MONDAY = 1_790_000_000_000
SINCE = "<!date^1790000000^{date_short_pretty} at {time}|2026-09-21 14:13 UTC>"
Rows = Sequence[tuple[Cell, ...]]

BY_REGION = "SELECT region, SUM(revenue_eur) AS revenue_eur FROM t GROUP BY region ORDER BY region"
REGIONS = (Column("region"), Column("revenue_eur", "DECIMAL", scale=2))
TOTAL = (Column("revenue_eur", "DECIMAL", scale=2),)
RATE = (Column("return_rate", "DOUBLE"),)
NAMES = (Column("name"),)
BEFORE = [("EMEA", "1000.00"), ("APAC", "200000.50")]
ABOVE = Condition(When.CROSSES, "revenue_eur", above=True, value="300000")
BELOW = Condition(When.CROSSES, "revenue_eur", above=False, value="1250000")


def look(columns: tuple[Column, ...], rows: Rows, sql: str, condition: Condition, at: int) -> Baseline:
    """Return what is kept of a result."""
    table, query = Table(columns, tuple(rows)), read_query(sql)
    return baseline(table, read_result(table, query), KEY, query=query, condition=condition, at=at)


def told(
    columns: tuple[Column, ...],
    before: Rows | None,
    now: Rows,
    sql: str = "",
    condition: Condition = ALWAYS,
    locale: str = "",
) -> str | None:
    """Return what is said of a run a day after the one before."""
    known = None if before is None else look(columns, before, sql, condition, MONDAY)
    change = compare(known, look(columns, now, sql, condition, MONDAY + 86_400_000), condition)
    table = Table(columns, tuple(now))
    watched = Watched(table, read_result(table, read_query(sql)), locale_of(locale))
    return sentence(change, watched, condition) if change else None


@pytest.mark.parametrize(
    ("columns", "before", "now", "sql", "said"),
    [
        (
            *(TOTAL, [("1200000",)], [("1240000.00",)], "SELECT SUM(revenue_eur) AS revenue_eur FROM t"),
            f"Revenue is €1.24M, up €40K (+3.3%) since {SINCE}.",
        ),
        (
            *(REGIONS, BEFORE, [*BEFORE, ("LATAM", "40000"), ("MEA", "1")], BY_REGION),
            f"Revenue adds up to €241K, up €40K (+19.9%) since {SINCE}; 2 rows more (4 now).",
        ),
        (
            *(REGIONS, BEFORE, BEFORE, BY_REGION),
            f"Revenue adds up to €201K, unchanged since {SINCE}; the 2 rows are the same.",
        ),
        (
            *(REGIONS, BEFORE, [("EMEA", "1000"), ("Asia", "200000.5")], BY_REGION),
            f"Revenue adds up to €201K, unchanged since {SINCE}; 2 rows as before, with other values.",
        ),
        (
            *(REGIONS, BEFORE, BEFORE[::-1], BY_REGION),
            f"Revenue adds up to €201K, unchanged since {SINCE}; the same rows in another order.",
        ),
        (
            *(RATE, [("0.031",)], [("0.035",)], "SELECT SUM(a) / SUM(b) AS return_rate FROM t"),
            f"Return rate is 3.5%, up 0.4 percentage points since {SINCE}.",
        ),
        (
            *(NAMES, [("Ada",), ("Ben",)], [("Ben",), ("Ada",)], "SELECT name FROM t ORDER BY age"),
            f"The same rows in another order since {SINCE}.",
        ),
        (
            *(REGIONS, [("a", "1"), ("a", "2")], [("a", "2"), ("a", "1")]),
            "SELECT region, revenue_eur FROM t ORDER BY region",
            f"Revenue adds up to €3, unchanged since {SINCE}; the 2 rows are the same.",
        ),
        (
            *(REGIONS, [("EMEA", "1000")], [("APAC", "1000")], BY_REGION),
            f"Revenue is €1,000, unchanged since {SINCE}; the row has other values.",
        ),
        (NAMES, [("Ada",)], [("Ben",)], "", f"The row has other values since {SINCE}."),
        (NAMES, [("Ada",)], [], "", f"1 row fewer (0 now) since {SINCE}."),
        (REGIONS, None, BEFORE, BY_REGION, "Revenue adds up to €201K; 2 rows."),
    ],
)
def test_a_run_is_told_in_one_sentence(
    columns: tuple[Column, ...], before: Rows | None, now: Rows, sql: str, said: str
) -> None:
    """The sums that moved and by how much, what came of the rows, and since when."""
    assert told(columns, before, now, sql) == said


def test_numbers_are_as_the_reader_writes_them() -> None:
    """Those of a German with commas, and the sign behind."""
    said = told(TOTAL, [("1200000",)], [("1240000",)], "SELECT SUM(revenue_eur) FROM t", locale="de-DE")
    assert said == f"Revenue is 1,24M\u00a0€, up 40K\u00a0€ (+3,3\u00a0%) since {SINCE}."


def test_a_crossing_is_told_once_and_again_only_after_it_went_back() -> None:
    """The first row beyond the value is named; while it stays there is silence."""
    beyond = [("EMEA", "1000"), ("APAC", "400000")]
    assert told(REGIONS, BEFORE, beyond, BY_REGION, ABOVE) == "APAC: Revenue is €400K, now above €300K."
    assert told(REGIONS, beyond, beyond, BY_REGION, ABOVE) is None
    assert told(REGIONS, beyond, BEFORE, BY_REGION, ABOVE) is None
    assert told(REGIONS, None, beyond, BY_REGION, ABOVE) is not None
    sql = "SELECT SUM(revenue_eur) AS revenue_eur FROM t"
    said = told(TOTAL, [("1260000",)], [("1240000",)], sql, BELOW)
    assert said == f"Revenue is €1.24M, down €20K (-1.6%) since {SINCE}, and now below €1.25M."


def test_a_value_that_is_just_reached_is_not_crossed() -> None:
    """Neither above nor below."""
    assert told(TOTAL, [("1300000",)], [("1250000.00",)], "", BELOW) is None


def test_an_infinite_value_is_beyond_each_limit_on_its_side_and_nan_is_none() -> None:
    """It is written as in tables, alone and in its row."""
    above, below = (Condition(When.CROSSES, "return_rate", above=above, value="2") for above in (True, False))
    assert told(RATE, [("1",)], [("Infinity",)], "", above) == "Return rate is ∞, now above 2."
    assert told(RATE, [("Infinity",)], [("Infinity",)], "", above) is None
    assert (
        told(RATE, [("3",)], [("-Infinity",), ("NaN",)], "", below)
        == "row 1: Return rate is -∞, now below 2."
    )
    assert told(RATE, [("1",)], [("NaN",)], "", above) is None
    assert told(RATE, [("3",)], [("NaN",)], "", below) is None


def test_a_column_that_is_gone_is_told_once() -> None:
    """With what to do; an empty result is no reason, as it has no columns at all."""
    gone = Condition(When.CROSSES, "profit", above=True, value="1")
    said = told(TOTAL, None, [("1",)], "", gone)
    assert said
    assert said.startswith("The result has no column of numbers called profit any more")
    assert told(TOTAL, [("1",)], [("2",)], "", gone) is None
    assert told(NAMES, None, [], "", gone) is None


def test_a_watch_for_changes_is_silent_when_there_are_none() -> None:
    """And at its first look, when nothing is known."""
    changed = Condition(When.CHANGED)
    assert told(REGIONS, BEFORE, BEFORE, BY_REGION, changed) is None
    assert told(REGIONS, None, BEFORE, BY_REGION, changed) is None
    assert told(REGIONS, BEFORE, BEFORE[:1], BY_REGION, changed) is not None


def test_a_result_that_is_cut_says_so() -> None:
    """Beyond what Genie gives, nobody knows what changed."""
    table = Table(NAMES, (("Ada",), ("Ben",)), 9_999, truncated=True)
    reading = read_result(table)
    change = compare(None, baseline(table, reading, KEY), ALWAYS)
    assert change
    said = sentence(change, Watched(table, reading), ALWAYS)
    assert said == "9,999 rows; there are more rows than the 2 that I compared."


def test_names_in_a_sentence_are_only_data() -> None:
    """A column cannot mention anybody or forge a link."""
    hostile = (Column("<!channel> *x*", "LONG"),)
    said = told(hostile, None, [("1",)])
    assert said
    assert "<!channel>" not in said
    assert "*" not in said
