"""Choose a chart for a table, or none: a frozen description that `render.figure` draws."""

from collections.abc import Sequence
from dataclasses import replace

from genie.model import Table
from render import words
from render.chart.candidates import Option, options
from render.chart.column_data import ColumnData, picture_text, read_columns
from render.chart.describe import alt_text, axes_text, finding
from render.chart.model import OFF, Chart, ChartKind, Choice
from render.columns.reading import Reading
from render.text.locales import ANYWHERE, Locale

TITLE_LIMIT = 120
_NOTE_LIMIT = 300
_BARS = frozenset({ChartKind.HORIZONTAL_BAR, ChartKind.GROUPED_BAR})
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
    fields = _fields(table, reading, locale)
    return _chosen(fields, table, title, wanted), _allowed(fields, table)


def _allowed(fields: Sequence[ColumnData], table: Table) -> tuple[Choice, ...]:
    automatic, others = _options(fields, table)
    drawn = [kind for kind, make in others if make() is not None]
    if not drawn:
        return ()
    wanted = [*drawn, OFF] if automatic else [OFF, *drawn]
    return tuple(Choice(str(each), words.charts.LABELS[each]) for each in wanted)


def _chosen(fields: Sequence[ColumnData], table: Table, title: str, wanted: str | None) -> Chart | None:
    if wanted == OFF:
        return None
    automatic, every = _options(fields, table)
    family = ChartKind.BAR if wanted in _BARS else wanted
    asked = [make for kind, make in every if kind == family]
    for make in (*asked, *([each for _, each in every] if automatic else [])):
        if chart := make():
            return _worded(chart, table, title, [field for field in fields if field.is_drawable])
    return None


def _fields(table: Table, reading: Reading, locale: Locale) -> list[ColumnData]:
    return read_columns(table, reading, locale) if table.rows else []


def _options(fields: Sequence[ColumnData], table: Table) -> tuple[bool, list[Option]]:
    """Return the charts that come into question, and whether the first of them is drawn unasked."""
    numbers = [field for field in fields if field.is_drawable]
    automatic, every = options(fields, numbers, whole=not table.incomplete) if numbers else (False, [])
    return automatic and any(any(field.known) for field in numbers), every


def _worded(chart: Chart, table: Table, title: str, measures: Sequence[ColumnData]) -> Chart:
    """Give a chart its title, its notes and its alternative text, all in the way of one reader."""
    chart = replace(chart, locale=measures[0].locale)
    notes = [chart.note]
    # One row stands beside its picture as a card.
    named = chart.kind in _NAMES_MEASURES or len(table.rows) == 1
    left_out = [] if named else _left_out(chart, measures)
    if left_out:
        notes.append(words.charts.not_drawn(left_out))
    if table.incomplete:
        notes.append(words.charts.incomplete(len(table.rows), chart.locale))
    note = picture_text(" ".join(filter(None, notes)), _NOTE_LIMIT) if any(notes) else ""
    known = picture_text(title, TITLE_LIMIT) if title.strip() else axes_text(chart)
    found = "" if chart.note or table.incomplete else finding(chart)
    chart = replace(chart, title=known, note=note, finding=found)
    return replace(chart, alt_text=alt_text(chart))


def _left_out(chart: Chart, measures: Sequence[ColumnData]) -> list[str]:
    drawn = {series.name for series in chart.series} | {chart.y_title, *chart.labels}
    return [field.full_name for field in measures if field.name not in drawn or field.sign != chart.sign]
