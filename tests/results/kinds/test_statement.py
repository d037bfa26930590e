"""Lines with subtotals between them: what is left in the end is marked as such and is a part of nothing."""

import pytest

from render.chart.model import ChartKind
from render.figure.draw import draw
from tests.results.kinds.result import Result, added_up, spoken, values, words

PROFIT = [("Revenue", 1000), ("COGS", -400), ("Gross profit", 600), ("Opex", -350), ("EBITDA", 250)]
UNION = """SELECT 'Revenue' AS line, SUM(rev) AS amount FROM f
UNION ALL SELECT 'Cost of sales', SUM(cogs) FROM f
UNION ALL SELECT 'Gross profit', SUM(rev) - SUM(cogs) FROM f
UNION ALL SELECT 'Opex', SUM(opex) FROM f
UNION ALL SELECT 'Operating profit', SUM(rev) - SUM(cogs) - SUM(opex) FROM f"""
STATEMENTS = [
    (Result("line STRING, amount DOUBLE", PROFIT), {2, 4}),
    (Result("line STRING, 2025 LONG, 2026 LONG", [(line, at, at + 9) for line, at in PROFIT]), {2, 4}),
    (
        Result(
            "position STRING, betrag_eur LONG",
            [
                *(("Umsatzerlöse", 5000), ("Material", 2100), ("Rohertrag", 2900), ("Personal", 1500)),
                *(("Sonstige Erträge", 80), ("Betriebsergebnis", 1480), ("Steuern", 400)),
                ("Jahresüberschuss", 1080),
            ],
        ),
        {2, 5, 7},
    ),
    (
        Result(
            "line STRING, amount LONG",
            [
                ("Revenue", 10),
                ("Cost of sales", 4),
                ("Gross profit", 6),
                ("Opex", 5),
                ("Operating profit", 1),
            ],
            UNION,
        ),
        {2, 4},
    ),
    (
        Result(
            "no INT, line STRING, amount LONG",
            [(1, "Revenue", 1000), (2, "Gross profit", 612), (3, "EBITDA", 271), (4, "Net income", 220)],
        ),
        {1, 2, 3},
    ),
    (
        Result(
            "kpi_group STRING, line STRING, amount LONG",
            [("In", "Net sales", 900), ("In", "COGS", -400), ("In", "Gross profit", 500)],
        ),
        {2},
    ),
]


@pytest.mark.parametrize(("result", "subtotals"), STATEMENTS)
def test_a_statement_keeps_its_order_and_marks_what_is_left(result: Result, subtotals: set[int]) -> None:
    """Whether costs are below zero or above: lying bars in the order of the rows, and no sum of them."""
    at = next(at for at, column in enumerate(result.table.columns) if column.name in {"line", "position"})
    lines = [str(row[at]) for row in result.table.rows]
    for said in result.say():
        assert said.reading.totals == subtotals
        assert said.unasked is not None
        for chart in said.charts:
            assert chart.kind is ChartKind.HORIZONTAL_BAR
            assert list(chart.labels) == lines
            assert chart.subtotals == tuple(lines[row] for row in sorted(subtotals))
            assert f"({lines[0]}) to " in chart.finding
            assert f"({lines[-1]})." in chart.finding
            assert "Darker bars are subtotals." in chart.note
            assert draw(chart)
        for column in result.table.columns:
            assert added_up(said, column.name) == []
        assert "share" not in spoken(said)


def test_sections_with_subtotals_still_add_up() -> None:
    """Where no line lessens another, the total is that of the lines, and the order is kept."""
    rows = [
        ("Hardware", 1000),
        ("Software", 410),
        ("Subtotal goods", 1410),
        ("Advice", 305),
        ("Training", 120),
    ]
    rows = [*rows, ("Subtotal services", 425), ("Total", 1835)]
    (said,) = Result("line STRING, revenue LONG", rows).say()
    assert said.reading.totals == {2, 5, 6}
    assert said.unasked is not None
    assert [*said.unasked.labels] == [line for line, _ in rows]
    assert "Total 1,835 in 4 values" in words(said)


def test_a_statement_over_time_is_never_stacked() -> None:
    """Its lines, results too, are courses beside one another in their order."""
    rows = [(f"2026-Q{q}", line, at * q) for q in (1, 2, 3) for line, at in PROFIT]
    (said,) = Result("quarter STRING, line STRING, amount LONG", rows).say()
    kinds = {chart.kind for chart in said.charts}
    assert not kinds & {ChartKind.STACKED_BAR, ChartKind.AREA, ChartKind.DONUT}
    assert said.unasked is not None
    assert [series.name for series in said.unasked.series] == [line for line, _ in PROFIT]
    assert not any("Darker" in chart.note for chart in said.charts)


@pytest.mark.parametrize("lines", [("Operating profit", "Net income"), ("EBITDA", "EBIT", "Net income")])
def test_the_first_line_is_no_subtotal_in_any_period(lines: tuple[str, ...]) -> None:
    """Where all lines say what is left, those of one name are one thing, and none is added to another."""
    rows = [(f"2026-Q{q}", line, 1000 * q - at) for q in (1, 2, 3) for at, line in enumerate(lines)]
    for said in Result("quarter STRING, line STRING, amount LONG", rows).say():
        assert said.reading.totals == {at for at in range(len(rows)) if at % len(lines)}
        assert added_up(said, "amount") == []
        assert "3,000 (Q3 2026" in words(said)


def test_a_period_of_subtotals_alone_that_is_not_over_is_told() -> None:
    """The chart marks it, and so do the words beside it."""
    rows = [("2026-09-01", "Revenue", 900), ("2026-09-01", "EBITDA", 300), ("2026-09-01", "Net income", 200)]
    rows = [*rows, ("2026-11-01", "EBITDA", 90), ("2026-11-01", "Net income", 80)]
    (said,) = Result("month DATE, line STRING, amount LONG", rows).say()
    assert said.reading.lines == 1
    assert "November 2026 is not complete yet" in " ".join(said.stats)


@pytest.mark.parametrize("line", ["Gross margin %", "Tax rate"])
def test_percentages_among_the_lines_share_no_axis_with_amounts(line: str) -> None:
    """A line of 60 beside one of 600 would look like money."""
    (said,) = Result("line STRING, amount LONG", [*PROFIT[:3], (line, 60), *PROFIT[3:]]).say()
    assert said.charts == ()


@pytest.mark.parametrize(
    "rows",
    [
        [("EMEA", 500), ("APAC", 300), ("LATAM", 200)],
        [("Net Fisheries", 500), ("Gross Foods", 300), ("Income Partners", 200)],
        [("Revenue", 500), ("Headcount", 30), ("Net income", 20)],
    ],
)
def test_other_lists_are_no_statements(rows: list[tuple[str, int]]) -> None:
    """Neither chance sums nor single words make one."""
    (said,) = Result("name STRING, revenue LONG", rows).say()
    assert said.reading.lines is None
    assert not any(chart.subtotals for chart in said.charts)
    assert values(said.charts[0])
