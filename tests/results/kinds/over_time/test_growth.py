"""A change is given in parts only where there are parts, and between days that are alike."""

import pytest

from render.chart.model import ChartKind
from tests.results.kinds.result import MONTHS, Result, spoken

SCORES = (-8.9, -3.3, 1.9, 7.2, 12.6, 20.1, 26.2, 29.7, 31.5, 34.5)
NET = (-3006, 298, 1645, -120, 400, 2705, -2471, 610, 298, 1645)
DEGREES = (-4.5, -1.2, 3.0, 8.5, 13.1, 17.0, 19.8, 19.1, 14.9, 9.7)


@pytest.mark.parametrize(
    ("name", "amounts"), [("nps DOUBLE", SCORES), ("net_change LONG", NET), ("temperature DOUBLE", DEGREES)]
)
def test_what_goes_below_zero_does_not_grow_in_percent(name: str, amounts: tuple[float, ...]) -> None:
    """A score of 30 is not four times one of 7, and a balance rose by what it rose."""
    for said in Result(f"month DATE, {name}", list(zip(MONTHS, amounts, strict=True))).say():
        assert "against" in spoken(said)
        assert "%" not in spoken(said)


@pytest.mark.parametrize(
    ("column", "moments", "percent"),
    [
        ("day DATE", [f"2026-11-{day:02}" for day in range(1, 28)], False),
        ("day DATE", [f"2026-11-{day:02}" for day in range(2, 24)], True),
        ("hour TIMESTAMP", [f"2026-11-03T{hour:02}:00:00" for hour in range(20)], False),
        ("month DATE", MONTHS, True),
    ],
)
def test_a_course_ends_at_the_weekday_that_it_begins_with(
    column: str,
    moments: list[str],
    percent: bool,  # noqa: FBT001
) -> None:
    """From a Sunday to a Friday sign-ups always rise; that is no growth."""
    rows = [(moment, 31 + at * at) for at, moment in enumerate(moments)]
    for said in Result(f"{column}, signups LONG", rows).say():
        line = next(chart for chart in said.charts if chart.kind is ChartKind.LINE)
        assert ("%" in line.finding) is percent
        assert ("%" in line.alt_text) is percent
