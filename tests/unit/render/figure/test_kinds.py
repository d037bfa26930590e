"""Pictures of the kinds beyond bars and lines: of the right size, with every colour, in every script."""

from dataclasses import replace
from io import BytesIO
from itertools import combinations

import pytest
from matplotlib.text import Text
from PIL import Image

from render.chart.model import Chart, ChartKind, Series
from render.columns.periods import Grain
from render.figure.category_labels import under_bars
from render.figure.draw import draw, paint
from render.figure.fonts import clipped, families, legible, text_width
from render.figure.style import LABEL, PALETTE, REST
from tests.unit.render.chart.colour_sight import apart, seen_by

PARTS = tuple(Series(name, (4.0, 3.0, 2.0, 5.0)) for name in ("Web", "Shop", "Phone", "Other"))
STACK = Chart(
    ChartKind.STACKED_BAR,
    "A title",
    "Region",
    "Revenue",
    ("A", "B", "C", "D"),
    PARTS,
    alt_text="",
    rest="Other",
)
MONTHLY = replace(STACK, positions=(0.0, 31.0, 59.0, 90.0), grain=Grain.MONTH)
ONE = replace(STACK, series=PARTS[:1])
CHARTS = {
    "upright stacks": STACK,
    "stacks over time": MONTHLY,
    "lying stacks": replace(STACK, labels=tuple(f"A long name of a product {at}" for at in range(4))),
    "areas": replace(MONTHLY, kind=ChartKind.AREA),
    "one area": replace(MONTHLY, kind=ChartKind.AREA, series=PARTS[:1]),
    "donut": replace(ONE, kind=ChartKind.DONUT),
    "donut of long names": replace(
        ONE, kind=ChartKind.DONUT, labels=("A very long name of a channel " * 3,) * 4
    ),
    "histogram": replace(ONE, kind=ChartKind.HISTOGRAM, positions=(0.0, 5.0, 10.0, 15.0, 20.0)),
    "heat map": replace(STACK, kind=ChartKind.HEAT_MAP),
    "heat map of both signs": replace(
        STACK, kind=ChartKind.HEAT_MAP, series=(Series("A", (1, -2, None, 4)), Series("B", (None,) * 4))
    ),
    "heat map without values": replace(
        STACK, kind=ChartKind.HEAT_MAP, series=(Series("A", (None,) * 4),) * 3
    ),
    "number": replace(
        ONE, kind=ChartKind.NUMBER, labels=("Before", "Now"), series=(Series("A", (4.0, 5.0)),)
    ),
    "number with a course": replace(ONE, kind=ChartKind.NUMBER),
    "bars over time": replace(MONTHLY, kind=ChartKind.BAR, series=PARTS[:1]),
}


def pixels(chart: Chart) -> Image.Image:
    return Image.open(BytesIO(draw(chart))).convert("RGB")


def colours(picture: Image.Image) -> set[str]:
    found: list[tuple[int, tuple[int, int, int]]] = picture.getcolors(1 << 24) or []  # type: ignore[assignment]
    return {"#{:02X}{:02X}{:02X}".format(*colour) for _, colour in found}


@pytest.mark.parametrize("name", CHARTS)
def test_every_kind_becomes_a_picture_with_a_margin(name: str) -> None:
    """1,600 pixels wide, not higher than a phone, and nothing at the very edge."""
    picture = pixels(CHARTS[name])
    assert picture.width == 1600
    assert 450 <= picture.height <= 1800
    edge = {picture.getpixel((x, y)) for x in range(0, 1600, 4) for y in (2, picture.height - 3)}
    edge |= {picture.getpixel((x, y)) for y in range(0, picture.height, 4) for x in (2, 1597)}
    assert edge == {(255, 255, 255)}


@pytest.mark.parametrize("name", ["upright stacks", "stacks over time", "lying stacks"])
def test_each_part_has_its_colour_and_the_rest_is_grey(name: str) -> None:
    """Three named parts have colours of their own, "Other" recedes."""
    assert {*PALETTE[:3], REST} <= colours(pixels(CHARTS[name]))
    assert PALETTE[3] not in colours(pixels(CHARTS[name]))


def test_a_gap_in_a_heat_map_is_no_low_value() -> None:
    """A pair without a value has a ground that no value has."""
    full, gap = (
        CHARTS["heat map"],
        replace(STACK, kind=ChartKind.HEAT_MAP, series=(Series("A", (4.0, None, 2.0, 5.0)),)),
    )
    assert "#F7F5F1" in colours(pixels(gap))
    assert "#F7F5F1" not in colours(pixels(full))


def test_the_key_of_a_heat_map_names_empty_cells() -> None:
    """Where every cell has a value, there is nothing to explain."""
    full = CHARTS["heat map"]
    first, *others = full.series
    gap = replace(full, series=(replace(first, values=(None, *first.values[1:])), *others))
    named = [
        [text.get_text() for text in paint(chart).figure.findobj(Text) if isinstance(text, Text)]
        for chart in (full, gap)
    ]
    assert ["no value" in texts for texts in named] == [False, True]


@pytest.mark.parametrize("sight", ["normal", "protan", "deutan", "tritan"])
def test_colours_stay_apart_for_every_eye(sight: str) -> None:
    """Any two colours differ clearly, also for the colour-blind: five times what can just be seen."""
    seen = [seen_by(sight, colour) for colour in PALETTE]
    assert min(apart(first, second) for first, second in combinations(seen, 2)) > 10


@pytest.mark.parametrize(
    "text",
    [
        "東京の売上",
        "中文销售额",
        "매출 합계",
        "المبيعات",
        "מכירות",
        "बिक्री",
        "ยอดขาย",
        "🔥 Deals",
        "Ελλάδα",
        "∑ → ≥ €",
    ],
)
def test_a_script_is_drawn_and_not_replaced(text: str) -> None:
    """Every letter of these scripts is in a font that the bot brings along."""
    assert legible(text, "#1") == text
    assert text_width(text, LABEL) > 0


def test_a_text_opens_only_the_fonts_it_needs() -> None:
    """Latin, Greek and Cyrillic need one font; Japanese needs one more."""
    assert families("Zürich, Ελλάδα, Москва") == families("")
    assert len(families("東京 Tokyo")) == len(families("")) + 1


def test_periods_under_bars_are_named_where_there_is_room() -> None:
    """The year stands below the first month only, and names that would touch are left out."""
    days = tuple(float(31 * at) for at in range(12))
    chart = replace(MONTHLY, positions=days, labels=("",) * 12)
    wide, narrow = under_bars(chart, 0.6), under_bars(chart, 0.25)
    assert (wide[0], wide[1]) == ("Jan\n1970", "Feb\n ")
    assert narrow[:3] == ["Jan\n1970", "", ""]
    assert max(text_width(name, LABEL) for name in narrow) < 3 * 0.25


def test_a_clipped_name_shows_that_it_was_cut() -> None:
    """What is cut ends with a sign, and takes no more than its room."""
    short = clipped("A very long name of a channel", LABEL, 1.0)
    assert short.endswith("…")
    assert text_width(short, LABEL) <= 1.0
