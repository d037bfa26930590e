"""A measure along the periods of a result: trend, change, best, worst, rises in a row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from genie.model import Cell, Column
from render.columns import periods
from render.columns.format import formatter
from render.columns.kinds import Kind
from render.columns.names import name_words
from render.columns.periods import Grain
from render.columns.times import own_clock, parse_period
from render.stats.estimators import trend
from render.stats.model import Change, Named, OverTime
from render.text.escape import clean_line
from render.text.locales import Locale

_LABEL_SIZE = 40


@dataclass(frozen=True, slots=True)
class Axis:
    """The moments of all rows; `numbers` count their periods or, where those have no length, themselves."""

    moments: tuple[datetime, ...] = field(repr=False)
    labels: tuple[str, ...] = field(repr=False)
    grain: Grain | None
    numbers: tuple[int, ...] = field(repr=False)

    @property
    def repeats(self) -> bool:
        """Whether several rows belong to one moment."""
        return len(set(self.moments)) < len(self.moments)

    def unfinished(self, today: date) -> frozenset[datetime]:
        """Return the periods that are not over yet; none where all of them are still to come."""
        grain = self.grain
        if not grain or min(self.moments).date() > today:
            return frozenset()
        return frozenset(each for each in set(self.moments) if not periods.is_over(each, grain, today))


def axis_of(column: Column, kind: Kind, cells: Sequence[Cell], locale: Locale) -> Axis | None:
    """Read a column as the time of its rows; None unless each has one and there are at least two."""
    known = {cell: parse_period(cell) for cell in set(cells) if cell is not None}
    read = [known.get(cell) if cell is not None else None for cell in cells]
    moments = tuple(own_clock(moment) for moment in read if moment is not None)
    order = sorted(set(moments))
    if len(moments) < len(cells) or len(order) < 2:  # noqa: PLR2004 (one moment is no time)
        return None
    step = periods.grain_of(kind, name_words(column.name), order)
    grain = None if step is Grain.HOUR else step
    place = {moment: at for at, moment in enumerate(order)}
    show = formatter(column, kind, list(known), locale)
    labels = {cell: clean_line(show(cell), _LABEL_SIZE) for cell in known}
    return Axis(
        moments,
        tuple(labels[cell] for cell in cells if cell is not None),
        grain,
        tuple(periods.number(moment, grain) if grain else place[moment] for moment in moments),
    )


@dataclass(frozen=True, slots=True)
class _Period:
    """One period with the value that a measure has in it."""

    moment: datetime
    number: int
    named: Named


def over_time(axis: Axis, numbers: Sequence[Decimal | None], today: date, *, adds: bool) -> OverTime | None:
    """Describe a measure along the axis; None where one moment has several rows that nothing `adds` up."""
    if axis.repeats and not adds:
        return None
    not_over, every = axis.unfinished(today), _along(axis, numbers)
    known = [period for period in every if period.moment not in not_over]
    left_out = [period.named.label for period in every if period.moment in not_over]
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
        before=_change(known[-1].named, known[-2].named),
        year_before=_year_before(known, axis.grain) if axis.grain else None,
        streak=_streak(values),
        unfinished=tuple(left_out),
        gaps=periods.gaps(counted, axis.grain) if axis.grain else 0,
    )


def _along(axis: Axis, numbers: Sequence[Decimal | None]) -> list[_Period]:
    """Return the periods that have a value, in order."""
    sums: dict[datetime, Decimal] = {}
    first: dict[datetime, int] = {}
    for place, (moment, value) in enumerate(zip(axis.moments, numbers, strict=True)):
        if value is None:
            continue
        if moment in sums:
            sums[moment] += value
        else:
            sums[moment], first[moment] = value, place
    return [
        _Period(moment, axis.numbers[first[moment]], Named(axis.labels[first[moment]], sums[moment]))
        for moment in sorted(sums)
    ]


def _change(now: Named, then: Named) -> Change:
    sensible = then.value > 0 and now.value >= 0
    return Change(now, then, now.value / then.value - 1 if sensible else None)


def _year_before(known: Sequence[_Period], grain: Grain) -> Change | None:
    then = periods.year_before(known[-1].moment, grain)
    found = next((period for period in known if period.moment == then), None)
    return _change(known[-1].named, found.named) if found and found is not known[-2] else None


def _streak(values: Sequence[Decimal]) -> int:
    """Count how often in a row the series rose, or as a negative number fell, up to its end."""
    steps = [(later > earlier) - (later < earlier) for earlier, later in pairwise(values)]
    count = 0
    for step in reversed(steps):
        if not step or step != steps[-1]:
            break
        count += 1
    return count * steps[-1]
