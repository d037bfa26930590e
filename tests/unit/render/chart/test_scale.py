"""The scales of charts: how numbers are written, where round ticks stand, and what a time axis says."""

from itertools import pairwise

import pytest

from render.chart.model import PLAIN, Chart, ChartKind, Notation, Series, Unit
from render.chart.scale import compact, compact_alike, tick_labels, ticks
from render.chart.time_axis import time_ticks
from render.columns.periods import Grain
from render.columns.times import days_since_1970, moment_at, parse_period
from render.figure.value_axis import scale_of, value_texts

TWO_YEARS = ["Oct\n2024", "Jan\n2025", "Apr", "Jul", "Oct", "Jan\n2026", "Apr", "Jul"]


@pytest.mark.parametrize("room", [20.0, 30.0, 44.0])
def test_the_names_of_time_have_room(room: float) -> None:
    """The narrower the axis the fewer ticks it has, so that not even two years side by side meet."""
    ticks = time_ticks(20058.0, 20513.0, Grain.MONTH, room)
    places = [place for place, _ in ticks]
    digits = room / (places[-1] - places[0]) * min(b - a for a, b in pairwise(places))
    assert len(ticks) > 2
    assert digits > len("2024")


def test_bars_and_most_lines_begin_at_zero() -> None:
    """Bars always show zero; lines leave it out only when it would flatten them."""
    assert scale_of([90.0, 100.0], PLAIN, zero=True).ends[0] == 0
    assert scale_of([10.0, 100.0], PLAIN, zero=False).ends[0] == 0
    assert scale_of([90.0, 100.0], PLAIN, zero=False).ends[0] > 0
    assert scale_of([-100.0, -10.0], PLAIN, zero=False).ends[1] == 0


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0, Unit.NUMBER, "0"),
        (999, Unit.NUMBER, "999"),
        (999.6, Unit.NUMBER, "1,000"),
        (8650, Unit.NUMBER, "8,650"),
        (-1234.5, Unit.NUMBER, "-1,234"),
        (9_999.9, Unit.NUMBER, "10K"),
        (45678, Unit.NUMBER, "45.7K"),
        (999_999, Unit.NUMBER, "1M"),
        (-3.336e8, Unit.NUMBER, "-334M"),
        (4.5e9, Unit.NUMBER, "4.5B"),
        (0.034, Unit.NUMBER, "0.034"),
        (7e15, Unit.NUMBER, "7,000T"),
        (7e18, Unit.NUMBER, "7 × 10¹⁸"),
        (2.5e-09, Unit.NUMBER, "2.5 × 10⁻⁹"),
        (-0.0, Unit.NUMBER, "0"),
        (-2.35e16, Unit.PERCENT, "-2.35 × 10¹⁶%"),
        (9.9e6, Unit.PERCENT, "9,900,000%"),
        (0.1234, Unit.FRACTION, "12.3%"),
        (45, Unit.PERCENT, "45%"),
    ],
)
def test_a_number_in_a_chart_has_three_digits_that_matter(value: float, unit: Unit, text: str) -> None:
    """Thousands, millions and billions are K, M and B."""
    assert compact(value, Notation(unit)) == text


@pytest.mark.parametrize(
    ("values", "unit", "texts"),
    [
        ([4.661e6, 2.2e6, 0.0, -1e6], Unit.NUMBER, ["4.66M", "2.20M", "0", "-1.00M"]),
        ([123_456.0, 83_456.0, 1e6], Unit.NUMBER, ["123K", "83K", "1M"]),
        ([0.391, 0.18], Unit.FRACTION, ["39.1%", "18.0%"]),
        ([39.1, 18.0], Unit.PERCENT, ["39.1%", "18.0%"]),
        ([999.0, 0.0312], Unit.NUMBER, ["999", "0.0312"]),
        ([1e300, 2.0], Unit.NUMBER, ["1 × 10³⁰⁰", "2"]),
        ([9000.0, 4500.0, 25.5], Unit.NUMBER, ["9,000", "4,500", "26"]),
        ([25.6, -0.00109, -3.5], Unit.PERCENT, ["25.6%", "0.0%", "-3.5%"]),
        ([0.0456, -0.00123], Unit.NUMBER, ["0.0456", "-0.0012"]),
    ],
)
def test_the_values_of_a_chart_have_the_same_decimals(
    values: list[float], unit: Unit, texts: list[str]
) -> None:
    """Numbers one below the other are compared by their digits, unless a tiny one would make them long."""
    assert compact_alike(values, Notation(unit)) == texts
    series = (Series("Revenue", tuple(values)),)
    chart = Chart(
        ChartKind.BAR, "", "Region", "Revenue", ("A",) * len(values), series, alt_text="", unit=unit
    )
    assert list(value_texts(chart).values()) == texts


def test_ticks_are_round_and_share_a_unit() -> None:
    """The labels of one axis are alike."""
    assert tick_labels(ticks(0, 1.2e6)) == ["0", "250K", "500K", "750K", "1,000K", "1,250K"]
    assert tick_labels(ticks(0, 6e6)) == ["0", "2M", "4M", "6M"]
    assert tick_labels([0, 0.5, 1.0], Notation(sign="$")) == ["0", "$0.50", "$1.00"]
    assert tick_labels(ticks(0, 3, whole=True)) == ["0", "1", "2", "3"]
    assert tick_labels(ticks(0, 0.5), Notation(Unit.FRACTION)) == ["0%", "10%", "20%", "30%", "40%", "50%"]


@pytest.mark.parametrize(
    ("low", "high"),
    [(0.0, 5e-324), (5e-324, 5e-324), (-5e-324, 0.0), (-5e-324, 5e-324), (5e-324, 1e-323), (1e-310, 9e-309)],
)
def test_values_too_small_for_a_step_of_their_own_have_a_scale(low: float, high: float) -> None:
    """The smallest numbers that there are stand at zero of a scale that holds them."""
    places = ticks(low, high)
    assert places[0] <= low <= high <= places[-1]
    assert places == sorted(set(places))
    assert len(set(tick_labels(places))) == len(places)


@pytest.mark.parametrize(
    ("first", "last", "grain", "labels"),
    [
        ("2026-01", "2026-03", Grain.MONTH, ["Jan\n2026", "Feb", "Mar"]),
        ("2024-10", "2026-09", Grain.MONTH, TWO_YEARS),
        ("2025-Q3", "2026-Q2", Grain.QUARTER, ["Q3\n2025", "Q4", "Q1\n2026", "Q2"]),
        ("2015", "2026", Grain.YEAR, [str(year) for year in range(2015, 2027)]),
        ("2026-12-30", "2027-01-02", Grain.DAY, ["30 Dec\n2026", "31 Dec", "1 Jan\n2027", "2 Jan"]),
        ("2026-10-01", "2026-10-22", Grain.DAY, ["1 Oct\n2026", "8 Oct", "15 Oct", "22 Oct"]),
        (
            "2026-10-01 22:00",
            "2026-10-02 01:00",
            Grain.HOUR,
            ["22:00\n1 Oct", "23:00", "00:00\n2 Oct", "01:00"],
        ),
        ("2026-10-01 08:00", "2026-10-01 08:55", Grain.HOUR, ["08:00\n1 Oct", "08:15", "08:30", "08:45"]),
        ("2026-10-01 08:07", "2026-10-01 09:02", Grain.HOUR, ["08:15\n1 Oct", "08:30", "08:45", "09:00"]),
        (
            "2026-10-01 05:00",
            "2026-10-02 05:00",
            Grain.HOUR,
            ["06:00\n1 Oct", "09:00", "12:00", "15:00", "18:00", "21:00", "00:00\n2 Oct", "03:00"],
        ),
        ("9999-12-30", "9999-12-31", Grain.DAY, ["30 Dec\n9999", "31 Dec"]),
        ("0001-01-01", "9999-12-31", Grain.DAY, [f"{thousand}000" for thousand in range(1, 10)]),
    ],
)
def test_a_time_axis_is_labelled_as_people_do(first: str, last: str, grain: Grain, labels: list[str]) -> None:
    """Hours, days, months, quarters and years, and the slower unit only where it changes."""
    start, end = parse_period(first), parse_period(last)
    assert start is not None
    assert end is not None
    assert [
        text for _, text in time_ticks(days_since_1970(start), days_since_1970(end), grain, 52.0)
    ] == labels
    assert moment_at(days_since_1970(end)) == end


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([19.99], ["€19.99"]),
        ([899.0, 349.9, 59.95], ["€899.00", "€349.90", "€59.95"]),
        ([1200.0, 83.5, 0.0], ["€1,200", "€84", "€0"]),
        ([45_600.0, 7_650.0, 83.5], ["€45.6K", "€7.7K", "€84"]),
        ([0.0042], ["€0.0042"]),
        ([8.58e15], ["€8,580T"]),
    ],
)
def test_money_has_cents_or_none(values: list[float], texts: list[str]) -> None:
    """Two decimals where they matter, never one; a price of 19.99 is not rounded."""
    assert compact_alike(values, Notation(sign="€")) == texts


def test_ticks_of_tiny_numbers_differ() -> None:
    """Powers of ten, and no row of zeros."""
    assert tick_labels([0, 2e-12, 4e-12]) == ["0", "2 × 10⁻¹²", "4 × 10⁻¹²"]


def test_a_step_below_a_thousand_is_written_out() -> None:
    """Up to ten thousand, 200 is shorter than 0.2K and says more."""
    assert tick_labels([0, 200, 400, 600, 800, 1_000], Notation(sign="€")) == [
        "0",
        "€200",
        "€400",
        "€600",
        "€800",
        "€1,000",
    ]
    assert tick_labels([0, 5e5, 1e6, 1.5e6, 2e6]) == ["0", "0.5M", "1.0M", "1.5M", "2.0M"]
    assert tick_labels([0, 5_000, 10_000, 15_000]) == ["0", "5K", "10K", "15K"]
    assert tick_labels([0, 2_500, 5_000, 7_500]) == ["0", "2,500", "5,000", "7,500"]
