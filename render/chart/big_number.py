"""One large number with its change against the period before."""

from collections.abc import Sequence
from dataclasses import replace

from render.chart.column_data import ColumnData
from render.chart.model import Chart, ChartKind, Series

_FEWEST = 2


def number_beside_previous(numbers: Sequence[ColumnData]) -> Chart | None:
    """Find in one row a measure and the same measure of the period before."""
    measures = {number.at: number for number in numbers}
    for before in numbers:
        now = measures.get(-1 if before.reading.compares is None else before.reading.compares)
        if now and before.reading.is_previous and now.kind is before.kind and not now.unfinished:
            return Chart(
                ChartKind.NUMBER,
                "",
                "",
                now.name,
                (before.name, now.name),
                (Series(now.name, (before.known[0], now.known[0])),),
                "",
                unit=now.unit,
                sign=now.sign,
            )
    return None


def number_with_course(lines: Chart) -> Chart | None:
    """Show the last value of a single course with its change and the course, up to the last whole period."""
    over = [at for at, label in enumerate(lines.labels) if label not in lines.unfinished]
    values = tuple(lines.series[0].values[at] for at in over)
    if len(lines.series) > 1 or not lines.is_course or len(over) < _FEWEST or values[-1] is None:
        return None
    return replace(
        lines,
        kind=ChartKind.NUMBER,
        labels=tuple(lines.labels[at] for at in over),
        series=(Series(lines.series[0].name, values),),
        positions=tuple(lines.positions[at] for at in over if lines.positions),
    )
