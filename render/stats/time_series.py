"""A measure along the periods of a result: trend, change, best, worst, rises in a row."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from genie.model import Cell
from render.columns import periods
from render.columns.dated import dated
from render.columns.format import formatter
from render.columns.periods import Grain
from render.columns.reading import ColumnReading, Reading
from render.stats.estimators import trend
from render.stats.model import Change, Named, OverTime
from render.text.escape import clean_line
from render.text.locales import Locale

_LABEL_SIZE = 40
_COUNTED = frozenset({Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR})
"""Periods that are counted: those between two are known by the calendar."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The moments of all rows; `numbers` count their periods or, where those have no length, themselves."""

    column: int
    moments: tuple[datetime, ...] = field(repr=False)
    label: Callable[[int], str]
    """Writes the period of a row."""
    grain: Grain | None
    numbers: tuple[int, ...] = field(repr=False)
    order: tuple[datetime, ...] = field(repr=False)
    """The different moments."""
    running: frozenset[datetime]
    """The periods that are not over."""

    @property
    def repeats(self) -> bool:
        """Whether several rows belong to one moment."""
        return len(self.order) < len(self.moments)

    @property
    def is_single(self) -> bool:
        """Whether all rows belong to one moment."""
        return len(self.order) == 1

    def is_running(self, at: int) -> bool:
        """Whether the period of a row is not over."""
        return self.moments[at] in self.running


def axis_of(reading: Reading, cells: Sequence[Sequence[Cell]], locale: Locale) -> Axis | None:
    """Return the time of rows that are no totals."""
    at = reading.time
    if at is None:
        return None
    column = reading.columns[at]
    moments = tuple(moment for moment in column.moments if moment is not None)
    order = tuple(sorted(set(moments)))
    counted = column.grain if column.grain in _COUNTED else None
    place = {moment: at for at, moment in enumerate(order)}
    numbers = tuple(periods.number(moment, counted) if counted else place[moment] for moment in moments)
    running = frozenset(moments[row] for row in reading.unfinished)
    return Axis(at, moments, period_writer(column, cells[at], locale), counted, numbers, order, running)


def period_writer(column: ColumnReading, cells: Sequence[Cell], locale: Locale) -> Callable[[int], str]:
    """Return what writes the period of a row."""
    column, cells = dated(column, cells)
    show = formatter(column.column, column.kind, list(dict.fromkeys(cells)), locale)
    return lambda at: clean_line(show(cells[at]), _LABEL_SIZE)


@dataclass(frozen=True, slots=True)
class _Period:
    """One period with the value that a measure has in it."""

    moment: datetime
    number: int
    named: Named


def over_time(axis: Axis, numbers: Sequence[Decimal | None], *, adds: bool) -> OverTime | None:
    """Describe a measure along the axis; None where one moment has several rows that nothing `adds` up."""
    if axis.repeats and not adds:
        return None
    known = _along(axis, numbers)
    if len(known) < 2:  # noqa: PLR2004 (nothing has changed yet)
        return None
    values = [period.named.value for period in known]
    counted = [period.number for period in known]
    return OverTime(
        periods=len(known),
        first=known[0].named.label,
        last=known[-1].named.label,
        grain=axis.grain,
        best=max((period.named for period in known), key=lambda named: named.value),
        worst=min((period.named for period in known), key=lambda named: named.value),
        slope=trend(list(zip(counted, values, strict=True))),
        before=_change(known[-1].named, known[-2].named, has_parts=min(values) >= 0),
        year_before=_year_before(known, axis.grain, has_parts=min(values) >= 0) if axis.grain else None,
        streak=_streak(values),
        gaps=_gaps(axis, counted),
    )


def _gaps(axis: Axis, counted: Sequence[int]) -> int:
    """Count the periods without a value, but for those that are not over."""
    if axis.grain is None:
        return 0
    running = {number for at, number in enumerate(axis.numbers) if axis.is_running(at)}
    first, last = min(counted), max(counted)
    return periods.gaps([*counted, *(number for number in running if first < number < last)], axis.grain)


def is_even(axis: Axis, numbers: Sequence[Decimal | None]) -> bool:
    """Whether every moment has as many values: then no holding is missing where they are added up."""
    known = Counter(moment for moment, value in zip(axis.moments, numbers, strict=True) if value is not None)
    return len(known) == len(axis.order) and len(set(known.values())) == 1


def _along(axis: Axis, numbers: Sequence[Decimal | None]) -> list[_Period]:
    """Return the periods that are over and have a value, in order."""
    sums: dict[datetime, Decimal] = {}
    first: dict[datetime, int] = {}
    for place, (moment, value) in enumerate(zip(axis.moments, numbers, strict=True)):
        if value is None or axis.is_running(place):
            continue
        if moment in sums:
            sums[moment] += value
        else:
            sums[moment], first[moment] = value, place
    return [
        _Period(moment, axis.numbers[first[moment]], Named(axis.label(first[moment]), sums[moment]))
        for moment in sorted(sums)
    ]


def _change(now: Named, then: Named, *, has_parts: bool) -> Change:
    """Compare two values: a score or a balance that is below zero elsewhere has no parts to grow by."""
    sensible = has_parts and then.value > 0
    return Change(now, then, now.value / then.value - 1 if sensible else None)


def _year_before(known: Sequence[_Period], grain: Grain, *, has_parts: bool) -> Change | None:
    then = periods.year_before(known[-1].moment, grain)
    found = next((period for period in known if period.moment == then), None)
    is_other = found is not None and found is not known[-2]
    return _change(known[-1].named, found.named, has_parts=has_parts) if found and is_other else None


def _streak(values: Sequence[Decimal]) -> int:
    """Count how often in a row the series rose, or as a negative number fell, up to its end."""
    steps = [(later > earlier) - (later < earlier) for earlier, later in pairwise(values)]
    count = 0
    for step in reversed(steps):
        if not step or step != steps[-1]:
            break
        count += 1
    return count * steps[-1]
