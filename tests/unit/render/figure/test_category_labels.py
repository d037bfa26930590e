"""Room for letters: nothing stands in other words, and nothing is cut off that would fit or left to guess."""

from dataclasses import replace
from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from render.chart.model import Chart, ChartKind, Series
from render.figure.bars import draw_bars, draw_flat_bars
from render.figure.distributions import draw_histogram
from render.figure.donut import donut_height, draw_donut
from render.figure.fonts import DPI
from render.figure.lines import axis_note
from render.figure.style import WIDTH
from render.words.results.charts import NOT_FROM_ZERO

LARGE = (912_000.0, 846_000.0, 55_000.0, 14_000.0, 272_000.0)
SMALL = (896_000.0, 584_000.0, 677_000.0, 672_000.0, 269_000.0)
REGIONS = ("Canada", "France", "Germany", "Brazil", "Japan")
GROUPS = Chart(
    ChartKind.GROUPED_BAR,
    "",
    "Region",
    "Revenue",
    REGIONS,
    (Series("Gross", LARGE), Series("Net", SMALL)),
    alt_text="",
    sign="€",
)
LOSSES = replace(
    GROUPS,
    kind=ChartKind.HORIZONTAL_BAR,
    series=(Series("Profit", (691_000.0, 5.0, -25_000.0, -257e3, -479e3)),),
    labels=tuple(f"{region} premium subscription plan" for region in REGIONS),
)
CHAIR = "Ergonomic chair with headrest and lumbar support"
ONE = replace(GROUPS, series=(Series("Revenue", (4.0, None, 0.0, 1.0, 2.0)),))


def texts(chart: Chart) -> list[Text]:
    """Draw a chart without its head and return what is written on it."""
    figure = Figure(figsize=(WIDTH, 4), dpi=DPI)
    canvas = FigureCanvasAgg(figure)
    if chart.kind is ChartKind.DONUT:
        draw_donut(figure, chart, 0.2, 0.2 + donut_height(chart))
    elif chart.kind is ChartKind.HISTOGRAM:
        draw_histogram(figure, chart, 0.2, 3.8)
    else:
        (draw_flat_bars if chart.kind is ChartKind.HORIZONTAL_BAR else draw_bars)(figure, chart, 0.2, 3.8)
    canvas.draw()  # type: ignore[no-untyped-call]
    found = [each for each in figure.findobj(Text) if isinstance(each, Text) and each.get_visible()]
    return [each for each in found if each.get_text().strip()]


def written(chart: Chart) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in texts(chart))


@pytest.mark.parametrize("chart", [GROUPS, LOSSES], ids=["values of groups", "a scale below lying bars"])
def test_words_never_stand_in_other_words(chart: Chart) -> None:
    """Values beside one another, and the labels of a scale, keep apart or are left out."""
    boxes = [each.get_window_extent() for each in texts(chart)]
    assert not [True for one, other in combinations(boxes, 2) if one.overlaps(other)]


def test_a_scale_that_has_room_for_few_labels_names_zero() -> None:
    """Every other label goes, never that of zero."""
    assert {"0", "-€500K", "€500K"} <= {text.get_text() for text in texts(LOSSES)}
    assert "€250K" not in written(LOSSES)


def test_a_name_that_fits_into_two_lines_is_whole() -> None:
    """Beside a lying bar, and beside the ring of a donut."""
    assert CHAIR in written(replace(LOSSES, labels=(CHAIR, *LOSSES.labels[1:])))
    ring = replace(ONE, kind=ChartKind.DONUT, labels=("Partners and resellers", *REGIONS[1:]))
    assert "Partners and resellers" in written(ring)


def test_the_edges_of_a_histogram_are_as_short_as_can_be() -> None:
    """Decimals are for the edges that are named, not for those between them."""
    edges = tuple(2_500.0 * at for at in range(-8, 7))
    counts = Series("Number of rows", tuple(map(float, range(1, 15))))
    bins = replace(ONE, kind=ChartKind.HISTOGRAM, series=(counts,), positions=edges, x_sign="€")
    assert "-€20K" in written(replace(bins, labels=("",) * 14))


def test_a_missing_bar_is_marked() -> None:
    """Where each bar has its value, a gap has a dash and a zero has its 0."""
    assert "–" in written(ONE)
    assert "–" not in written(replace(ONE, series=(Series("Revenue", (4.0, 3.0, 0.0, 1.0, 2.0)),)))


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        (ChartKind.LINE, (9.0, 13.0), NOT_FROM_ZERO),
        (ChartKind.LINE, (-9.0, -13.0), NOT_FROM_ZERO),
        (ChartKind.LINE, (1.0, 13.0), ""),
        (ChartKind.LINE, (-9.0, 13.0), ""),
        (ChartKind.LINE, (None, None), ""),
        (ChartKind.AREA, (9.0, 13.0), ""),
    ],
)
def test_a_scale_that_leaves_zero_out_says_so(
    kind: ChartKind, values: tuple[float | None, float | None], said: str
) -> None:
    """The height of such a line is not its size."""
    assert axis_note(replace(ONE, kind=kind, series=(Series("Revenue", values),))) == said
