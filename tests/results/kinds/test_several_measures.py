"""Results of several measures: whatever the picture, it says which of them it draws."""

from collections.abc import Iterator

import pytest
from matplotlib.text import Text

from render.chart.model import Chart
from render.figure import draw as figure
from tests.results.kinds.result import MONTHS, Result, counted

CITIES = ("Berlin", "Paris", "Rome", "Madrid", "Oslo", "Bern")
ROWS = [(city, value, value * 97, value / 9) for city, value in counted(CITIES)]
OVER_TIME = [(month, value, value * 97, value / 9) for month, value in counted(MONTHS)]
PAIRS = [(month, city, at * 7 + len(city)) for at, month in enumerate(MONTHS) for city in CITIES]
OF_PAIRS = [(*row, row[2] * 97, row[2] / 9) for row in PAIRS]
RECORDS = [(at, value, value * 97, value / 9) for at, value in counted(range(10001, 10061))]
MEASURES = "orders LONG, revenue_eur LONG, avg_rating DOUBLE"
QUESTION = "Orders, revenue and average rating, by city and by month"
RESULTS = [
    Result(f"city STRING, {MEASURES}", ROWS, question=QUESTION),
    Result(f"city STRING, {MEASURES}", ROWS[:1], question=QUESTION),
    Result(f"month DATE, {MEASURES}", OVER_TIME, question=QUESTION),
    Result(f"month DATE, {MEASURES}", OVER_TIME[:2], question=QUESTION),
    Result(f"month DATE, city STRING, {MEASURES}", OF_PAIRS, question=QUESTION),
    Result(f"order_id LONG, {MEASURES}", RECORDS, question=QUESTION),
    Result(
        "city STRING, orders_this_month LONG, orders_last_month LONG, revenue_eur LONG",
        [("Berlin", 812, 790, 9100)],
        question="Orders this month and revenue",
    ),
]


def _written(chart: Chart) -> Iterator[str]:
    """Return what stands in a picture, without its title and its note."""
    drawn = [text.get_text() for text in figure.paint(chart).figure.findobj(Text) if isinstance(text, Text)]
    note, title = set(chart.note.split()), figure._title(chart).splitlines()
    return (text for text in drawn if text not in title and not set(text.split()) <= note)


@pytest.mark.parametrize("result", RESULTS)
def test_a_picture_names_the_measure_that_it_draws(result: Result) -> None:
    """Bars, lines, slices, one number, colours, points and bins, although the title names each of them."""
    (said,) = result.say()
    kinds = {chart.kind for chart in said.charts}
    assert len(kinds) == len(said.charts) - (said.unasked is not None)
    for chart in said.charts:
        names = {chart.y_title, chart.x_title} if chart.positions and not chart.grain else {chart.y_title}
        for name in names - {"Number of rows"}:
            assert any(name.split(" and ")[0] in text for text in _written(chart)), chart.kind
