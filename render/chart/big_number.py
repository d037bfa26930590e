"""One large number with its change against the period before."""

from collections.abc import Sequence
from dataclasses import replace

from render.chart.column_data import ColumnData
from render.chart.model import Chart, ChartKind, Series
from render.columns.names import name_words

_BEFORE = frozenset({"previous", "prior", "prev", "last", "ly", "py", "before", "earlier"})
_NOW = frozenset({"current", "this", "now", "latest", "cur"})
_PERIOD = frozenset({"year", "quarter", "month", "week", "day", "period"})


def number_beside_previous(numbers: Sequence[ColumnData]) -> Chart | None:
    """Find in one row a measure and the same measure of the period before."""
    for now in numbers:
        for before in numbers:
            if _is_previous(now, before) and now.known and before.known and now.kind is before.kind:
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


def _is_previous(now: ColumnData, before: ColumnData) -> bool:
    named, earlier = set(name_words(now.column.name)), set(name_words(before.column.name))
    if not earlier & _BEFORE or named & _BEFORE:
        return False
    return named - _NOW - _PERIOD == earlier - _BEFORE - _PERIOD


def number_with_course(lines: Chart) -> Chart | None:
    """Show the last value of a single course, its change and the course itself."""
    values = lines.series[0].values
    if len(lines.series) > 1 or values[-1] is None:
        return None
    return replace(lines, kind=ChartKind.NUMBER)
