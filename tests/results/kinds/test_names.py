"""Results whose numbers name something, and results whose names are alike."""

import re

import pytest

from render.chart.model import ChartKind
from render.columns.reading import AMOUNTS, Role
from tests.results.kinds.result import Result, cells, column, counted, described, names_drawn, spoken

BEST = [(at, f"Customer {chr(64 + at)}", 1000 - at * 90) for at in range(1, 8)]
RANKS = [
    Result(
        "rn LONG, customer STRING, revenue_eur DECIMAL",
        BEST,
        "SELECT ROW_NUMBER() OVER (ORDER BY SUM(r) DESC) AS rn, customer, SUM(r) AS revenue_eur"
        " FROM s GROUP BY customer ORDER BY rn",
    ),
    Result(
        "rank INT, customer STRING, revenue DECIMAL",
        [(1, "A", 900), (1, "B", 900), (3, "C", 700), (4, "D", 650)],
    ),
    Result("platz INT, kunde STRING, umsatz DECIMAL", BEST),
    Result(
        "n LONG, customer STRING, revenue DECIMAL",
        BEST,
        "SELECT DENSE_RANK() OVER (ORDER BY SUM(r) DESC) AS n, customer, SUM(r) AS revenue FROM s GROUP BY 2",
        only_with_sql=True,
    ),
    Result(
        "customer STRING, revenue DECIMAL, position INT", [(name, amount, at) for at, name, amount in BEST]
    ),
]


@pytest.mark.parametrize("result", RANKS)
def test_a_rank_ranks(result: Result) -> None:
    """The revenue is drawn and described, the position in its order is not."""
    (name,) = (
        each.name for each in result.table.columns if each.name in {"rn", "rank", "platz", "n", "position"}
    )
    amount = next(each.name for each in result.table.columns if each.type_name == "DECIMAL")
    for said in result.say():
        assert column(said, name).role is Role.RANK
        assert name not in names_drawn(said) | described(said)
        assert said.unasked is not None
        assert amount in described(said)
        assert "Not drawn" not in said.unasked.note


NUMBERS = [
    ("store INT", range(1, 13)),
    ("cost_center LONG", [4100, 4200, 4300, 4400, 5100]),
    ("route INT", [7, 11, 12, 38, 44]),
    ("http_status INT", [200, 301, 404, 500, 503]),
    ("phone LONG", range(4915112345678, 4915112345683)),
    ("is_new INT", [0, 1]),
    ("dow INT", range(1, 8)),
    ("hr INT", range(24)),
    ("wk INT", range(1, 21)),
    ("months_since_signup INT", range(12)),
    ("terminal INT", [1, 2, 4, 5]),
    ("filiale INT", [101, 102, 104, 117]),
    ("plz INT", [10115, 20095, 50667, 80331]),
    ("machine_no INT", [3, 4, 7, 9]),
    ("wochentag INT", range(1, 8)),
]


@pytest.mark.parametrize(("name", "numbers"), NUMBERS)
def test_numbers_that_are_names_are_categories(name: str, numbers: list[int]) -> None:
    """They name the bars and the rows of Stats; nothing is drawn against them, and they have no total."""
    for said in Result(f"{name}, orders LONG", counted(numbers)).say():
        first = said.reading.columns[0]
        assert first.role not in AMOUNTS | {Role.RANK}
        assert described(said) == {"orders"}
        assert ChartKind.SCATTER not in {chart.kind for chart in said.charts}
        assert said.unasked is not None
        assert set(said.unasked.labels) == {str(number) for number in numbers}
        assert not re.search(r"\b[Rr]ow \d|\d\.5\)", spoken(said))


@pytest.mark.parametrize(
    "name", ["months_since_signup", "month_number", "weeks_since", "monate_seit_anmeldung"]
)
def test_the_ages_of_cohorts_make_a_heat_map(name: str) -> None:
    """Cohort, age and retention are the two sides of a map and its colour."""
    rows = [
        (f"2026-0{cohort}-01", age, round(1 / (1 + age * 0.3) - cohort * 0.004, 3))
        for cohort in range(1, 6)
        for age in range(7 - cohort)
    ]
    for said in Result(f"cohort DATE, {name} INT, retention DOUBLE", rows).say():
        assert said.unasked is not None
        assert said.unasked.kind is ChartKind.HEAT_MAP
        assert described(said) == {"retention"}


TWINS = [
    "region STRING, revenue DECIMAL, revenue DECIMAL",
    "region STRING, cnt LONG, cnt LONG",
    "store STRING, sum(amount) DECIMAL, sum(amount) DECIMAL",
    "land STRING, umsatz DECIMAL, umsatz DECIMAL",
]


@pytest.mark.parametrize("columns", TWINS)
def test_columns_of_one_name_are_numbered(columns: str) -> None:
    """In the key, in the table and in what is said, as they are in the files."""
    for said in Result(columns, [("EMEA", 12, 10), ("APAC", 9, 8), ("LATAM", 7, 6)]).say():
        assert said.unasked is not None
        first, second = (each.name for each in said.unasked.series)
        assert second == f"{first} (2)"
        assert f'"{second}"' in cells(said)
        assert said.figures is not None
        assert [measure.name for measure in said.figures.measures] == [first, second]
        assert f'"name":"{second}"' in said.prompt


ALIKE = [
    [
        f"https://www.example.com/a-very-long-section-name/articles/2026/{name}.html"
        for name in ("alpha", "beta", "gamma", "delta")
    ],
    [f"/mnt/data/warehouse/production/events/year=2026/month=11/part-0000{at}.parquet" for at in range(1, 6)],
    [
        f"Home and Garden > Kitchen and Dining > Kitchen Appliances > {name}"
        for name in ("Ovens", "Grills", "Mixers")
    ],
    [
        f"Deutsche Niederlassung der Beispiel Maschinenbau GmbH, Werk {name}"
        for name in ("Ulm", "Köln", "Jena")
    ],
]


@pytest.mark.parametrize("labels", ALIKE)
def test_labels_that_begin_alike_can_be_told_apart(labels: list[str]) -> None:
    """They are cut in the middle, so that their ends stay."""
    for said in Result("page STRING, views LONG", counted(labels)).say():
        assert said.unasked is not None
        assert len(set(said.unasked.labels)) == len(labels)
        assert {label[-3:] for label in said.unasked.labels} == {label[-3:] for label in labels}
        assert all("…" in label for label in said.unasked.labels)
