"""The law that nothing said about a result contradicts anything else that is said about it."""

import math
import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

import pytest
from hypothesis import event, given

from genie.model import Cell
from render import words
from render.answer.result import read
from render.chart.choose import chart_and_choices
from render.chart.model import Chart, ChartKind, Unit
from render.columns.read import read_result
from render.columns.reading import Adds, ColumnReading, Reading, Role
from render.stats.compute import compute
from render.stats.model import Figures, Measure, Named
from render.stats.sentences import paragraphs
from render.text.locales import ANYWHERE
from tests.laws.render.answers import law
from tests.laws.render.results import TODAY, Result, results

pytestmark = [pytest.mark.property, pytest.mark.many]

SHORT = ANYWHERE.abbreviated()
"""Writes months as charts do, so that labels are alike."""
RECORDS = frozenset({ChartKind.SCATTER, ChartKind.HISTOGRAM})
EXTREMES = {
    "high": re.compile(r"[Hh]ighest (\S+) \(([^()]*)\)"),
    "low": re.compile(r"[Ll]owest (\S+) \(([^()]*)\)"),
}
ADDED = re.compile(r"add up to (\S+?)[,.]?(?: |$)")
PART = re.compile(r"([^.]+) is (\S+)% of the whole\.")
WORD = re.compile(r"[^\s,]+")
SIZES = {"K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}


def number(text: str) -> float:
    """Read a number as a chart writes it: -€1.2M, 12.5%."""
    size = SIZES.get(text.rstrip("%.")[-1:], 1.0)
    return (-1 if text.startswith("-") else 1) * float(re.sub(r"[^\d.]", "", text).rstrip(".")) * size


def is_said(text: str, value: Decimal, chart: Chart) -> bool:
    """Whether a chart's number is a value, which it writes with three digits of the largest beside it."""
    factor = 100 if chart.unit is Unit.FRACTION else 1
    largest = max(abs(each or 0) for series in chart.series for each in series.values)
    return math.isclose(number(text), float(value) * factor, rel_tol=0.006, abs_tol=0.006 * largest * factor)


def drawn(chart: Chart, figures: Figures, reading: Reading) -> list[Measure]:
    """Return the figures of the measures that a chart shows."""
    series = {each.name for each in chart.series}
    called_by = {column.column.name: column.titled.unitless for column in reading.columns}
    for names in ({chart.y_title}, series):
        measures = figures.measures
        if found := [each for each in measures if names & {each.name, called_by[each.column.name]}]:
            return found
    return []


def extremes(chart: Chart, measures: Sequence[Measure]) -> Iterator[str]:
    """Compare the highest and the lowest that chart and Stats name, and where they are."""
    for name, pattern in EXTREMES.items():
        ends: list[Named] = [getattr(measure, name) for measure in measures]
        end = (max if name == "high" else min)(ends, key=lambda each: each.value)
        for text in (chart.alt_text, chart.finding):
            for value, label in pattern.findall(text):
                if not is_said(value, end.value, chart) or not is_there(label, end, chart):
                    yield f"{name}: {value} ({label}), and {end.value} ({end.label})"


def is_there(label: str, end: Named, chart: Chart) -> bool:
    """Whether both mean one place, of several that have the value any; only one may name a column."""
    values = [value for series in chart.series for value in series.values]
    measures = () if chart.series_title else {series.name for series in chart.series}
    here = {*WORD.findall(" ".join(part for part in label.split(", ") if part not in measures))}
    there = {*WORD.findall(end.label)}
    return here <= there or there <= here or values.count(float(end.value)) > 1


def sums(chart: Chart, measures: Sequence[Measure]) -> Iterator[str]:
    """Find what is added up and does not add up, or not to the total of Stats."""
    if chart.kind is ChartKind.DONUT and chart.unit is Unit.NUMBER:
        whole = math.fsum(value or 0 for value in chart.series[0].values)
        for measure in measures:
            if not measure.total or not math.isclose(whole, float(measure.total.value), rel_tol=2e-3):
                yield f"a ring of {whole}, and a total of {measure.total}"
    parts = len(chart.series) > 1 and chart.series_title
    never = any(measure.adds is Adds.NEVER for measure in measures)
    if chart.kind in {ChartKind.STACKED_BAR, ChartKind.AREA} and parts and never:
        yield "a stack of what does not add up"
    for text in ADDED.findall(chart.note):
        shown = math.fsum(
            value or 0
            for label, value in zip(chart.labels, chart.series[0].values, strict=True)
            if label != chart.rest
        )
        for measure in measures:
            rest = float(measure.total.value) - shown if measure.total else math.nan
            if not math.isclose(number(text), rest, rel_tol=0.01, abs_tol=0.01 * abs(shown)):
                yield f"others add up to {text}, and those of {measure.total} to {rest}"


def shares(chart: Chart, measures: Sequence[Measure]) -> Iterator[str]:
    """Compare the share of the largest group."""
    for label, part in PART.findall(chart.alt_text):
        for measure in measures:
            largest = measure.shares.largest if measure.shares else None
            same = largest and label.strip() == largest.label
            if largest and same and abs(float(part) - float(largest.part) * 100) > 0.6:
                yield f"{label} is {part}%, and {largest.part}"


def courses(chart: Chart, measures: Sequence[Measure]) -> Iterator[str]:
    """Compare a change: between which periods it is, and how large."""
    if len(chart.series) != 1 or not chart.grain:
        return
    for over_time in (measure.over_time for measure in measures if measure.over_time):
        known = [
            (label, value)
            for label, value in zip(chart.labels, chart.series[0].values, strict=True)
            if value is not None and label not in chart.unfinished
        ]
        first, last = known[0], known[-1]
        told = (over_time.first, over_time.last, over_time.before.now.value, over_time.before.then.value)
        if (first[0], last[0]) != told[:2]:
            yield f"from {first} to {last}, and {told}"
        if not math.isclose(last[1], float(told[2])) or not math.isclose(known[-2][1], float(told[3])):
            yield f"changed from {known[-2]} to {last}, and {over_time.before}"


def caveats(chart: Chart, figures: Figures, totals: Collection[Cell]) -> Iterator[str]:
    """Find what is left out, or said, in one place only."""
    if not set(chart.unfinished) <= set(figures.unfinished):
        yield f"{chart.unfinished} is not over, and {figures.unfinished}"
    said = [label for pattern in EXTREMES.values() for _, label in pattern.findall(chart.alt_text)]
    if figures.finished and any(part in figures.unfinished for label in said for part in label.split(", ")):
        yield f"one of {said} is not over"
    labels = {*chart.labels, *(series.name for series in chart.series)}
    if unmarked := labels & set(totals) - {*chart.subtotals}:
        yield f"a total is drawn: {unmarked}"
    if figures.currencies and words.caveats.currencies(figures.currencies) not in chart.note:
        yield "currencies are not named"


def own_sentences(figures: Figures, reading: Reading) -> Iterator[str]:
    """Find totals, shares and sums of periods of what does not add up."""
    columns = {column.column.name: column for column in reading.columns}
    for measure, told in zip(figures.measures, paragraphs(figures, SHORT), strict=False):
        text = " ".join(told.sentences)
        column: ColumnReading = columns[measure.column.name]
        if column.adds is Adds.NEVER and re.search(r"\bTotal [\d-]|share|Highest period", text):
            yield text
        several = len({cell for cell in _moments(reading) if cell}) > 1
        if column.adds is Adds.NOT_OVER_TIME and several and re.search(r"\bTotal \S+ in [\d,]+ values", text):
            yield text
        if column.role not in {Role.MEASURE, Role.SHARE, Role.COMPARISON}:
            yield f"{column.column.name} is no amount"


def _moments(reading: Reading) -> Sequence[object]:
    return reading.columns[reading.time].moments if reading.time is not None else ()


def contradictions(result: Result) -> Iterator[str]:
    """Find all that two places say in two ways."""
    table = result.table
    reading = read_result(table, result.query, TODAY)
    figures = compute(table, reading, SHORT)
    automatic, choices = chart_and_choices(table, reading, "", None, ANYWHERE)
    wanted = (chart_and_choices(table, reading, "", choice.wanted, ANYWHERE)[0] for choice in choices)
    if figures is None:
        yield from ["a chart of what has no figures"] if automatic else []
        return
    yield from own_sentences(figures, reading)
    names = {cell for at, row in enumerate(table.rows) if at not in reading.totals for cell in row}
    totals = {
        cell for at in reading.totals for cell in table.rows[at] if cell and not cell.isdecimal()
    } - names
    for chart in filter(None, (automatic, *wanted)):
        event(chart.kind)
        told = [] if chart.kind in RECORDS else drawn(chart, figures, reading)
        yield from caveats(chart, figures, totals)
        if told:
            yield from extremes(chart, told)
        elif chart.kind not in RECORDS:
            yield f"a chart of {chart.y_title}, of which Stats says nothing"
        yield from sums(chart, told)
        yield from shares(chart, told)
        yield from courses(chart, told)


@law(150)
@given(results())
def test_chart_sentence_and_stats_never_contradict_each_other(result: Result) -> None:
    """Whatever a result holds: one total, one highest and lowest, one share and one change, or none."""
    assert [*contradictions(result)] == []


@law(50)
@given(results())
def test_an_answer_names_its_currencies_once(result: Result) -> None:
    """Below the rows or below the chart, wherever Stats does."""
    reading = read_result(result.table, result.query, TODAY)
    figures = compute(result.table, reading)
    shown = read(result.table, "", query=result.query, today=TODAY)
    if figures is None or shown is None or not figures.currencies:
        return
    caveat = words.caveats.currencies(figures.currencies)
    note = shown.chart.note if shown.chart else ""
    line = " ".join(shown._caveats())
    assert (caveat in note) is not (caveat in line)
