"""Figures of a result: right by the textbook, and silent where they would mislead."""

import random
import statistics
from datetime import date
from decimal import Decimal

import pytest

from genie.model import Column, Table
from render.columns.numbers import read_decimal
from render.columns.periods import Grain
from render.stats.compute import MOST_MEASURES
from render.stats.estimators import trend, unusual
from render.stats.model import Figures, Measure
from render.stats.sentences import paragraphs
from tests.rendered import figures_of

TODAY = date(2026, 11, 23)
AMOUNT = Column("revenue", "DECIMAL", precision=38, scale=2)
MONTH = Column("month", "DATE")


def figures(columns: tuple[Column, ...], *rows: tuple[str | None, ...], **fields: object) -> Figures:
    """Compute a result that holds amounts."""
    found = figures_of(Table(columns, rows, **fields), TODAY)  # type: ignore[arg-type]
    assert found
    return found


def monthly(values: list[float], first: int = 2024 * 12) -> Measure:
    """Compute a series of months."""
    months = [f"{(first + at) // 12}-{(first + at) % 12 + 1:02}-01" for at in range(len(values))]
    rows = [(month, f"{value:.2f}") for month, value in zip(months, values, strict=True)]
    return figures((MONTH, AMOUNT), *rows).measures[0]


def total_of(measure: Measure) -> Decimal | None:
    """Return the total that is told."""
    return measure.total.value if measure.total else None


def sentences(found: Figures) -> str:
    """Return all that is said."""
    return "\n".join(sentence for each in paragraphs(found) for sentence in each.sentences)


def test_figures_are_those_of_the_textbook() -> None:
    """Range, mean, median and total are what Python's own statistics gives."""
    chance = random.Random(0)  # noqa: S311 - repeatable
    cells = [f"{chance.uniform(-9, 99):.2f}" for _ in range(501)]
    exact = [Decimal(cell) for cell in cells]
    measure = figures((AMOUNT,), *((cell,) for cell in cells)).measures[0]
    assert (measure.low.value, measure.high.value) == (min(exact), max(exact))
    assert measure.mean == pytest.approx(statistics.mean(exact))
    assert measure.median == statistics.median(exact)
    assert total_of(measure) == sum(exact)


def test_sums_lose_no_digit() -> None:
    """38 digits of a DECIMAL are added up to the last one, and 0.1 three times is 0.3."""
    cell = "9" * 36 + ".99"
    large, small = figures((AMOUNT,), *[(cell,)] * 3), figures((Column("sales", "DOUBLE"),), *[("0.1",)] * 3)
    assert total_of(large.measures[0]) == Decimal("2" + "9" * 36 + ".97")
    assert total_of(small.measures[0]) == Decimal("0.3")


def test_what_is_no_amount_is_not_computed() -> None:
    """Identifiers, years, codes and coordinates have no mean."""
    columns = (
        Column("customer_id", "LONG"),
        Column("year", "INT"),
        Column("zip", "STRING"),
        Column("lat", "DOUBLE"),
    )
    assert (
        figures_of(Table(columns, (("1", "2024", "00123", "48.1"), ("2", "2025", "00124", "48.2"))), TODAY)
        is None
    )
    assert figures_of(Table((AMOUNT,), ()), TODAY) is None
    assert figures_of(Table((AMOUNT,), ((None,), (None,))), TODAY) is None


def test_missing_and_unreadable_values_are_counted() -> None:
    """NULL is missing, NaN and the infinite are no numbers, and neither moves a figure."""
    found = figures((Column("sales", "DOUBLE"),), ("1",), (None,), ("NaN",), ("Infinity",), ("3",), ("x",))
    [measure] = found.measures
    assert (measure.count, measure.unread, found.missing) == (2, 3, (("Sales", 1),))
    assert total_of(measure) == 4
    assert "3 values are no numbers" in sentences(found)


def test_shares_tell_how_a_total_is_spread() -> None:
    """The largest group and how few have most; none of it with negative parts."""
    rows = [(f"p{at}", str(2 ** (10 - at))) for at in range(10)]
    shares = figures((Column("product"), Column("revenue", "LONG")), *rows).measures[0].shares
    assert shares
    assert (shares.groups, shares.largest.label, shares.few) == (10, "p0", 3)
    assert shares.largest.part == pytest.approx(Decimal(1024) / 2046)
    loss = figures((Column("product"), Column("revenue", "LONG")), ("a", "5"), ("b", "-3"))
    assert loss.measures[0].shares is None


def test_a_trend_is_told_only_when_it_is_no_chance() -> None:
    """A line is found with its slope, also with noise and one wild value; noise alone gives none."""
    wobble = random.Random(1)  # noqa: S311 - repeatable noise
    values = [100 + 5 * at + wobble.gauss(0, 4) for at in range(24)]
    values[7] = 9_000
    over_time = monthly(values).over_time
    assert over_time
    assert over_time.slope == pytest.approx(Decimal(5), abs=Decimal("0.5"))
    falling = monthly(values[::-1]).over_time
    assert falling
    assert falling.slope
    assert falling.slope < 0
    chances = [trend([(at, Decimal(wobble.random())) for at in range(30)]) for _ in range(200)]
    assert sum(slope is not None for slope in chances) <= 6
    assert trend([(at, Decimal(1)) for at in range(30)]) is None


def test_a_change_is_against_the_period_before_and_the_year_before() -> None:
    """Both are named, with their values."""
    over_time = monthly([float(at) for at in range(100, 126)]).over_time
    assert over_time
    assert over_time.grain is Grain.MONTH
    assert (over_time.before.now.label, over_time.before.then.label) == ("February 2026", "January 2026")
    assert over_time.year_before
    assert (over_time.year_before.then.label, over_time.year_before.then.value) == (
        "February 2025",
        Decimal(113),
    )
    assert over_time.before.part == pytest.approx(Decimal(125) / 124 - 1)
    assert (over_time.best.label, over_time.worst.label, over_time.streak) == (
        "February 2026",
        "January 2024",
        25,
    )


def test_rows_of_one_moment_are_added_up_if_they_may_be() -> None:
    """Revenue of regions gives that of the month; their prices and cut results give nothing."""
    rows = [(f"2025-{month:02}-01", region, "10.00") for month in range(1, 9) for region in "AB"]
    columns = (MONTH, Column("region"), AMOUNT)
    over_time = figures(columns, *rows).measures[0].over_time
    assert over_time
    assert over_time.best.value == 20
    price = (MONTH, Column("region"), Column("unit_price", "DECIMAL", scale=2))
    assert figures(price, *rows).measures[0].over_time is None
    assert figures(columns, *rows, truncated=True).measures[0].over_time is None


def test_outliers_are_far_from_the_bulk() -> None:
    """One wild value does not hide itself; a series is looked at without its trend."""
    calm = [Decimal(10 + at % 3) for at in range(20)]
    assert unusual([*calm, Decimal(500)]) == [20]
    assert unusual(calm) == []
    assert unusual([Decimal(1)] * 20) == []
    assert unusual([Decimal(1)] * 3 + [Decimal(99)]) == []
    assert monthly([float(100 * at) for at in range(24)]).outliers == ()
    [wild] = monthly(
        [100.0 * at + (at % 3) for at in range(12)] + [9_000.0] + [100.0 * at for at in range(13, 24)]
    ).outliers
    assert wild.label == "January 2025"


def test_gaps_and_weeks_and_years_are_known() -> None:
    """Missing months are counted; weeks and years have their own year before."""
    rows = [(f"2025-{month:02}-01", "1.00") for month in (1, 2, 3, 7, 8)]
    over_time = figures((MONTH, AMOUNT), *rows).measures[0].over_time
    assert over_time
    assert over_time.gaps == 3
    weeks = [
        (date.fromordinal(date(2024, 1, 1).toordinal() + 7 * at).isoformat(), str(at)) for at in range(60)
    ]
    by_week = figures((Column("week", "DATE"), AMOUNT), *weeks).measures[0].over_time
    assert by_week
    assert by_week.grain is Grain.WEEK
    assert by_week.year_before
    assert by_week.year_before.difference == 52
    years = figures((Column("year", "INT"), AMOUNT), *((str(year), "1") for year in range(2019, 2026)))
    assert years.measures[0].over_time
    assert years.measures[0].over_time.year_before is None


def test_many_columns_are_named_instead_of_described() -> None:
    """Nobody reads a hundred means."""
    columns = tuple(Column(f"sales_{at}", "LONG") for at in range(100))
    found = figures(columns, *[("1",) * 100] * 3)
    assert len(found.measures) == MOST_MEASURES
    assert "and 90 more" in sentences(found)


@pytest.mark.parametrize("cell", [None, "", "NaN", "-Infinity", "sNaN", "1e999", "1e-999", "abc", "--1"])
def test_what_is_no_finite_number_is_none(cell: str | None) -> None:
    """Nothing else than a number gets into a sum."""
    assert read_decimal(cell) is None


@pytest.mark.parametrize("name", ["revenue_eur", "avg_order_value", "orders"])
def test_a_row_of_no_time_and_no_name_is_neither_highest_nor_lowest(name: str) -> None:
    """No picture over time shows it, and nobody could say what it is."""
    columns = (Column("day", "DATE"), Column("product"), Column(name, "LONG"))
    parts = [(f"2026-10-{day}", product, f"{day}") for day in (10, 11, 12) for product in "AB"]
    [measure] = figures(columns, (None, None, "90"), *parts, truncated=True).measures
    assert [measure.low.value, measure.high.value] == [Decimal(10), Decimal(12)]
