"""A chart as Slack's own `data_visualization` block, where that block can say all that the picture would.

https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
"""

from dataclasses import replace
from typing import Any

from render import words
from render.blockkit import blocks
from render.blockkit.blocks import Block, Element
from render.chart.model import Chart, ChartKind, Unit
from render.text.limits import clip

MAX_SERIES = 6
"""A later revision of the documentation says 12; the smaller number is certain to work."""
MAX_POINTS = 20
LABEL = 20
TITLE = 50

_TYPES = {
    ChartKind.BAR: "bar",
    ChartKind.HORIZONTAL_BAR: "bar",
    ChartKind.GROUPED_BAR: "bar",
    ChartKind.LINE: "line",
    ChartKind.AREA: "area",
    ChartKind.DONUT: "pie",
}
"""Slack does not say whether its bars and areas stand on or beside one another: stacks stay pictures."""


def native_chart(chart: Chart) -> list[Block]:
    """Return the block, with the chart's note below it; nothing for what the block cannot show or mark."""
    if chart.subtotals:
        return []
    chart = _named(chart)
    drawn = _pie(chart) if chart.kind is ChartKind.DONUT else _plot(chart)
    if not drawn or not _is_short(chart):
        return []
    block = {
        "type": "data_visualization",
        "title": clip(chart.title, TITLE),
        "chart": {"type": _TYPES[chart.kind], **drawn},
    }
    return [block, *([blocks.context(blocks.plain(chart.note))] if chart.note else [])]


def _named(chart: Chart) -> Chart:
    """Name periods that are not over as such: the block has no other way to mark them."""
    names = {name: words.caveats.so_far(name) for name in chart.unfinished}
    return replace(
        chart,
        labels=tuple(names.get(label, label) for label in chart.labels),
        series=tuple(replace(each, name=names.get(each.name, each.name)) for each in chart.series),
    )


def _is_short(chart: Chart) -> bool:
    """Whether every name fits and no two are the same: clipped ones could not be told apart."""
    names = [series.name for series in chart.series]
    fits = all(len(name) <= LABEL for name in (*chart.labels, *names))
    return fits and len(set(chart.labels)) == len(chart.labels) and len(set(names)) == len(names)


def _plot(chart: Chart) -> dict[str, Any] | None:
    """Return series over categories; None for gaps, which the block would have to fill."""
    gaps = any(value is None for series in chart.series for value in series.values)
    stacked = chart.kind is ChartKind.AREA and len(chart.series) > 1
    if chart.kind not in _TYPES or gaps or stacked:
        return None
    if len(chart.series) > MAX_SERIES or len(chart.labels) > MAX_POINTS:
        return None
    return {
        "series": [{"name": each.name, "data": _points(chart, each.values)} for each in chart.series],
        "axis_config": {
            "categories": list(chart.labels),
            **_axis("x_label", chart.x_title),
            **_axis("y_label", _measure(chart)),
        },
    }


def _axis(name: str, text: str) -> dict[str, str]:
    return {name: text[:TITLE]} if text else {}


def _measure(chart: Chart) -> str:
    """Name the measure with its unit, which the block writes nowhere else."""
    unit = chart.sign or ("" if chart.unit is Unit.NUMBER else "%")
    return f"{chart.y_title[: TITLE - 4]} ({unit})" if unit else chart.y_title


def _pie(chart: Chart) -> dict[str, Any] | None:
    if len(chart.labels) > MAX_SERIES or chart.is_one_of_several or not all(chart.series[0].values):
        return None  # its block has no axis to name the measure
    return {"segments": _points(chart, chart.series[0].values)}


def _points(chart: Chart, values: tuple[float | None, ...]) -> list[Element]:
    factor = 100 if chart.unit is Unit.FRACTION else 1
    pairs = zip(chart.labels, values, strict=True)
    return [{"label": label, "value": _round(value * factor)} for label, value in pairs if value is not None]


def _round(value: float) -> float:
    """Return what a person reads: no trace of binary fractions, whole numbers as such."""
    if value.is_integer():
        return int(value)
    return round(value, 2) if abs(value) >= 1 else float(f"{value:.6g}")
