"""What a column is for: a table of names, types and values, as an analyst reads them without the query."""

from collections.abc import Sequence
from itertools import count

import pytest

from genie.model import Cell, Column, Table
from render.columns.read import read_result
from render.columns.reading import Role

MONTHS = [f"2026-{month:02}-01" for month in range(1, 8)]
TWELVE = [str(number) for number in range(1, 13)]

# name, type, values, role
ROLES: list[tuple[str, str, Sequence[Cell], Role]] = [
    # B4: a rank ranks
    ("rn", "LONG", ["1", "2", "3", "4", "5"], Role.RANK),
    ("sales_rank", "INT", ["1", "2", "2", "4"], Role.RANK),
    ("rang", "INT", ["1", "2", "3"], Role.RANK),
    ("順位", "LONG", ["1", "2", "3"], Role.RANK),
    ("rank", "DOUBLE", ["0.31", "2.5"], Role.MEASURE),
    # B5: numbers that are names
    ("store", "INT", TWELVE, Role.CATEGORY),
    ("cost_center", "LONG", ["4100", "4110", "4200"], Role.CATEGORY),
    ("route", "INT", ["12", "17", "40"], Role.CATEGORY),
    ("http_status", "INT", ["200", "404", "500"], Role.CATEGORY),
    ("kostenstelle", "INT", ["4100", "4110"], Role.CATEGORY),
    ("filiale", "LONG", ["3", "7"], Role.CATEGORY),
    ("zip_code", "INT", ["80331", "20457"], Role.CATEGORY),
    ("phone", "LONG", ["491589872606", "491589151568"], Role.IDENTIFIER),
    ("is_active", "INT", ["0", "1"], Role.CATEGORY),
    ("churned", "INT", ["0", "1", "1"], Role.CATEGORY),
    ("dow", "INT", ["1", "7"], Role.ORDERED),
    ("hr", "INT", ["0", "23"], Role.ORDERED),
    ("wk", "INT", ["1", "52"], Role.ORDERED),
    ("wochentag", "INT", ["1", "2"], Role.ORDERED),
    ("months_since_signup", "INT", ["0", "1", "2", "14"], Role.ORDERED),
    ("months_in_service", "INT", ["0", "1", "0", "1"], Role.ORDERED),
    ("step_no", "INT", ["1", "2", "3"], Role.ORDERED),
    ("rating", "INT", ["1", "2", "3", "4", "5"], Role.ORDERED),
    ("rating", "DOUBLE", ["4.31", "3.9"], Role.MEASURE),
    ("stores", "INT", ["3", "7"], Role.MEASURE),
    ("number_of_stores", "INT", ["3", "7"], Role.MEASURE),
    ("avg_store_size", "INT", ["3", "7"], Role.MEASURE),
    # texts
    ("stage", "STRING", ["Lead", "Won"], Role.ORDERED),
    ("jour", "STRING", ["samedi", "vendredi", "jeudi"], Role.ORDERED),
    ("曜日", "STRING", ["月曜日", "土曜日"], Role.ORDERED),
    ("mês", "STRING", ["março", "abril"], Role.ORDERED),
    ("age_band", "STRING", ["Under 20", "20-29", "30-39"], Role.ORDERED),
    ("work_email", "STRING", ["a.b@c.example", "d@e.example"], Role.IDENTIFIER),
    ("trace", "STRING", ["7eed8e760d5f1c83", "810717e7fc520fde"], Role.IDENTIFIER),
    ("currency_code", "STRING", ["EUR", "USD"], Role.CATEGORY),
    ("landing_page", "STRING", ["https://a.example/b", "https://a.example/c"], Role.TEXT),
    ("comment", "STRING", ["Pay was below par", "No career path here"], Role.TEXT),
    ("region", "STRING", ["EMEA", "APAC"], Role.CATEGORY),
    ("version", "STRING", ["1.2.3", "2.0.1"], Role.CATEGORY),
    ("client", "STRING", ["10.0.0.1", "10.0.0.2"], Role.IDENTIFIER),
    ("error_code", "STRING", ["E101", "E202"], Role.CATEGORY),
    ("rma_code", "STRING", ["RMA-393448", "RMA-286196"], Role.IDENTIFIER),
    ("priority_code", "STRING", ["P4", "P2", "P3"], Role.ORDERED),
    ("subject", "STRING", ["Cannot log in", "Invoice charged twice"], Role.TEXT),
    ("tags", "ARRAY", ['["a"]'], Role.TEXT),
    ("active", "BOOLEAN", ["true", "false"], Role.CATEGORY),
    # B6: a time
    ("event_time", "LONG", ["1764300000", "1764303600"], Role.TIME),
    ("ts_epoch", "LONG", ["1764300000123", "1764303600123"], Role.TIME),
    ("created_at", "DOUBLE", ["1764300000.0"], Role.TIME),
    ("zeitstempel", "STRING", ["1764300000"], Role.TIME),
    ("revenue", "LONG", ["1764300000"], Role.MEASURE),
    ("event_time", "LONG", ["64300000"], Role.MEASURE),
    *((name, "DOUBLE", ["1.5", "2.25"], Role.MEASURE) for name in ("aov", "roas", "latency_ms", "unit_cost")),
    ("churn", "DOUBLE", ["27.4", "19.8"], Role.MEASURE),
]


@pytest.mark.parametrize(("name", "type_name", "values", "role"), ROLES)
def test_a_column_is_for_what_an_analyst_says(
    name: str, type_name: str, values: Sequence[Cell], role: Role
) -> None:
    """Each row of the table above is one decision, from type, name and values alone."""
    numbers = count(340)
    columns = (Column("x_group", "STRING"), Column(name, type_name), Column("revenue_eur", "DECIMAL"))
    rows = tuple((f"Group {chr(65 + at)}", value, f"{next(numbers)}.50") for at, value in enumerate(values))
    assert read_result(Table(columns, rows)).columns[1].role is role


# names of the columns, the place of the one that compares, and that of the measure it belongs to
COMPARISONS = [
    (("revenue", "revenue_last_year"), 1, 0),
    (("budget", "actual"), 0, 1),
    (("ist", "plan"), 1, 0),
    (("ytd_2026", "ytd_2025"), 1, 0),
    (("orders", "revenue", "revenue_target"), 2, 1),
    (("umsatz", "umsatz_vorjahr"), 1, 0),
    (("revenue", "variance"), 1, 0),
    (("売上", "売上目標"), 1, 0),
]


@pytest.mark.parametrize(("names", "at", "of"), COMPARISONS)
def test_targets_and_earlier_values_belong_to_their_measure(names: tuple[str, ...], at: int, of: int) -> None:
    """What is planned, was or changed is no part of a whole with what is (B15)."""
    columns = (Column("region", "STRING"), *(Column(name, "DOUBLE") for name in names))
    rows = tuple(
        (f"Region {row}", *(f"{100 * row + place}.5" for place in range(len(names)))) for row in range(1, 5)
    )
    reading = read_result(Table(columns, rows))
    assert (reading.columns[at + 1].role, reading.columns[at + 1].compares) == (Role.COMPARISON, of + 1)
    assert [column.role for place, column in enumerate(reading.columns) if place not in {0, at + 1}] == [
        Role.MEASURE
    ] * (len(names) - 1)


@pytest.mark.parametrize(
    "names", [("last_touch", "first_touch"), ("hires", "net_change"), ("stops", "planned_km")]
)
def test_a_word_alone_makes_no_comparison(names: tuple[str, ...]) -> None:
    """The last touch is no earlier one, planned kilometres compare with no number of stops."""
    columns = (Column("region", "STRING"), *(Column(name, "DOUBLE") for name in names))
    rows = tuple((f"Region {row}", f"{row}.5", f"{row}.25") for row in range(4))
    assert {column.role for column in read_result(Table(columns, rows)).columns[1:]} == {Role.MEASURE}


SHARES = [
    ("revenue_share", ["0.5", "0.3", "0.2"], Role.SHARE),
    ("pct_of_total", ["62.5", "25", "12.5"], Role.SHARE),
    ("anteil_prozent", ["50.1", "29.9", "20.0"], Role.SHARE),
    ("share", ["10.9", "10.3", "13.8"], Role.MEASURE),
    ("conversion_rate", ["0.5", "0.3", "0.2"], Role.MEASURE),
    ("cum_share", ["0.5", "0.8", "1.0"], Role.MEASURE),
]


@pytest.mark.parametrize(("name", "values", "role"), SHARES)
def test_shares_add_up_to_their_whole(name: str, values: list[str], role: Role) -> None:
    """Percentages named shares are parts of one whole when they make 100 % together."""
    rows = tuple((f"Region {at}", value) for at, value in enumerate(values))
    reading = read_result(Table((Column("region"), Column(name, "DOUBLE")), rows))
    assert reading.columns[1].role is role


def test_shares_of_each_group_are_shares() -> None:
    """Per month the parts make 100 %: they are shares of the month."""
    rows = tuple((month, part, share) for month in MONTHS for part, share in (("A", "60.0"), ("B", "40.0")))
    columns = (Column("month", "DATE"), Column("part"), Column("pct_of_month", "DOUBLE"))
    assert read_result(Table(columns, rows)).columns[2].role is Role.SHARE
