"""Alternative text of a chart: its kind, axes, range and finding."""

from render import words
from render.chart.model import Chart, ChartKind, Unit
from render.chart.scale import compact, compact_alike
from render.text.limits import clip

ALT_LIMIT = 1000
"""Slack's limit for the alternative text of a file; an image block would take twice as much."""

_POINTS = frozenset({ChartKind.LINE, ChartKind.AREA, ChartKind.NUMBER})
_OF_RECORDS = frozenset({ChartKind.SCATTER, ChartKind.HISTOGRAM})
_NOUNS = {
    ChartKind.DONUT: "slices",
    ChartKind.HEAT_MAP: "columns",
    ChartKind.HISTOGRAM: "bars",
    **dict.fromkeys(_POINTS, "points"),
}


def alt_text(chart: Chart) -> str:
    """Name the kind of chart, its axes, its range and its finding."""
    what = f"{words.charts.KINDS[chart.kind]}: {chart.title}. {axes_text(chart)}"
    text = f"{what}, {_finding(chart, _noun(chart))} {chart.note}".strip()
    return clip(text, ALT_LIMIT)


def axes_text(chart: Chart) -> str:
    """Return what is drawn over what: "Total revenue by order month"."""
    across = words.charts.inside(chart.x_title)
    along = "" if not across or chart.y_title.lower().endswith(f" by {across.lower()}") else f" by {across}"
    text = f"{chart.y_title}{along}" if chart.y_title else chart.x_title
    return f"{text} and {words.charts.inside(chart.series_title)}" if chart.series_title else text


def _finding(chart: Chart, noun: str) -> str:
    if chart.kind is ChartKind.SCATTER:
        return _scatter(chart)
    extent = f"{_extent(chart, noun)} {_extremes(chart)}"
    if chart.kind is ChartKind.DONUT:
        extent += f" {chart.labels[0]} is {_part(chart, 0)} of the whole."
    return extent


def _part(chart: Chart, at: int) -> str:
    values = [value or 0.0 for value in chart.series[0].values]
    return chart.notation.write(f"{values[at] / sum(values):.0%}")


def _noun(chart: Chart) -> str:
    return _NOUNS.get(chart.kind) or ("bars" if len(chart.series) == 1 else "groups")


def _extent(chart: Chart, noun: str) -> str:
    extent = f"{chart.locale.whole(len(chart.labels))} {noun} from {chart.labels[0]} to {chart.labels[-1]}."
    if len(chart.series) > 1:
        extent += f" {len(chart.series)} series: {', '.join(series.name for series in chart.series)}."
    return extent


def finding(chart: Chart) -> str:
    """Return one sentence on what a chart shows, for answers without one; nothing where it shows records."""
    ends = _ends(chart)
    if chart.kind in _OF_RECORDS or not ends or ends[0][0] == ends[1][0]:
        return ""
    pairs = zip(chart.series[0].values, chart.labels, strict=True)
    known = [(value, label) for value, label in pairs if value is not None]
    named = [*ends, *known[:1], *known[-1:]]
    texts = compact_alike([value for value, _ in named], chart.notation)
    high, low, *course = (f"{text} ({where})" for text, (_, where) in zip(texts, named, strict=True))
    if chart.kind not in _POINTS or len(chart.series) > 1:
        return words.charts.found(axes_text(chart), high, low)
    first, last = course
    sentence = words.charts.course(axes_text(chart), first, last, _growth(chart))
    return sentence if {high, low} <= {first, last} else f"{sentence[:-1]}; {words.charts.ends(high, low)}."


def _extremes(chart: Chart) -> str:
    ends = _ends(chart)
    if not ends:
        return ""
    (high, at), (low, where) = ends
    text = f"Highest {_written(high, chart)} ({at}), lowest {_written(low, chart)} ({where})."
    return text + (_change(chart) if chart.kind in _POINTS and len(chart.series) == 1 else "")


def _ends(chart: Chart) -> tuple[tuple[float, str], tuple[float, str]] | None:
    """Return the highest value and the lowest, and where they are."""
    several = len(chart.series) > 1
    found = [
        (value, f"{label}, {series.name}" if several else label)
        for series in chart.series
        for label, value in zip(chart.labels, series.values, strict=True)
        if value is not None and chart.rest not in {label, series.name}
    ]
    if not found:
        return None
    return max(found, key=lambda each: each[0]), min(found, key=lambda each: each[0])


def _change(chart: Chart) -> str:
    known = [value for value in chart.series[0].values if value is not None]
    first, last = known[0], known[-1]
    return f" From {_written(first, chart)} to {_written(last, chart)}{_growth(chart)}."


def _growth(chart: Chart) -> str:
    known = [value for value in chart.series[0].values if value is not None]
    first, last = known[0], known[-1]
    if chart.unit is not Unit.NUMBER or first <= 0 or last <= 0:
        return ""
    return f", {chart.notation.write(f'{last / first - 1:+,.0%}')}"


def _written(value: float, chart: Chart) -> str:
    return compact(value, chart.notation)


def _scatter(chart: Chart) -> str:
    values = [value for value in chart.series[0].values if value is not None]
    ends = (min(chart.positions), max(chart.positions))
    across = " to ".join(compact(end, chart.x_notation) for end in ends)
    return (
        f"{chart.locale.whole(len(values))} points. {chart.x_title} from {across}, "
        f"{chart.y_title} from {_written(min(values), chart)} to {_written(max(values), chart)}."
    )


def drawn_by_genie(title: str, ours: Chart | None) -> str:
    """Describe a chart that we have not seen: by its title, and by the values where we know them too."""
    text = title if title == words.answer.GENIE_CHART else f"{words.answer.GENIE_CHART}: {title}"
    if ours and ours.kind is ChartKind.SCATTER:
        text += f". {_scatter(ours)}"
    elif ours:
        text += f". {axes_text(ours)}, {_extent(ours, 'values')} {_extremes(ours)}"
    return clip(text, ALT_LIMIT)
