"""Which of several measures is drawn first: the one that was asked for."""

import pytest

from render.columns.reading import Adds, Role
from tests.rendered import choose_chart
from tests.unit.render.chart.hand_read import amount, label, result

CITIES = ("Berlin", "Paris", "Rome", "Madrid")


def first(names: list[str], title: str, order: int | None = None) -> str:
    """Return what is drawn of amounts, of which those called averages and rates never add up."""
    columns = [
        amount(name, Adds.NEVER if name.startswith("avg") or name.endswith("rate") else Adds.EVERYWHERE)
        for name in names
    ]
    rows = [(city, *(90 - at * 7 for _ in names)) for at, city in enumerate(CITIES)]
    told = result([label("course"), *columns], rows, order=order)
    chart = choose_chart(told.table, told.reading, title)
    assert chart is not None
    return chart.series[0].name


@pytest.mark.parametrize(
    ("names", "order", "drawn"),
    [
        (["responses", "avg_rating"], 2, "Avg rating"),
        (["impressions", "clicks", "spend"], 3, "Spend"),
        (["flights", "punctuality_rate"], 2, "Punctuality rate"),
        (["flights", "punctuality_rate"], 1, "Flights"),
        (["calls", "charges"], 2, "Charges"),
    ],
)
def test_what_orders_the_rows_is_drawn(names: list[str], order: int, drawn: str) -> None:
    """The ten best by evaluation have bars of their evaluation."""
    assert first(names, "Top 10 courses", order) == drawn


@pytest.mark.parametrize(
    ("names", "title", "drawn"),
    [
        (["subscribers", "arpu", "churn_rate"], "ARPU and churn by course", "ARPU"),
        (["units_built", "warranty_claims"], "Warranty claims by course", "Warranty claims"),
        (["total_orders", "total_revenue"], "Total revenue", "Total revenue"),
        (["responses", "avg_rating"], "How many responses did each course get?", "Responses"),
        (["total_orders", "total_revenue"], "Total by course", "Total orders"),
        (["course_size", "revenue"], "Which course is best?", "Course size"),
    ],
)
def test_what_the_title_names_is_drawn(names: list[str], title: str, drawn: str) -> None:
    """A word that two columns have names neither."""
    assert first(names, title) == drawn


@pytest.mark.parametrize("sample", ["n", "responses", "users", "cohort_size", "count"])
def test_the_size_of_a_sample_comes_last(sample: str) -> None:
    """How many were asked is drawn after what they said, but not after what adds up."""
    assert first([sample, "avg_rating"], "") == "Avg rating"
    assert first([sample, "retention_rate"], "What our cohorts do, by cohort") == "Retention rate"
    assert first([sample, "revenue"], "") != "Revenue"


def test_a_target_is_never_first_by_its_name() -> None:
    """A title that names the target still asks for what is measured against it."""
    columns = [label("city"), amount("sold"), amount("target", role=Role.COMPARISON, compares=1)]
    told = result(columns, [(city, 9 - at, 8) for at, city in enumerate(CITIES)])
    chart = choose_chart(told.table, told.reading, "Against our target")
    assert chart is not None
    assert [series.name for series in chart.series] == ["Sold", "Target"]
