"""Choose a chart for a table, or none: a frozen description that `render.figure` draws."""

from collections.abc import Iterator
from dataclasses import replace

from genie.model import Table
from render import words
from render.chart.candidates import Option, options
from render.chart.column_data import LABEL_LIMIT, picture_text
from render.chart.describe import alt_text, axes_text, finding
from render.chart.inputs import Inputs, inputs_of
from render.chart.model import OFF, Chart, ChartKind, Choice
from render.columns.currencies import currencies
from render.columns.reading import Reading
from render.columns.total_rows import total_labels
from render.text.locales import ANYWHERE, Locale

TITLE_LIMIT = 120
_NOTE_LIMIT = 300
_BARS = frozenset({ChartKind.HORIZONTAL_BAR, ChartKind.GROUPED_BAR})
_RANKED = frozenset({ChartKind.BAR, ChartKind.HORIZONTAL_BAR})
"""Charts of which one end is known where the others are cut off."""
_STACKS = frozenset({ChartKind.STACKED_BAR, ChartKind.AREA})
_NAMES_MEASURES = frozenset({ChartKind.SCATTER, ChartKind.HISTOGRAM})
"""Charts that are of certain measures by their nature: what else there is would be a list."""


def chart_and_choices(
    table: Table,
    reading: Reading,
    title: str,
    wanted: str | None = None,
    locale: Locale = ANYWHERE,
) -> tuple[Chart | None, tuple[Choice, ...]]:
    """Return the chart that the columns of `table` deserve, titled in Genie's words, and all choices.

    A reader may have `wanted` another chart, one of the choices; OFF is for none. What these data do not
    allow is not drawn: the automatic choice takes its place, which is the first one. `locale` is how they
    write.
    """
    inputs = inputs_of(table, reading, title, locale)
    if inputs is None:
        return None, ()
    chart = _chosen(inputs, wanted)
    worded = _worded(chart, inputs, table, reading, title) if chart else None
    return worded, _allowed(inputs)


def _allowed(inputs: Inputs) -> tuple[Choice, ...]:
    automatic, others = _options(inputs)
    drawn = [kind for kind, make in others if make() is not None]
    if not drawn:
        return ()
    wanted = [*drawn, OFF] if automatic else [OFF, *drawn]
    return tuple(Choice(str(each), words.charts.LABELS[each]) for each in wanted)


def _chosen(inputs: Inputs, wanted: str | None) -> Chart | None:
    if wanted == OFF:
        return None
    automatic, every = _options(inputs)
    family = ChartKind.BAR if wanted in _BARS else wanted
    asked = [make for kind, make in every if kind == family]
    for make in (*asked, *([each for _, each in every] if automatic else [])):
        if chart := make():
            return chart
    return None


def _options(inputs: Inputs) -> tuple[bool, list[Option]]:
    """Return the charts that come into question, and whether the first of them is drawn unasked."""
    automatic, every = options(inputs)
    return automatic and any(any(number.known) for number in inputs.numbers), every


def _worded(chart: Chart, inputs: Inputs, table: Table, reading: Reading, title: str) -> Chart:
    """Give a chart its title, its notes and its alternative text, all in the way of one reader."""
    lines = inputs.lines.subtotals if inputs.lines else ()
    chart = replace(chart, locale=inputs.numbers[0].locale, is_part=reading.limited, subtotals=lines)
    chart = replace(chart, rest=chart.rest or _rest(chart, inputs))
    notes = " ".join(filter(None, (chart.note, *_notes(chart, inputs, table, reading))))
    known = picture_text(title, TITLE_LIMIT) if title.strip() else axes_text(chart)
    is_ranking = chart.kind in _RANKED and chart.cut in {"highest", "lowest"}
    found = "" if (chart.note and not is_ranking) or table.incomplete else finding(chart)
    note = picture_text(notes, _NOTE_LIMIT) if notes else ""
    several = bool(_left_out(chart, inputs))
    chart = replace(chart, title=known, note=note, finding=found, is_one_of_several=several)
    return replace(chart, alt_text=alt_text(chart))


def _rest(chart: Chart, inputs: Inputs) -> str:
    """Return the label, or the series, of all that has no name of its own."""
    named = (group.named(group.rest).values() for group in inputs.groups if group.rest)
    drawn = {*chart.labels, *(series.name for series in chart.series)}
    return next((label for labels in named for label in reversed(labels) if label in drawn), "")


def _notes(chart: Chart, inputs: Inputs, table: Table, reading: Reading) -> Iterator[str]:
    """Say what the picture does not show, and what to know before its values are compared."""
    if chart.unfinished:
        yield words.caveats.unfinished(chart.unfinished)
    if chart.kind is ChartKind.HORIZONTAL_BAR and chart.subtotals:
        yield words.charts.SUBTOTALS
    elif reading.totals and reading.lines is None:
        labels = total_labels(table, reading, chart.locale)
        yield words.caveats.totals([picture_text(label, LABEL_LIMIT) for label in labels])
    # One row stands beside its picture as a card.
    named = chart.kind in _NAMES_MEASURES or len(table.rows) == 1
    if left_out := [] if named else _left_out(chart, inputs):
        yield words.charts.not_drawn(left_out)
    if codes := currencies(table, reading):
        yield words.caveats.currencies([picture_text(code, LABEL_LIMIT) for code in codes])
    if table.incomplete:
        yield words.charts.incomplete(len(table.rows), chart.locale)


def _left_out(chart: Chart, inputs: Inputs) -> list[str]:
    drawn = {series.name for series in chart.series} | {chart.y_title, *chart.labels}
    if chart.kind in _STACKS and len(chart.series) > 1 and not chart.series_title:
        # The smallest parts are drawn as one, and the total is what all of them reach to.
        drawn |= {each.name for each in (*inputs.stacked, inputs.total) if each}
    return [
        field.full_name for field in inputs.measures if field.name not in drawn or field.sign != chart.sign
    ]
