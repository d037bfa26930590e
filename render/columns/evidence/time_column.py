"""Whether a column is a time, how long its periods are, and when each of them begins."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from genie.model import Cell
from render.columns import names, time_names
from render.columns.evidence.period_labels import FINEST_FIRST, written_grain
from render.columns.evidence.sample import Sample
from render.columns.evidence.total_labels import is_total
from render.columns.kinds import Kind
from render.columns.names import name_words
from render.columns.periods import NAMED_KINDS, Grain, grain_of, number
from render.columns.times import (
    DATE,
    DAY_DIGITS,
    EPOCH,
    FISCAL,
    MONTH_DIGITS,
    SLASHED,
    YEAR,
    YEAR_AND_NUMBER,
    days_come_first,
    has_clock,
    on_one_clock,
    parse_period,
    parse_slashed,
    starts_month,
)
from render.sql.model import Operation

_TWO_FOR_A_MONTH = 2
"""One date on the first of a month may be chance, two are a column of months."""
_ENDING = (
    (Grain.MONTH, time_names.MONTH),
    (Grain.QUARTER, time_names.QUARTER),
    (Grain.YEAR, time_names.YEAR),
)
"""Periods that may be called by the last of their days."""
_WRITTEN_KINDS = {**NAMED_KINDS, Grain.WEEK: Kind.WEEK}
_FISCAL_PARTS = {"Q": Grain.QUARTER, "T": Grain.QUARTER, "P": Grain.MONTH, "M": Grain.MONTH}
_EPOCHS = (631_152_000, 4_102_444_800)
"""The years 1990 to 2100 in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class TimeForm:
    """How the times of a column are written, and how long the period is that each of them stands for."""

    kind: Kind
    grain: Grain | None = None
    """Nothing for moments, and where the values must tell."""
    is_fiscal: bool = False
    day_first: bool | None = None
    """Of 01/02/2026, where the values tell."""

    def read(self, cell: str) -> datetime | None:
        """Return when the period of a cell begins, nothing for what is none of the calendar."""
        if self.is_fiscal:
            return None
        if self.day_first is not None:
            return parse_slashed(cell, day_first=self.day_first)
        return parse_period(cell, self.kind)


def time_form(sample: Sample) -> TimeForm | None:
    """Return how a column writes times, None when it holds none."""
    if sample.type_name == "DATE" or sample.type_name.startswith("TIMESTAMP"):
        return _of_dates(sample)
    if not sample.values or sample.query.operation in _NO_TIME:
        return None
    if time_names.FISCAL.among(sample.names) and not sample.query.adds and (fiscal := _fiscal(sample)):
        return fiscal
    if sample.is_number:
        is_time = (
            bool(sample.query.grain)
            or names_a_time(sample)
            or _names_a_moment(sample)
            or _names_an_event(sample)
        )
        return _of_numbers(sample) if sample.is_whole and is_time else None
    return _of_texts(sample) if sample.is_text else None


_NO_TIME = frozenset(
    {
        *(Operation.SUM, Operation.COUNT, Operation.COUNT_DISTINCT, Operation.AVERAGE, Operation.MEDIAN),
        *(Operation.SPREAD, Operation.RATIO, Operation.SHARE, Operation.RANK, Operation.RUNNING),
        *(Operation.MOVING, Operation.DIFFERENCE, Operation.CHANGE, Operation.FLAG, Operation.LIST),
    }
)


def _grain(sample: Sample) -> Grain | None:
    """Return the grain that the query tells."""
    told = sample.query.grain
    return Grain(told) if sample.query.operation is Operation.TIME and told in set(Grain) else None


def _of_dates(sample: Sample) -> TimeForm:
    told = _grain(sample)
    moments = [moment for value in sample.values if (moment := parse_period(value))]
    all_start = bool(moments) and len(moments) == len(sample.values) and all(map(starts_month, moments))
    if told:
        kind = NAMED_KINDS.get(told, Kind.TIME) if all_start else Kind.TIME
        return TimeForm(kind, told)
    if not all_start:
        return TimeForm(Kind.TIME)
    months = {moment.month for moment in moments}
    if time_names.YEAR.among(sample.names) and months == {1}:
        return TimeForm(Kind.YEAR, Grain.YEAR)
    if time_names.QUARTER.among(sample.names) and months <= {1, 4, 7, 10}:
        return TimeForm(Kind.QUARTER, Grain.QUARTER)
    is_month = time_names.MONTH.among(sample.names) or sample.distinct >= _TWO_FOR_A_MONTH
    return TimeForm(Kind.MONTH if is_month else Kind.TIME)


def _of_numbers(sample: Sample) -> TimeForm | None:
    values, words = [value.removesuffix(".0") for value in sample.values], sample.names
    if _all(values, YEAR.fullmatch) and (_names_a_year(words) or sample.query.grain == Grain.YEAR):
        return TimeForm(Kind.YEAR, Grain.YEAR)
    if form := _of_digits(sample, values):
        return form
    if time_names.DAY.among(words) and _all(values, DAY_DIGITS.fullmatch) and all(map(parse_period, values)):
        return TimeForm(Kind.TIME, Grain.DAY)
    named = _names_a_moment(sample) or _names_an_event(sample)
    return TimeForm(Kind.TIME) if named and _all(values, _is_epoch) else None


def _names_an_event(sample: Sample) -> bool:
    """Whether a column is named by what happened first or last, which nobody adds up: last_call."""
    ends = sample.names[:1] in (["first"], ["last"], ["latest"])
    measured = names.FLOW.among(sample.names) or names.MONEY.among(sample.names)
    return ends and not measured and sample.query.adds is None


def _names_a_moment(sample: Sample) -> bool:
    """Whether a column, or the one that it is the first or last value of, is named as moments are."""
    sources = [word for source in sample.query.sources for word in name_words(source)]
    of_one = sample.query.operation in {Operation.COLUMN, Operation.MIN, Operation.MAX}
    return time_names.MOMENT.among([*sample.names, *(sources if of_one else ())])


def _of_digits(sample: Sample, values: Sequence[str]) -> TimeForm | None:
    """Read 202607 and 2026-07, the months or weeks of which only the query or the name tells."""
    told, words = _grain(sample), sample.names
    is_week = told is Grain.WEEK or (told is None and time_names.WEEK.among(words))
    if is_week and _all(values, YEAR_AND_NUMBER.fullmatch):
        weeks = all(parse_period(value, Kind.WEEK) for value in values)
        return TimeForm(Kind.WEEK, Grain.WEEK) if weeks else None
    months = (time_names.MONTH, time_names.PERIOD, time_names.YEAR)
    is_month = told is Grain.MONTH or any(each.among(words) for each in months)
    if is_month and _all(values, MONTH_DIGITS.fullmatch):
        return TimeForm(Kind.MONTH, Grain.MONTH)
    return None


def _all(values: Sequence[str], test: Callable[[str], object]) -> bool:
    return bool(values) and all(test(value) for value in values)


def _is_epoch(value: str) -> bool:
    value = value.removesuffix(".0")
    return bool(EPOCH.fullmatch(value)) and _EPOCHS[0] <= int(value[:10]) <= _EPOCHS[1]


def _names_a_year(words: Sequence[str]) -> bool:
    return (
        bool(words)
        and "of" not in words
        and (time_names.YEAR.has(words[0]) or time_names.YEAR.has(words[-1]))
    )


def _of_texts(sample: Sample) -> TimeForm | None:
    values = [value.strip() for value in sample.values]
    if form := _of_digits(sample, values):
        return form
    if _all(values, FISCAL.fullmatch):
        return TimeForm(Kind.CATEGORY, _fiscal_grain(values[0]), is_fiscal=True)
    if _all(values, DATE.match) and all(map(parse_period, values)):
        return _of_dates(sample)
    if _all(values, SLASHED.fullmatch):
        return TimeForm(Kind.TIME, _grain(sample) or Grain.DAY, day_first=days_come_first(values))
    return _of_periods(sample, values) or _of_digit_texts(sample, values)


def _of_periods(sample: Sample, values: Sequence[str]) -> TimeForm | None:
    """Read 2026-03, Q1 2026, Nov 2025, and a mixture of them, which is written as it came."""
    if written_grain(values[0]) is None:
        return None
    grains = {written_grain(value) for value in set(values)}
    if None in grains or (grains == {Grain.YEAR} and not _names_a_year(sample.names)):
        return None
    finest = min((grain for grain in grains if grain), key=FINEST_FIRST.index)
    return TimeForm(_WRITTEN_KINDS.get(finest, Kind.TIME) if len(grains) == 1 else Kind.CATEGORY, finest)


def _of_digit_texts(sample: Sample, values: Sequence[str]) -> TimeForm | None:
    is_day = time_names.DAY.among(sample.names) and _all(values, DAY_DIGITS.fullmatch)
    if is_day and all(map(parse_period, values)):
        return TimeForm(Kind.TIME, Grain.DAY)
    is_epoch = time_names.MOMENT.among(sample.names) and _all(values, _is_epoch)
    return TimeForm(Kind.TIME) if is_epoch else None


def _fiscal(sample: Sample) -> TimeForm | None:
    """Read what is named fiscal: 2026, FY26-Q1, P03, 2025/26."""
    if sample.is_number and not (sample.is_whole and max(sample.numbers, default=0) <= 210_012):  # noqa: PLR2004
        return None
    words = [word for word in sample.names if not time_names.FISCAL.has(word)]
    if len(words) > 1 and not names_a_time(sample):
        return None
    if time_names.QUARTER.among(words):
        grain: Grain | None = Grain.QUARTER
    elif time_names.MONTH.among(words) or time_names.PERIOD.among(words):
        grain = Grain.MONTH
    elif time_names.WEEK.among(words):
        grain = Grain.WEEK
    else:
        grain = _fiscal_grain(sample.values[0])
    return TimeForm(Kind.CATEGORY, grain, is_fiscal=True)


def _fiscal_grain(label: str) -> Grain:
    found = FISCAL.fullmatch(label.strip())
    part = (found["part"] or found["first"] or "") if found else ""
    return _FISCAL_PARTS.get(part.upper(), Grain.YEAR)


def names_a_time(sample: Sample) -> bool:
    """Whether at most one word of a name says more than which time it is: not `orders_per_month`."""
    others = [word for word in sample.names if not _is_time(word)]
    more = [word for word in others if word not in _BETWEEN]
    return len(others) < len(sample.names) and len(more) <= 1 and not time_names.WHICH.among(more)


_BETWEEN = frozenset(
    {"of", "de", "del", "der", "no", "nr", "num", "number", "start", "begin", "beginning", "key"}
)


def _is_time(word: str) -> bool:
    parts = (
        time_names.YEAR,
        time_names.QUARTER,
        time_names.MONTH,
        time_names.WEEK,
        time_names.DAY,
        time_names.HOUR,
        time_names.WEEKDAY,
    )
    return any(part.has(word) for part in (*parts, time_names.PERIOD, time_names.MOMENT, time_names.FISCAL))


def moments_of(form: TimeForm, cells: Sequence[Cell]) -> tuple[datetime | None, ...]:
    """Return when the period of each row begins; nothing when one of them is none of the calendar."""
    read = {cell: form.read(cell) for cell in set(cells) if cell is not None}
    found = {cell: moment for cell, moment in read.items() if moment is not None}
    if not found or any(moment is None and not is_total(cell) for cell, moment in read.items()):
        return ()
    clock = on_one_clock(found)
    return tuple(clock.get(cell) if cell is not None else None for cell in cells)


def grain_from(form: TimeForm, sample: Sample, moments: Sequence[datetime | None]) -> Grain | None:
    """Return how long the periods are: as the query or the writing says, else as the values lie."""
    known = sorted({moment for moment in moments if moment is not None})
    if form.grain or form.is_fiscal or not known:
        return form.grain
    if form.kind in {Kind.YEAR, Kind.QUARTER, Kind.MONTH, Kind.WEEK}:
        return grain_of(form.kind, sample.names, known)
    return _by_clock(known) if any(map(has_clock, known)) else _by_days(sample, known)


def _by_clock(known: Sequence[datetime]) -> Grain | None:
    if all(not (moment.minute or moment.second or moment.microsecond) for moment in known):
        return Grain.HOUR
    return None if any(moment.second or moment.microsecond for moment in known) else Grain.MINUTE


def _by_days(sample: Sample, known: Sequence[datetime]) -> Grain:
    if all(moment.day == monthrange(moment.year, moment.month)[1] for moment in known):
        for grain, words in _ENDING:
            apart = {later - earlier for earlier, later in pairwise(number(each, grain) for each in known)}
            follow = apart == {1} and len(known) > _TWO_FOR_A_MONTH
            if follow or (words.among(sample.names) and 0 not in apart):
                return grain
    return grain_of(Kind.TIME, sample.names, known)
