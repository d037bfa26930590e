"""Alternative text of a chart: its kind, axes, range and finding."""

import re
from dataclasses import replace

from render import words
from render.chart.model import Chart, ChartKind, Unit
from render.chart.scale import compact, compact_alike
from render.columns.names import name_words
from render.columns.periods import Grain
from render.columns.time_names import YEAR
from render.text.limits import clip

ALT_LIMIT = 1000
"""Slack's limit for the alternative text of a file; an image block would take twice as much."""

_CYCLES = {Grain.DAY: 7.0, Grain.HOUR: 1.0}
"""Days after which a course begins again: what people do in a week, or in a day."""
_FEW = 2
"""Days that are now and before, and no course."""
_NOT_ZERO = re.compile("[1-9]")
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
    extent = f"{_extent(chart, noun)} {_extremes(chart)}".strip()
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
    if chart.kind in _OF_RECORDS or not ends:
        return ""
    if chart.labels[-1] in chart.subtotals:
        return _result(chart)
    course = _course(chart) if _has_course(chart) else []
    if len(course) == 1:
        (value, where) = course[0]
        return words.charts.one_period(axes_text(chart), f"{_written(value, chart)} ({where})")
    if ends[0][0] == ends[1][0]:
        return ""
    named = [*ends, *course[:1], *course[-1:]]
    values = [value for value, _ in named]
    alike = zip(values, compact_alike(values, chart.notation), strict=True)
    texts = [
        compact(value, chart.notation) if value and not _NOT_ZERO.search(text) else text
        for value, text in alike
    ]
    if texts[0] == texts[1]:
        return ""
    high, low, *edges = (f"{text} ({where})" for text, (_, where) in zip(texts, named, strict=True))
    if not edges:
        return words.charts.found(axes_text(chart), _known_ends(chart, high, low))
    first, last = edges
    sentence = words.charts.course(axes_text(chart), first, last, _growth(chart))
    return sentence if {high, low} <= {first, last} else f"{sentence[:-1]}; {words.charts.ends(high, low)}."


def _result(chart: Chart) -> str:
    """Say what a statement begins with and what is left in the end, by its first measure."""
    measure = chart.series[0]
    first, last = measure.values[0], measure.values[-1]
    if first is None or last is None:
        return ""
    texts = zip(
        compact_alike([first, last], chart.notation), (chart.labels[0], chart.labels[-1]), strict=True
    )
    begin, end = (f"{text} ({label})" for text, label in texts)
    return words.charts.course(axes_text(replace(chart, y_title=measure.name)), begin, end, "")


def _known_ends(chart: Chart, high: str, low: str) -> str:
    """Name both ends, but only the one that the rows begin with where others were left out behind them."""
    if chart.cut:
        return words.charts.highest(high) if chart.cut == "highest" else words.charts.lowest(low)
    if not chart.is_part:
        return words.charts.ends(high, low)
    written = (
        [
            value
            for label, value in zip(chart.labels, series.values, strict=True)
            if value is not None and label != chart.rest
        ]
        for series in chart.series
    )
    values = next(filter(None, written))  # there is one: it has a highest value
    return words.charts.highest(high) if values[0] >= values[-1] else words.charts.lowest(low)


def _extremes(chart: Chart) -> str:
    ends = _ends(chart)
    if not ends:
        return ""
    (high, at), (low, where) = ends
    if at == where:
        return f"{_written(high, chart)} ({at})."
    highest, lowest = f"{_written(high, chart)} ({at})", f"{_written(low, chart)} ({where})"
    known = {
        "": words.charts.ends(highest, lowest),
        "highest": words.charts.highest(highest),
        "lowest": words.charts.lowest(lowest),
    }
    said = known.get(chart.cut, "")
    text = f"{said[:1].upper()}{said[1:]}." if said else ""
    return text + (_change(chart) if _has_course(chart) else "")


def _has_course(chart: Chart) -> bool:
    return chart.is_course and chart.kind in _POINTS and len(chart.series) == 1


def _ends(chart: Chart) -> tuple[tuple[float, str], tuple[float, str]] | None:
    """Return the highest value and the lowest, and where they are; a period that is not over is neither."""
    several = len(chart.series) > 1
    left_out = {chart.rest, *chart.unfinished, *chart.subtotals}
    found = [
        (value, f"{_place(chart, label)}, {_item(chart, series.name)}" if several else _place(chart, label))
        for series in chart.series
        for label, value in zip(chart.labels, series.values, strict=True)
        if value is not None and left_out.isdisjoint((label, series.name))
    ]
    if not found:
        return None
    return max(found, key=lambda each: each[0]), min(found, key=lambda each: each[0])


def _place(chart: Chart, label: str) -> str:
    """Name a label as it reads in a sentence."""
    return label if chart.grain else _numbered(label, chart.x_title)


def _item(chart: Chart, series: str) -> str:
    """Name a series as it reads in a sentence."""
    return _numbered(series, chart.series_title)


def _numbered(name: str, of: str) -> str:
    """Say what a number counts: the third of some stores is "Store 3", a year is one."""
    return f"{of} {name}" if of and name.isdecimal() and not YEAR.among(name_words(of)) else name


def _course(chart: Chart) -> list[tuple[float, str]]:
    """Return the known values of a single line, and where they are, without periods that are not over."""
    pairs = zip(chart.series[0].values, chart.labels, strict=True)
    return [
        (value, _place(chart, label))
        for value, label in pairs
        if value is not None and label not in chart.unfinished
    ]


def _change(chart: Chart) -> str:
    known = [value for value, _ in _course(chart)]
    if len(known) == 1:
        return ""
    return f" From {_written(known[0], chart)} to {_written(known[-1], chart)}{_growth(chart)}."


def _growth(chart: Chart) -> str:
    """Say by how much a line rose: in parts of its beginning, or as it is where any of it is below zero."""
    course = _course(chart)
    (first, _), (last, _) = course[0], course[-1]
    if chart.unit is not Unit.NUMBER or not _are_alike(chart):
        return ""
    if first == last or (first > 0 and min(value for value, _ in course) >= 0):
        return f", {chart.notation.write(f'{last / first - 1 if first else 0:+,.0%}')}"
    return words.charts.difference(_written(abs(last - first), chart), rose=last > first)


def _are_alike(chart: Chart) -> bool:
    """Whether a line ends at the weekday, or the time of day, that it begins with: others differ anyway."""
    cycle = _CYCLES.get(chart.grain) if chart.grain else None
    triples = zip(chart.positions, chart.labels, chart.series[0].values, strict=False)
    known = [at for at, label, value in triples if value is not None and label not in chart.unfinished]
    return not cycle or len(known) <= _FEW or (known[-1] - known[0]) % cycle == 0


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
