"""Which rows add up others: by their labels in any language, or by their values."""

import pytest

from genie.model import Cell, Column, Table
from render.columns.read import read_result
from render.sql.model import Operation, QueryColumn, QueryReading

REGION = (Column("region"), Column("revenue_eur", "DECIMAL"))
PARTS: tuple[tuple[Cell, ...], ...] = (("EMEA", "500.00"), ("APAC", "300.00"), ("LATAM", "200.00"))
LABELS = (
    "Total",
    "TOTAL",
    "Grand Total",
    "Gesamt",
    "Summe",
    "Ensemble",
    "Totale",
    "合計",
    "总计",
    "All regions",
)


@pytest.mark.parametrize("label", [*LABELS, "Alle Regionen", "Sum total", None, "Everything", "世界"])
@pytest.mark.parametrize("place", [0, 3])
def test_a_row_that_adds_up_the_others_is_a_total(label: Cell, place: int) -> None:
    """Its label says so, in any language, or its amount does when three others make it (B2)."""
    total = ((label, "1000.00"),)
    assert read_result(Table(REGION, PARTS[:place] + total + PARTS[place:])).totals == {place}


@pytest.mark.parametrize("label", ["Total", "Average", "Gesamt", "Durchschnitt", "合計"])
def test_a_total_of_what_does_not_add_up_is_told_by_its_label(label: str) -> None:
    """The rate of all regions is no region's."""
    rows = (("EMEA", "0.31"), ("APAC", "0.28"), (label, "0.30"))
    assert read_result(Table((Column("region"), Column("conversion_rate", "DOUBLE")), rows)).totals == {2}


@pytest.mark.parametrize(
    ("label", "amount"),
    [("Total", "120.00"), (None, "120.00"), ("All Bran", "120.00"), ("Total Care", "1.00")],
)
def test_a_label_alone_is_no_total_where_the_amounts_deny_it(label: Cell, amount: str) -> None:
    """A brand may be called Total, and orders without a region have none."""
    assert not read_result(Table(REGION, (*PARTS, (label, amount)))).totals


def test_few_small_numbers_are_no_total_by_chance() -> None:
    """Six is three and two and one, and nobody said that it adds them up."""
    rows = (("A", "6"), ("B", "3"), ("C", "2"), ("D", "1"))
    assert not read_result(Table((Column("team"), Column("orders", "LONG")), rows)).totals


def test_a_sum_beside_averages_is_a_total() -> None:
    """The clients add up, their average time cannot: the row is that of all of them."""
    rows = (("Lille", "301", "22.75"), ("Nantes", "187", "9.83"), ("Lyon", "254", "15.6"))
    columns = (Column("secteur"), Column("nb_clients", "LONG"), Column("saifi", "DOUBLE"))
    assert read_result(Table(columns, (*rows, ("Ensemble", "742", "16.9")))).totals == {3}


@pytest.mark.parametrize("label", ["All Bran", "Total Care", "Allianz", "Total Energies", "Average Joe"])
def test_a_brand_is_no_total_of_averages(label: str) -> None:
    """Only all of what the column names is: All brands."""
    rows = (("Special K", "3.10"), ("Trix", "2.80"), (label, "3.00"))
    assert not read_result(Table((Column("brand"), Column("avg_price", "DOUBLE")), rows)).totals


@pytest.mark.parametrize("label", ["Total", None, "Alle", "Insgesamt", "Everything"])
def test_a_total_of_each_month_is_told(label: Cell) -> None:
    """A subtotal adds up the rows of its own month."""
    rows = [
        (f"2026-0{month}-01", name, f"{amount * month}.00")
        for month in (1, 2, 3)
        for name, amount in (("EMEA", 511), ("APAC", 307), ("LATAM", 211), (label, 1029))
    ]
    columns = (Column("month", "DATE"), *REGION)
    assert read_result(Table(columns, tuple(rows))).totals == {3, 7, 11}


@pytest.mark.parametrize(
    ("label", "amount", "is_total"),
    [
        ("All regions", "90.00", True),
        ("Overall", "90.00", True),
        ("Total EMEA", "55.00", True),
        ("Gesamt Produkte", "71.00", True),
        ("Total Care", "9.00", False),
        ("Total Care", None, False),
        ("Product C", "90.00", False),
    ],
)
def test_a_row_of_no_time_may_be_that_of_a_rollup(label: str, amount: Cell, is_total: bool) -> None:  # noqa: FBT001
    """It is called a total, and no part has more; the others need not be all there are."""
    columns = (Column("product"), Column("day", "DATE"), Column("revenue_eur", "DECIMAL"))
    parts = [(name, day, "15.00") for name in "AB" for day in ("2026-11-25", "2026-11-26")]
    table = Table(columns, (*parts, (label, None, amount)), truncated=True)
    assert bool(read_result(table).totals) is is_total


@pytest.mark.parametrize("label", ["All regions", "Overall", "Gesamt Produkte"])
def test_a_row_of_no_time_may_be_that_of_averages(label: str) -> None:
    """What does not add up cannot deny it."""
    columns = (Column("day", "DATE"), Column("product"), Column("avg_order_value", "DECIMAL"))
    parts = [(day, name, "15.20") for day in ("2026-11-25", "2026-11-26") for name in "AB"]
    assert read_result(Table(columns, ((None, label, "272.71"), *parts), truncated=True)).totals == {0}


def test_the_totals_of_a_rollup_are_told() -> None:
    """A ROLLUP leaves the label of each level empty, also those of all levels."""
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Alpes", "Annecy", "500.10"),
        ("Alpes", "Megève", "300.20"),
        ("Alpes", None, "800.30"),
        ("Paris", "Opéra", "200.40"),
        ("Paris", "Bastille", "100.00"),
        ("Paris", None, "300.40"),
        (None, None, "1100.70"),
    )
    table = Table((Column("region"), Column("hotel"), Column("revenue", "DECIMAL")), rows)
    assert read_result(table).totals == {2, 5, 6}


def test_the_query_says_what_is_a_total() -> None:
    """Where the query rolls up, an empty label is a total also of averages; so is a label that it writes."""
    rows: tuple[tuple[Cell, ...], ...] = (("EMEA", "31.5"), ("APAC", "28.1"), (None, "30.2"))
    table = Table((Column("region"), Column("avg_basket", "DOUBLE")), rows)
    average = QueryColumn(Operation.AVERAGE, ("basket",), adds=False)
    columns = (QueryColumn(Operation.COLUMN, ("region",), is_key=True), average)
    assert read_result(table, QueryReading(columns, rolled_up=(0,))).totals == {2}
    named = Table(table.columns, (*rows[:2], ("Everywhere", "30.2")))
    assert read_result(named, QueryReading(columns, rolled_up=(0,), total_labels=("Everywhere",))).totals == {
        2
    }


def test_subtotals_of_a_statement_are_told_by_their_amounts() -> None:
    """In a profit and loss statement each subtotal adds up the rows before it."""
    lines = (
        ("Gross revenue", "8412330.40"),
        ("Deductions", "-612410.15"),
        ("Net revenue", "7799920.25"),
        ("Cost of sales", "-3120443.90"),
        ("Gross profit", "4679476.35"),
    )
    assert read_result(Table((Column("line_item"), Column("amount", "DECIMAL")), lines)).totals == {2, 4}


def test_a_year_among_its_months_is_a_total() -> None:
    """Periods of mixed length stand in one column: the longer ones contain the shorter ones (B14)."""
    rows = (("2026", "60"), ("2026-01", "20"), ("2026-02", "40"), ("2026-Q1", "60"))
    assert read_result(Table((Column("period"), Column("orders", "LONG")), rows)).totals == {0, 3}


@pytest.mark.parametrize(
    "periods",
    [
        ("2025", "2026-Q1", "2026-Q2", "2026-07", "2026-08"),
        ("2024", "2025", "2026-01", "2026-02"),
        ("2026-Q1", "2026-04", "2026-05"),
        ("2026-W01", "2026-02", "2026-03"),
    ],
)
def test_periods_of_several_lengths_do_not_go_together(periods: tuple[str, ...]) -> None:
    """A year beside the months of another one is no course, and nobody adds them up."""
    rows = tuple((period, str(1000 + 137 * at)) for at, period in enumerate(periods))
    reading = read_result(Table((Column("period"), Column("revenue", "DECIMAL")), rows))
    assert reading.is_metric_list
