"""The period that is not over is marked, in the picture and in words, and never compared as if it were."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.text import Text

from render.answer.native_chart import native_chart
from render.chart.model import Chart, ChartKind
from render.columns.kinds import Kind
from render.columns.periods import Grain
from render.figure.draw import draw, paint
from tests.unit.render.chart.hand_read import Result, amount, label, result, time

MONTHS = ("2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01")
VALUES = (1000, 1200, 900, 1100, 300)
MONTH, REVENUE = time("month"), amount("revenue_eur")
COURSE = result([MONTH, REVENUE], [*zip(MONTHS, VALUES, strict=True)], unfinished=frozenset({4}))
COURSES = result(
    [MONTH, label("region"), amount("revenue")],
    [
        (month, region, value)
        for month, value in zip(MONTHS, VALUES, strict=True)
        for region in ("EMEA", "APAC", "US")
    ],
    unfinished=frozenset({12, 13, 14}),
)
WEEKS = result(
    [time("week", Kind.TIME, Grain.WEEK), amount("orders")],
    [("2026-11-09", 70), ("2026-11-16", 80), ("2026-11-23", 20)],
    unfinished=frozenset({2}),
)
YEARS = result(
    [time("year", Kind.YEAR, Grain.YEAR), amount("orders")],
    [("2023", 50), ("2024", 70), ("2025", 80), ("2026", 60)],
    unfinished=frozenset({3}),
)
QUARTERS = result(
    [time("quarter", Kind.QUARTER, Grain.QUARTER), amount("orders")],
    [("2026-Q1", 50), ("2026-Q2", 70), ("2026-Q3", 65), ("2026-Q4", 9)],
    unfinished=frozenset({3}),
)
EACH = pytest.mark.parametrize(
    ("told", "period"),
    [
        (COURSE, "Nov 2026"),
        (COURSES, "Nov 2026"),
        (WEEKS, "23 Nov 2026"),
        (YEARS, "2026"),
        (QUARTERS, "Q4 2026"),
    ],
    ids=["months", "regions", "weeks", "years", "quarters"],
)


@EACH
def test_words_say_that_it_is_not_over_and_compare_others(told: Result, period: str) -> None:
    """The note names the period; highest, lowest, first, last and change are of those that are over."""
    for wanted in told.offered[:-1]:
        chart = told.drawn(wanted)
        assert f"{period} is not complete yet." in chart.note
        assert chart.unfinished == (period,)
        assert f"({period}" not in chart.finding
        assert f"({period}" not in chart.alt_text.replace("bars from", "")
        assert "%" not in chart.finding or chart.finding.count("from") == 1


@pytest.mark.slow
@EACH
def test_pictures_mark_it(told: Result, period: str) -> None:
    """The picture is another than that of a period that is over, and bars say "so far" below it."""
    for wanted in told.offered[:-1]:
        chart = told.drawn(wanted)
        if chart.kind is ChartKind.NUMBER:
            assert period not in chart.labels
            continue
        assert draw(chart) != draw(replace(chart, unfinished=()))
    assert any("so far" in text for text in texts(told.drawn("bar")))


def texts(chart: Chart) -> list[str]:
    """Return everything that is written in a picture."""
    return [text.get_text() for text in paint(chart).figure.findobj(Text) if isinstance(text, Text)]


def test_a_large_number_is_the_last_period_that_is_over() -> None:
    """The change beside it is that to the period before, and its course ends with it."""
    chart = COURSE.drawn("number")
    assert (chart.kind, chart.labels[-1], chart.series[0].values[-2:]) == (
        ChartKind.NUMBER,
        "Oct 2026",
        (900.0, 1100.0),
    )


def test_two_periods_of_which_one_is_running_are_bars() -> None:
    """A large number with "70 % less than before" would compare a part of November with October."""
    told = result([MONTH, REVENUE], [("2026-10-01", 1000), ("2026-11-01", 300)], unfinished=frozenset({1}))
    assert (told.drawn().kind, told.drawn().finding) == (ChartKind.BAR, "")
    assert "number" not in told.offered
    assert "%" not in told.drawn("line").finding + told.drawn("line").alt_text
    assert told.drawn("line").finding == "Revenue by month: €1,000 (Oct 2026)."


def test_one_running_value_beside_the_last_is_no_change() -> None:
    """A row of this month beside the last one is compared only when this month is over."""
    columns = [MONTH, amount("revenue"), amount("previous_revenue", compares=1, is_previous=True)]
    row = [("2026-11-01", 300, 1000)]
    assert result(columns, row).drawn().kind is ChartKind.NUMBER
    assert result(columns, row, unfinished=frozenset({0})).chart() is None


def test_only_the_way_to_it_is_broken() -> None:
    """What is planned for later months is no less complete than what was: the line goes on."""
    figure = paint(replace(COURSE.drawn(), unfinished=("Sep 2026",))).figure
    whole, broken = figure.axes[0].lines[1:3]
    assert np.isnan(whole.get_ydata()).tolist() == [False, False, True, False, False]
    assert np.isnan(broken.get_ydata()).tolist() == [True, False, False, False, True]


def test_a_native_chart_names_it() -> None:
    """Slack draws bars and lines itself and cannot mark one: its name says so."""
    [block, _] = native_chart(COURSE.drawn())
    assert block["chart"]["axis_config"]["categories"][-1] == "Nov 2026 (so far)"


def test_the_highest_lines_are_those_of_the_periods_that_are_over() -> None:
    """Of ten lines the eight that are drawn hold the highest value, whatever the running period has."""
    over = [(MONTHS[3], f"Product {at}", 100 + at) for at in range(10)]
    running = [(MONTHS[4], f"Product {at}", 1000 - at) for at in range(10)]
    told = result(
        [MONTH, label("product"), amount("revenue")],
        [*over, *running],
        unfinished=frozenset(range(10, 20)),
    )
    chart = told.drawn("line")
    assert "Highest 109 (Oct 2026, Product 9)" in chart.alt_text
    assert {"Product 0", "Product 1"}.isdisjoint(series.name for series in chart.series)


def test_a_first_group_without_values_is_passed_over() -> None:
    """The end that the rows begin with is that of the first group that has values."""
    told = result(
        [label("age_band"), time("day", Kind.TIME, Grain.DAY), amount("revenue_eur")],
        [
            ("0-17", "2026-11-26", 10560),
            ("18-24", "2026-11-25", None),
            ("18-24", "2026-11-26", 48910),
        ],
        limited=True,
    )
    assert told.drawn("bar").finding.endswith("highest €48.9K (18-24, 26 Nov 2026).")
