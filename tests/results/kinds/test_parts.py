"""Groups that stand as columns are drawn where a question asks for them, though a total stands beside."""

import pytest

from render.chart.model import ChartKind
from tests.results.kinds.result import MONTHS, Result

DEGREES = [("2023/24", 4524, 1983, 246), ("2024/25", 4535, 2087, 256), ("2025/26", 4646, 2091, 268)]
RATINGS = [(1, 3, 1, 5), (2, 14, 9, 21), (3, 104, 86, 168), (4, 59, 53, 142), (5, 18, 11, 30)]
TRAFFIC = [(month, 20 + at, 300 * at + 1, 50_000 - 7 * at) for at, month in enumerate(MONTHS)]


@pytest.mark.parametrize(
    ("question", "columns", "rows", "parts"),
    [
        (
            "Graduates per academic year by degree level",
            "academic_year STRING, bachelor LONG, master LONG, doctorate LONG, all_graduates LONG",
            DEGREES,
            {"Bachelor", "Master", "Doctorate"},
        ),
        (
            "Ratings with departments as columns",
            "rating INT, care LONG, finance LONG, sales LONG, all_departments LONG",
            RATINGS,
            {"Care", "Finance", "Sales"},
        ),
        (
            "Traffic per technology",
            "month DATE, gb_3g LONG, gb_4g LONG, gb_5g LONG, total_traffic LONG",
            TRAFFIC,
            {"Gb 3g", "Gb 4g", "Gb 5g"},
        ),
    ],
)
def test_groups_that_stand_as_columns_are_drawn_with_their_total(
    question: str, columns: str, rows: list[tuple[object, ...]], parts: set[str]
) -> None:
    """A stack shows both: its height is the total, which then is not left out."""
    whole = [(first, *each, sum(map(int, map(str, each)))) for first, *each in rows]
    group, *named = (each.split(" ")[0] for each in columns.split(", "))
    sums = ", ".join(f"SUM({each}) AS {each}" for each in named)
    sql = f"SELECT {group}, {sums} FROM t GROUP BY {group}"  # noqa: S608
    (said,) = Result(columns, whole, sql, only_with_sql=True, question=question).say()
    assert said.unasked is not None
    assert said.unasked.kind is ChartKind.STACKED_BAR
    assert {series.name for series in said.unasked.series} == parts
    assert "Not drawn" not in said.unasked.note
