"""A number with its change: written out, with its period, and with room around all of its lines."""

from dataclasses import replace
from io import BytesIO

import pytest
from matplotlib.text import Text
from PIL import Image, ImageChops

from render.chart.model import Chart, ChartKind, Series, Unit
from render.columns.periods import Grain
from render.figure.big_number import _exact
from render.figure.draw import draw, paint

NUMBER = Chart(
    ChartKind.NUMBER,
    "Profit",
    "",
    "Current profit",
    ("Previous profit", "Current profit"),
    (Series("Current profit", (800.0, -1234.5)),),
    alt_text="",
)


def inked(chart: Chart) -> tuple[Image.Image, tuple[int, int, int, int]]:
    """Return a picture and the box around what is drawn on it."""
    picture = Image.open(BytesIO(draw(chart))).convert("RGB")
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    assert box is not None
    return picture, box


@pytest.mark.parametrize("title", ["Current profit", "Profit", "A title of two lines " * 5])
def test_its_lines_leave_a_margin_below(title: str) -> None:
    """A subtitle, which not every number has, makes the picture higher."""
    picture, box = inked(replace(NUMBER, title=title))
    assert picture.height - box[3] > 40


def test_one_of_two_periods_is_named() -> None:
    """Where no course shows the last period, its name stands beside the number."""
    dated = replace(NUMBER, title="Current profit", labels=("Jan", "Feb"), positions=(0.0, 31.0))
    dated = replace(dated, series=(Series("Profit", (None, -1234.5)),))
    assert inked(replace(dated, grain=Grain.MONTH))[1][2] > inked(dated)[1][2]


@pytest.mark.parametrize(
    ("value", "text"), [(-1234.5, "-1,234"), (12_874.0, "12,874"), (3_420_118.4, "3.42M"), (0.25, "0.25")]
)
def test_a_number_of_a_few_digits_is_written_out(value: float, text: str) -> None:
    """It stands alone and large: 1.23K would save nothing."""
    assert _exact(value, replace(NUMBER, unit=Unit.NUMBER)) == text


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (-500.0, 1000.0, "▲ 1,500 more than before (Previous profit: -500)"),
        (-500.0, -800.0, "▼ 300 less than before (Previous profit: -500)"),
        (-1.0, 0.0, "▲ 1 more than before (Previous profit: -1)"),
        (0.0, 7.0, "▲ 7 more than before (Previous profit: 0)"),
        (-5.0, -5.0, "The same as before (Previous profit: -5)"),
    ],
)
def test_a_change_from_below_zero_is_a_difference(before: float, now: float, said: str) -> None:
    """There are no parts of a negative number, and the value before alone is no change."""
    number = replace(NUMBER, series=(Series("Profit", (before, now)),))
    texts = [text.get_text() for text in paint(number).figure.findobj(Text) if isinstance(text, Text)]
    assert said in texts
