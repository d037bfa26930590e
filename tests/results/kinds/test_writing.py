"""Results whose values are hard to write: tiny, huge, negative, missing, percent and lists."""

import re

import pytest

from render.chart.model import ChartKind
from tests.results.kinds.result import Result, cells, spoken, words

DIGITS = [
    (
        "coin STRING, price_usd DOUBLE",
        [("BTC", 64012.5), ("DOGE", 0.1234), ("X", 0.0149), ("SHIB", "0.00001234")],
        ["64,012.50", "0.12", "0.015", "0.000012"],
    ),
    (
        "pair STRING, exchange_rate DOUBLE",
        [("EURUSD", 1.0842), ("USDJPY", 150.21), ("JPYUSD", 0.00667)],
        ["1.08", "150.21", "0.0067"],
    ),
    (
        "sample STRING, concentration DOUBLE",
        [("A", 12.5), ("B", 0.00042), ("C", 0.081)],
        ["12.5", "0.00042", "0.081"],
    ),
    (
        "variant STRING, p_value DOUBLE",
        [("A", 0.51), ("B", 0.0004), ("C", 0.000012)],
        ["0.51", "0.0004", "0.000012"],
    ),
]


@pytest.mark.parametrize(("columns", "rows", "written"), DIGITS)
def test_every_cell_keeps_two_digits_that_matter(
    columns: str, rows: list[tuple[object, ...]], written: list[str]
) -> None:
    """A coin of a hundredth of a cent is not worth nothing beside one of 64,000."""
    for said in Result(columns, rows).say():
        texts = re.findall(r'"text": "([\d.,]+)0*"', cells(said))
        for number in written:
            assert any(text.startswith(number) for text in texts), texts
        assert not any(re.fullmatch(r"0[.0]*", text) for text in texts)
        assert not re.search(r"lowest \S?0 ", spoken(said))


DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
HOLES = [
    ("weekday STRING, hour INT, orders LONG", DAYS, range(8, 18)),
    (
        "region STRING, month DATE, aov DOUBLE",
        ("EMEA", "APAC", "LATAM", "ANZ"),
        [f"2026-{at:02}-01" for at in range(1, 10)],
    ),
    ("sensor STRING, hour INT, temperature DOUBLE", ("North", "South", "East", "West"), range(24)),
    ("wochentag STRING, stunde INT, anrufe LONG", ("Mo", "Di", "Mi", "Do", "Fr"), range(8, 18)),
]


@pytest.mark.parametrize(("columns", "lines", "places"), HOLES)
def test_no_data_is_not_the_lowest_value(columns: str, lines: tuple[str, ...], places: list[object]) -> None:
    """A pair without a row stays empty in the map, and no words tell of a zero."""
    rows = [
        (line, place, 5 + at * 3 % 7)
        for line in lines
        for at, place in enumerate(places)
        if (at + len(line) + lines.index(line)) % 4
    ]
    for said in Result(columns, rows).say():
        maps = [chart for chart in said.charts if chart.kind is ChartKind.HEAT_MAP]
        assert maps
        for chart in maps:
            drawn = [value for each in chart.series for value in each.values]
            assert drawn.count(None) == len(lines) * len(places) - len(rows)
            assert 0 not in drawn
        assert not re.search(r"lowest 0\b", words(said))


NOTATIONS = [
    [("a", "2.5e-09"), ("b", "1.5e-09"), ("c", "-0.0")],
    [("a", "9.88e+19"), ("b", "4.1e+19"), ("c", "-0")],
    [("a", "1E-12"), ("b", "3E-12"), ("c", "-2E-12")],
    [("a", "3.2E25"), ("b", "-1.1E25"), ("c", "0.0")],
    [("a", "-0.0"), ("b", "12.5"), ("c", "7E18")],
]


@pytest.mark.parametrize("rows", NOTATIONS)
@pytest.mark.parametrize("name", ["value", "amount"])
def test_charts_write_numbers_as_the_table_does(rows: list[tuple[str, str]], name: str) -> None:
    """Powers of ten, and a zero has no sign."""
    for said in Result(f"name STRING, {name} DOUBLE", rows).say():
        assert said.unasked is not None
        assert not re.search(
            r"\d[eE][+-]?\d|(?<![\d.])-0(?![\d.])|-0\.0*(?!\d)", spoken(said) + said.reply.split("\n")[0]
        )
        assert not re.search(r'"text": "-0[.0]*"', cells(said))


TURNS = [
    (-200, 300, "up by 500"),
    (-50, -80, "down by 30"),
    (100, -40, "down by 140"),
    (-1500000, 600000, "up by 2.1M"),
]


@pytest.mark.parametrize(("before", "now", "change"), TURNS)
def test_a_change_from_below_zero_is_told_in_words(before: int, now: int, change: str) -> None:
    """A percentage of a loss says nothing."""
    said = Result("month DATE, profit DECIMAL", [("2026-09-01", before), ("2026-10-01", now)]).say()[0]
    beside = Result("profit DECIMAL, profit_last_month DECIMAL", [(now, before)]).say()[0]
    for each in (said, beside):
        assert each.unasked is not None
        assert each.unasked.kind is ChartKind.NUMBER
        assert change in each.unasked.finding
        assert "%" not in spoken(each)


PERCENT = [
    ("margin_pct DOUBLE", 0.123, "12.3%", ""),
    ("discount_percent DOUBLE", 0.05, "5", ""),
    ("churn_pct DOUBLE", 0.0312, "3.1", ""),
    ("quote_prozent DOUBLE", 0.881, "88.1%", ""),
    ("rate DOUBLE", 0.123, "12.3%", "SELECT product, SUM(a) / SUM(b) AS rate FROM s GROUP BY 1"),
    (
        "margin_pct DOUBLE",
        0.4,
        "0.4",
        "SELECT product, SUM(a) / SUM(b) * 100 AS margin_pct FROM s GROUP BY 1",
    ),
]


@pytest.mark.parametrize(("column", "value", "written", "sql"), PERCENT)
def test_a_fraction_named_percent_is_written_as_percent(
    column: str, value: float, written: str, sql: str
) -> None:
    """12.3 % in the table, the chart and Stats, unless the query multiplied by a hundred."""
    rows = [("A", value), ("B", value * 1.1), ("C", value * 0.8)]
    for said in Result(f"product STRING, {column}", rows, sql, only_with_sql=bool(sql)).say():
        assert re.search(rf'"text": "{re.escape(written)}[\d.]*%?"', cells(said))
        assert f"{written}" in "\n".join(said.stats)


LISTS = [
    ("ARRAY", '["a, b","c"]', '["a","b","c"]'),
    ("ARRAY", '["Smith, John","Doe, Jane"]', '["Smith","John","Doe","Jane"]'),
    ("MAP", '{"city":"Paris, France"}', '{"city":"Paris","France":null}'),
    ("ARRAY", '["1,5","2"]', '["1","5","2"]'),
    ("ARRAY", '["say \\"a, b\\"","c"]', '["say \\"a","b\\"","c"]'),
]


@pytest.mark.parametrize(("type_name", "two", "three"), LISTS)
def test_an_item_with_a_comma_is_one_item(type_name: str, two: str, three: str) -> None:
    """A list of two items does not look like one of three."""
    written = []
    for cell in (two, three):
        said = Result(f"name STRING, tags {type_name}", [("x", cell), ("y", cell)]).say()[0]
        written.append(set(re.findall(r'"text": "((?:[^"\\]|\\.)*)"', cells(said))))
    assert written[0] != written[1]
