"""The sentences of a chart: what is not drawn, and what a person who cannot see it needs to know."""

from render import words
from render.chart_model import OFF, Chart, Kind, Unit
from render.scale import compact

ALT_LIMIT = 1000
"""Slack's limit for the alternative text of an image."""

_NAMES = {
    Kind.BAR: "Bar chart",
    Kind.HORIZONTAL_BAR: "Horizontal bar chart",
    Kind.GROUPED_BAR: "Grouped bar chart",
    Kind.LINE: "Line chart",
    Kind.SCATTER: "Scatter plot",
}

LABELS: dict[str, str] = {
    Kind.BAR: "Bars",
    Kind.HORIZONTAL_BAR: "Bars",
    Kind.GROUPED_BAR: "Bars",
    Kind.LINE: "Lines",
    Kind.SCATTER: "Scatter",
    OFF: "Table only",
}
"""What a menu calls each kind."""


def alt_text(chart: Chart) -> str:
    """Name the kind of chart, its axes, its range and its finding."""
    what = f"{_NAMES[chart.kind]}: {chart.title}. {axes_text(chart)}"
    finding = (
        _scatter(chart)
        if chart.kind is Kind.SCATTER
        else f"{_extent(chart, _noun(chart))} {_extremes(chart)}"
    )
    text = f"{what}, {finding} {chart.note}".strip()
    return text if len(text) <= ALT_LIMIT else text[: ALT_LIMIT - 1] + "…"


def axes_text(chart: Chart) -> str:
    """Return what is drawn over what: "Total revenue by order month"."""
    across = chart.x_title
    if across[1:2].islower():
        across = across[0].lower() + across[1:]
    return f"{chart.y_title} by {across}" if across and chart.y_title else chart.y_title or chart.x_title


def _noun(chart: Chart) -> str:
    return "points" if chart.kind is Kind.LINE else "bars" if len(chart.series) == 1 else "groups"


def _extent(chart: Chart, noun: str) -> str:
    extent = f"{len(chart.labels)} {noun} from {chart.labels[0]} to {chart.labels[-1]}."
    if len(chart.series) > 1:
        extent += f" {len(chart.series)} series: {', '.join(series.name for series in chart.series)}."
    return extent


def _extremes(chart: Chart) -> str:
    several = len(chart.series) > 1
    found = [
        (value, f"{label}, {series.name}" if several else label)
        for series in chart.series
        for label, value in zip(chart.labels, series.values, strict=True)
        if value is not None
    ]
    high, low = max(found, key=lambda each: each[0]), min(found, key=lambda each: each[0])
    best, worst = compact(high[0], chart.unit), compact(low[0], chart.unit)
    text = f"Highest {best} ({high[1]}), lowest {worst} ({low[1]})."
    return text + (_change(chart) if chart.kind is Kind.LINE and not several else "")


def _change(chart: Chart) -> str:
    known = [value for value in chart.series[0].values if value is not None]
    first, last = known[0], known[-1]
    text = f" From {compact(first, chart.unit)} to {compact(last, chart.unit)}"
    if chart.unit is Unit.NUMBER and first > 0 and last > 0:
        text += f", {last / first - 1:+.0%}"
    return text + "."


def _scatter(chart: Chart) -> str:
    values = [value for value in chart.series[0].values if value is not None]
    across = f"{compact(min(chart.positions), chart.x_unit)} to {compact(max(chart.positions), chart.x_unit)}"
    return (
        f"{len(values)} points. {chart.x_title} from {across}, "
        f"{chart.y_title} from {compact(min(values), chart.unit)} to {compact(max(values), chart.unit)}."
    )


def drawn_by_genie(title: str, ours: Chart | None) -> str:
    """Describe a chart that we have not seen: by its title, and by the values where we know them too."""
    text = title if title == words.GENIE_CHART else f"{words.GENIE_CHART}: {title}"
    if ours and ours.kind is Kind.SCATTER:
        text += f". {_scatter(ours)}"
    elif ours:
        text += f". {axes_text(ours)}, {_extent(ours, 'values')} {_extremes(ours)}"
    return text if len(text) <= ALT_LIMIT else text[: ALT_LIMIT - 1] + "…"
