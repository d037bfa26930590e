"""What may not be drawn or said about a case; each rule gives the sentences of its violations."""

import re
from collections.abc import Callable, Collection, Iterator

from render.chart.column_data import ColumnData
from render.chart.model import Chart, ChartKind
from render.stats.model import Measure
from tests.results.corpus import Case, as_number
from tests.results.said import Said

STACKS = frozenset({ChartKind.STACKED_BAR, ChartKind.DONUT})
BARS = frozenset({ChartKind.BAR, ChartKind.HORIZONTAL_BAR, ChartKind.GROUPED_BAR, ChartKind.STACKED_BAR})
_SUM = re.compile(r"add up to|is the sum of")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_EXACT = 1e-6
_TELLING = 1_000
"""Sums below can be any other number, too."""

Rule = Callable[[Case, Said], Iterator[str]]


def _names(case: Case, at: int, said: Said) -> set[str]:
    """Return how charts may name a column."""
    data = ColumnData(said.reading.columns[at], tuple(row[at] for row in case.table.rows))
    return {data.name, data.full_name}


def _drawn(case: Case, said: Said, chart: Chart) -> set[int]:
    """Return the columns whose numbers a chart draws."""
    names = {series.name for series in chart.series} | {chart.y_title}
    if chart.kind in {ChartKind.SCATTER, ChartKind.HISTOGRAM}:
        names.add(chart.x_title)
    listed = {part for name in names for part in re.split(r", | and ", name)}
    every = {name.lower() for name in names | listed}
    numeric = [at for at in range(len(case.columns)) if case.numbers(at)]
    return {at for at in numeric if {name.lower() for name in _names(case, at, said)} & every}


def _may_add(case: Case, at: int, *, over_time: bool) -> bool:
    adds = case.columns[at].adds
    return "all" in adds or (not over_time and "not_over_time" in adds)


def sums_in_charts(case: Case, said: Said) -> Iterator[str]:
    """Nothing is stacked, sliced or summed up that does not add up."""
    for chart in said.charts:
        over_time = bool(case.times) and chart.grain is None
        for at in _drawn(case, said, chart):
            column = case.table.columns[at].name
            is_stack = chart.kind in STACKS or (chart.kind is ChartKind.AREA and len(chart.series) > 1)
            sums = bool(chart.rest) or bool(_SUM.search(chart.note))
            is_share = "share" in case.columns[at].roles
            if (is_stack or sums) and not is_share and not _may_add(case, at, over_time=over_time):
                yield f"{chart.kind} adds up {column}"


def stacks_of_what_are_no_parts(case: Case, said: Said) -> Iterator[str]:
    """Measures stand on one another only as parts of one whole."""
    for chart in said.charts:
        drawn = _drawn(case, said, chart)
        is_area = chart.kind is ChartKind.AREA and len(chart.series) > 1
        several = chart.kind is ChartKind.STACKED_BAR or is_area
        if several and len(drawn) > 1 and not drawn <= case.parts:
            yield f"{chart.kind} stacks {sorted(case.table.columns[at].name for at in drawn)}"


def names_drawn_as_numbers(case: Case, said: Said) -> Iterator[str]:
    """Ranks, identifiers, times and categories are never drawn or described as measures."""
    for chart in said.charts:
        for at in _drawn(case, said, chart):
            if not case.columns[at].is_measured:
                yield f"{chart.kind} draws {case.table.columns[at].name}"
    for measure, at in _measures(case, said):
        if not case.columns[at].is_measured:
            yield f"Stats describe {measure.column.name}"


def charts_that_mislead(case: Case, said: Said) -> Iterator[str]:
    """Where any picture would mislead, there is none, not even in the menu."""
    if not case.may_be_drawn and said.charts and _is_list(case):
        yield f"draws {[str(chart.kind) for chart in said.charts]}"


def _is_list(case: Case) -> bool:
    """Tell lists of metrics from records, single rows and texts, for which a picture is only idle."""
    measured = [column for column in case.columns if column.is_measured]
    named = all(column.roles & {"category", "ordered"} for column in case.columns if not column.is_measured)
    return len(case.table.rows) > 1 and len(measured) == 1 and named


def _measures(case: Case, said: Said) -> Iterator[tuple[Measure, int]]:
    names = [column.name for column in case.table.columns]
    for measure in said.figures.measures if said.figures else ():
        if names.count(measure.column.name) == 1:
            yield measure, names.index(measure.column.name)


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= abs(other) * _EXACT


def sums_in_stats(case: Case, said: Said) -> Iterator[str]:
    """Stats give no total and no shares of what does not add up."""
    several_times = any(len({row[at] for row in case.table.rows}) > 1 for at in case.times)
    for measure, at in _measures(case, said):
        whole = measure.total is not None and _same(float(measure.total.value), case.total(at))
        if whole and not _may_add(case, at, over_time=several_times):
            yield f"Stats add up {measure.column.name}"
        if measure.shares and at in _money(case):
            yield f"Stats give shares of currencies of {measure.column.name}"


def totals_as_parts(case: Case, said: Said) -> Iterator[str]:
    """Rows of totals are no bars, slices or points unless marked as subtotals, and never the highest."""
    kept = [row for at, row in enumerate(case.table.rows) if at not in case.totals]
    for measure, at in _measures(case, said) if case.totals and kept else ():
        high = max((number for row in kept if (number := as_number(row[at])) is not None), default=0.0)
        if float(measure.high.value) > high + abs(high) * _EXACT:
            yield f"Stats: the highest {measure.column.name} is a total"
    for chart in said.charts if case.totals else ():
        for at in _drawn(case, said, chart):
            totals = {
                number for row in case.totals if (number := as_number(case.table.rows[row][at])) is not None
            }
            others = {number for row in kept if (number := as_number(row[at])) is not None}
            if found := (totals - others) & _unmarked(chart):
                yield f"{chart.kind} draws totals of {case.table.columns[at].name}: {sorted(found)[:2]}"


def _unmarked(chart: Chart) -> set[float | None]:
    """Return the values that a chart does not mark as those of subtotals."""
    marked = set(chart.subtotals)
    return {
        value
        for series in chart.series
        for label, value in zip(chart.labels, series.values, strict=True)
        if marked.isdisjoint((label, series.name))
    }


def periods_that_run(case: Case, said: Said) -> Iterator[str]:
    """Compare no period that is not over, and name none as highest or lowest."""
    if not case.unfinished or len(case.unfinished) == len(case.table.rows):
        return
    time = case.times[-1:]
    labels = _labels(case, said, time, case.unfinished) - _labels(
        case, said, time, set(range(len(case.table.rows))) - case.unfinished
    )
    for measure, _ in _measures(case, said):
        course = measure.over_time
        if course and {course.best.label, course.worst.label, course.before.now.label} & labels:
            yield f"Stats compare what runs: {measure.column.name}"
    for chart in said.charts:
        compared = f"{chart.finding} {chart.alt_text}".replace("\xa0", " ")
        for label in labels:
            if re.search(rf"(?:ighest|owest) [^(;.]*\({re.escape(label)}\)", compared):
                yield f"{chart.kind} says that {label} is an extreme"
            if re.search(rf"to [^()]* \({re.escape(label)}\), [+-]", compared):
                yield f"{chart.kind} says how much {label} changed"
        last = chart.labels[-1]
        if chart.kind is ChartKind.NUMBER and len(chart.labels) > 1 and last in labels - {*chart.unfinished}:
            yield f"number compares {last}"


def _labels(case: Case, said: Said, columns: list[int], rows: Collection[int]) -> set[str]:
    """Return what charts call some rows by their time."""
    every = [
        ColumnData(said.reading.columns[at], tuple(row[at] for row in case.table.rows)).labels
        for at in columns
    ]
    return {labels[row] for labels in every for row in rows}


def _money(case: Case) -> set[int]:
    """Return the columns in several currencies; what was converted into one adds up in some way."""
    if case.currencies is None:
        return set()
    return {
        at for at, column in enumerate(case.columns) if "currency" in column.units and column.adds == {"no"}
    }


def currencies_together(case: Case, said: Said) -> Iterator[str]:
    """Amounts of several currencies are never on one axis, nor summed, and that is said."""
    if case.currencies is None:
        return
    money = _money(case)
    for chart in said.charts:
        if _drawn(case, said, chart) & money and not _one_currency(case, chart):
            yield f"{chart.kind} has several currencies on one axis"
    for measure, at in _measures(case, said):
        if at in money and measure.total is not None:
            yield f"Stats sum currencies of {measure.column.name}"


def _one_currency(case: Case, chart: Chart) -> bool:
    """Whether the values of a chart are of rows of one currency."""
    values = {value for series in chart.series for value in series.values if value is not None}
    currency = case.currencies or 0
    used = {
        row[currency]
        for row in case.table.rows
        for cell in row
        if cell is not None and _NUMBER.fullmatch(cell) and float(cell) in values
    }
    return len(used) <= 1


def times_out_of_order(case: Case, said: Said) -> Iterator[str]:
    """Time is never sorted by value nor cut from the middle."""
    for chart in said.charts if len(case.times) == 1 and not case.table.truncated else ():
        (time,) = case.times
        if chart.kind not in BARS or chart.x_title not in _names(case, time, said):
            continue
        data = ColumnData(said.reading.columns[time], tuple(row[time] for row in case.table.rows))
        given = list(dict.fromkeys(data.labels))
        drawn = [label for label in chart.labels if label in given]
        places = [given.index(label) for label in drawn]
        if places not in (sorted(places), sorted(places, reverse=True)) and chart.grain is None:
            yield f"{chart.kind} sorts {case.table.columns[time].name}"
        if places and len(places) < max(places) - min(places) + 1 and not case.totals:
            yield f"{chart.kind} cuts {case.table.columns[time].name}"


def words_that_may_not_occur(case: Case, said: Said) -> Iterator[str]:
    """Say nowhere what an analyst has forbidden for this case."""
    every = "\n".join(said.sentences)
    yield from (f"says {text!r}" for text in case.never if text in every)


def sums_in_words(case: Case, said: Said) -> Iterator[str]:
    """Say nowhere the sum of what does not add up."""
    cells = {round(number, 2) for at in range(len(case.columns)) for number in case.numbers(at)}
    words = "\n".join([*said.stats, *(f"{c.finding} {c.note} {c.alt_text}" for c in said.charts)])
    found = {float(text.replace(",", "")) for text in _NUMBER.findall(words)}
    for at, column in enumerate(case.columns):
        total = round(case.total(at), 2) if case.numbers(at) else 0.0
        several = len(case.table.rows) - len(case.totals) > 1
        if not several or abs(total) < _TELLING or total in cells:
            continue
        adds = column.is_measured and _may_add(case, at, over_time=bool(case.times))
        if not adds and any(_same(number, total) for number in found):
            yield f"says the sum of {case.table.columns[at].name}"


RULES: tuple[Rule, ...] = (
    sums_in_charts,
    stacks_of_what_are_no_parts,
    names_drawn_as_numbers,
    charts_that_mislead,
    sums_in_stats,
    totals_as_parts,
    periods_that_run,
    currencies_together,
    times_out_of_order,
    words_that_may_not_occur,
    sums_in_words,
)


def violations(case: Case, said: Said) -> list[str]:
    """Return all that is drawn or said about a case although it may not be."""
    return [f"{rule.__name__}: {found}" for rule in RULES for found in dict.fromkeys(rule(case, said))]
