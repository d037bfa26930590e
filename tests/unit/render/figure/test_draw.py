"""Pictures: every kind of chart, legible, of the right size, without touching matplotlib's global state."""

import subprocess
import sys
import warnings
from dataclasses import replace
from io import BytesIO

import matplotlib as mpl
import pytest
from PIL import Image

from render.chart.model import Chart, ChartKind, Series, Unit
from render.columns.periods import Grain
from render.figure import draw as figure
from render.figure.category_labels import stride
from render.figure.draw import draw
from render.figure.fonts import DPI, legible, text_width
from render.figure.lines import apart
from render.figure.style import LABEL, PALETTE, SMALL, WIDTH


def bars(kind: ChartKind, labels: tuple[str, ...], *series: tuple[float | None, ...]) -> Chart:
    named = tuple(Series(f"Series {at}", values) for at, values in enumerate(series))
    return Chart(kind, "A title", "Region", "Revenue", labels, named, alt_text="")


LINE = Chart(
    ChartKind.LINE,
    "A title",
    "Month",
    "Revenue",
    ("Jan", "Feb", "Mar", "Apr"),
    (Series("EMEA", (1.0, None, 3.0, 2.5)),),
    alt_text="",
    grain=Grain.MONTH,
    positions=(20454.0, 20485.0, 20513.0, 20544.0),
)
CHARTS = {
    "bar": bars(ChartKind.BAR, ("A", "B"), (2.0, -1.0)),
    "one bar": bars(ChartKind.BAR, ("A",), (2.0,)),
    "zeros": bars(ChartKind.BAR, ("A", "B"), (0.0, 0.0)),
    "only gaps": bars(ChartKind.BAR, ("A", "B"), (None, None)),
    "lying": bars(
        ChartKind.HORIZONTAL_BAR, ("A long name of a product " * 2,) * 20, tuple(map(float, range(20)))
    ),
    "lying groups": bars(ChartKind.HORIZONTAL_BAR, ("A", "B"), (1.0, 2.0), (3.0, None)),
    "groups": bars(ChartKind.GROUPED_BAR, ("A", "B"), (1.0, 2.0), (3.0, None), (-1.0, 0.5)),
    "line": LINE,
    "lines with names": replace(LINE, series=tuple(Series(f"R{at}", (1.0, 2.0, 3.0, at)) for at in range(5))),
    "lines with a legend": replace(LINE, series=tuple(Series(f"R{at}", (1, 2, 3, at)) for at in range(8))),
    "line without time": replace(LINE, positions=(), grain=None),
    "line of gaps": replace(LINE, series=(Series("EMEA", (None,) * 4),)),
    "scatter": replace(LINE, kind=ChartKind.SCATTER, unit=Unit.PERCENT, grain=None),
    "huge": bars(ChartKind.BAR, ("A", "B"), (1e300, -1e300)),
    "tiny": bars(ChartKind.BAR, ("A", "B"), (1e-300, 1e-12)),
    "crowded lines": replace(
        LINE,
        labels=("",) * 400,
        positions=tuple(map(float, range(400))),
        grain=Grain.DAY,
        series=tuple(
            Series(f"R{at}", tuple(at + (n * 37 % 101) / 99 for n in range(400))) for at in range(8)
        ),
    ),
    "long words": replace(LINE, title="Revenue " * 30, note="A note that goes on. " * 20, y_title="y" * 200),
}


def pixels(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_becomes_a_picture_that_slack_can_show(name: str) -> None:
    """1,600 pixels wide, at most 300 KB, a light opaque ground, and nothing at the very edge."""
    png = draw(CHARTS[name])
    picture = pixels(png)
    assert picture.width == 1600
    assert 500 <= picture.height <= 1800
    assert len(png) <= 300_000
    edge = {picture.getpixel((x, y)) for x in range(0, 1600, 4) for y in (2, picture.height - 3)}
    edge |= {picture.getpixel((x, y)) for y in range(0, picture.height, 4) for x in (2, 1597)}
    assert edge == {(255, 255, 255)}


@pytest.mark.parametrize(
    ("title", "below"),
    [("Revenue by region, 2025", ""), ("Top 5: revenue by region", ""), ("Sales", "Revenue by region")],
)
def test_a_title_is_not_said_twice(title: str, below: str) -> None:
    """What the axes measure stands below the title only when the title does not say it."""
    assert figure._subtitle(replace(CHARTS["bar"], title=title, y_title="Revenue")) == below


def test_each_series_has_its_own_colour() -> None:
    """Grouped bars are painted in as many colours as there are series."""
    colours = {colour for _, colour in pixels(draw(CHARTS["groups"])).getcolors(1 << 24) or []}
    for colour in PALETTE[:3]:
        assert tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5)) in colours


def test_a_gap_is_not_drawn() -> None:
    """A missing bar leaves the ground as it is, a zero draws nothing either, a value does."""
    accent = tuple(int(PALETTE[0][at : at + 2], 16) for at in (1, 3, 5))

    def painted(value: float | None) -> int:
        colours = pixels(draw(bars(ChartKind.BAR, ("A", "B"), (1.0, value)))).getcolors(1 << 24) or []
        return sum(count for count, colour in colours if colour == accent)

    assert painted(None) == painted(0.0)
    assert painted(1.0) > 1.9 * painted(None)


@pytest.mark.parametrize(
    "text", ["$5 and $10", r"a \$ b", "_hidden", "x^2_3", "{", "$\\frac$", "%", "東京", "🔥", "नमस्ते"]
)
def test_any_text_can_be_drawn_without_a_warning(text: str) -> None:
    """Dollars are no mathematics, and letters that no font has neither warn nor fail."""
    series = (Series(text, (1.0, 2.0)), Series("Other", (2.0, 1.0)))
    chart = Chart(ChartKind.GROUPED_BAR, text, text, text, (text, "B"), series, alt_text="", note=text)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draw(chart)
        draw(replace(LINE, title=text, series=series, labels=("A", "B"), positions=(0.0, 31.0)))


def test_a_label_that_no_font_has_is_numbered() -> None:
    """Instead of boxes a reader gets a number, or the part that can be read."""
    assert legible("\ue000\ue001", "#1") == "#1"
    assert legible("\ue000 Tokyo", "#1") == "Tokyo"
    assert legible("Zürich – Ελλάδα", "#1") == "Zürich – Ελλάδα"


def test_drawing_leaves_matplotlib_as_it_was() -> None:
    """No global style changes, and pyplot is never loaded."""
    before = dict(mpl.rcParams)
    draw(LINE)
    assert dict(mpl.rcParams) == before
    code = "import sys, render.figure; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 (our own code)


def test_letters_are_large_enough_for_a_phone() -> None:
    """On a picture 320 points wide every letter takes at least 7 points, labels and ticks nearly nine."""
    assert SMALL / 72 / WIDTH * 320 >= 7
    assert LABEL / 72 / WIDTH * 320 >= 8.5
    assert WIDTH * DPI == 1600


@pytest.mark.parametrize(("count", "each"), [(5, 1), (12, 1), (24, 2), (31, 2)])
def test_names_under_upright_bars_never_meet(count: int, each: int) -> None:
    """Where 24 hours have no room for their names, every second one is named."""
    step = stride(["23"] * count, 5.0 / count)
    assert step == each
    assert text_width("23", LABEL) < step * 5.0 / count


def test_a_longer_key_makes_a_higher_picture() -> None:
    """Eight long names above the lines take nothing from the lines."""
    series = tuple(Series(f"{at}, a product with a long name", (1.0, 2.0, 3.0, 4.0)) for at in range(8))
    many = pixels(draw(replace(LINE, series=series))).height
    assert many > pixels(draw(replace(LINE, series=series[:2]))).height + 150


def test_names_at_the_ends_of_lines_never_touch() -> None:
    """Names that would overlap move apart, no further than needed, inside the axes."""
    assert apart([5.0, 5.1, 9.9], 1.0, 0.0, 10.0) == [5.0, 6.0, 9.9]
    assert apart([9.8, 9.9, 10.0], 1.0, 0.0, 10.0) == [8.0, 9.0, 10.0]


def test_a_note_has_room_of_its_own() -> None:
    """Below a number with its change, a note makes the picture higher instead of standing in the words."""
    number = Chart(
        ChartKind.NUMBER,
        "A title",
        "Day",
        "Ratio",
        ("1999", "2026"),
        (Series("Ratio", (1.5, 0.25)),),
        alt_text="",
    )

    def height(chart: Chart) -> int:
        return int(Image.open(BytesIO(draw(chart))).height)

    assert height(replace(number, note="Not drawn: Tiny, Huge.")) > height(number) + SMALL / 72 * DPI
