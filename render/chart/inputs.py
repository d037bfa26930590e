"""What there is to draw of a result, and what of it may be added up, as its reading says."""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from genie.model import Table
from render.chart.column_data import ColumnData, read_columns
from render.chart.unpivot import unpivoted
from render.columns.currencies import currencies
from render.columns.kinds import NUMBER_TYPES, RATIOS, WHOLE_TYPES, Kind
from render.columns.names import JOINING, SAMPLE, name_words
from render.columns.reading import AMOUNTS, Adds, Reading, Role
from render.text.locales import Locale

MAX_NAMED = 20
"""Rows up to which identifiers and sentences make labels; beyond, they are records and not categories."""
MAX_MEASURES = 4
MAX_PARTS = 6
"""Parts of one whole that are drawn beside or on one another; of more the smallest are summed up."""
_SAME_SCALE = 20
"""Measures share an axis only when none is dwarfed by another."""
_ROUNDED = 0.02
"""How far a share may be off, in parts of the largest: they come rounded."""
_TELLING = (Role.CATEGORY, Role.ORDERED, Role.TIME, Role.TEXT, Role.IDENTIFIER)
"""The roles of what bars can stand for, the most telling first."""
_NAMES = frozenset({Role.TEXT, Role.IDENTIFIER})


@dataclass(frozen=True)
class Inputs:
    """`values` share an axis, `groups` are what they can be told apart by.

    `numbers` are the `measures` without those that have no axis in common with anything.
    """

    fields: Sequence[ColumnData]
    measures: Sequence[ColumnData]
    numbers: Sequence[ColumnData]
    values: Sequence[ColumnData]
    groups: Sequence[ColumnData]
    whole: bool
    """No row of the result is missing."""
    order: int | None = None
    """The position of the column by which the query ordered the rows."""
    is_ranked: bool = False
    """The query ordered the rows by a measure: the first ones are those that were asked for."""
    parts: frozenset[int] = field(default_factory=frozenset)
    """The positions of measures that are parts of one whole."""
    lines: ColumnData | None = None
    """What names the lines of a statement, of which some are subtotals."""
    total: ColumnData | None = None
    """The measure that is the sum of `parts`."""

    @property
    def rows(self) -> int:
        """How many rows there are, without those of totals."""
        return len(self.fields[0].cells)

    @property
    def asked(self) -> ColumnData:
        """The measure that is drawn where there is room for one: that which was asked for."""
        return self.numbers[0] if any(each is self.numbers[0] for each in self.values) else self.values[0]

    @property
    def draws_total(self) -> bool:
        """Whether a total is drawn, the parts of which can stand on one another instead: they show both."""
        return self.total is not None and all(each is self.total for each in self.values)

    def adds_up(self, value: ColumnData, along: ColumnData | None = None) -> bool:
        """Tell whether a sum of `value` means something whose parts have one item of `along` each.

        Holdings add up unless a time, or what may be one, tells the parts apart.
        """
        if value.reading.adds is not Adds.NOT_OVER_TIME:
            return value.reading.adds is Adds.EVERYWHERE
        others = (each for each in self.fields if each.has_order and each is not along)
        return all(each.distinct == 1 for each in others)

    @property
    def stacked(self) -> list[ColumnData]:
        """The measures that may stand on one another: parts of one whole, none of them negative."""
        parts = _parts(self.numbers, self.parts)
        return parts if all(min(each.known) >= 0 for each in parts) else []


def inputs_of(table: Table, reading: Reading, title: str, locale: Locale) -> Inputs | None:
    """Return what there is to draw, what `title` asks for first; None when no amounts go together."""
    nothing_else = reading.lines is None and len(reading.totals) >= len(table.rows)
    if reading.is_metric_list or nothing_else:
        return None
    fields = read_columns(table, reading, locale)
    measures = [each for each in fields if each.is_drawable]
    if steps := reading.steps:
        others = [each for each in measures if each.at not in steps.columns]
        table, reading = unpivoted(table, reading, steps)
        fields = read_columns(table, reading, locale)
        measures = [*(each for each in fields if each.is_drawable), *others]
    several = bool(currencies(table, reading))
    numbers = [each for each in fields if each.is_drawable and not (several and each.reading.in_row_currency)]
    if not numbers:
        return None
    places = _named_at(numbers, fields, title)
    numbers = _as_asked(numbers, places, reading.order)
    lines = next((each for each in fields if each.at == reading.lines), None)
    shares = [each for each in numbers[1:] if each.role is Role.SHARE and _follows(each, numbers[0])]
    first = places[numbers[0].at]
    is_parts = bool(shares) and not any(first < places[each.at] for each in shares)
    values = _comparable(shares) if is_parts else _drawn(numbers, reading)
    return Inputs(
        fields,
        measures,
        numbers,
        values,
        _groups(fields, lines),
        whole=not (reading.limited or table.incomplete),
        order=reading.order,
        is_ranked=_is_ranked(reading),
        parts=frozenset(reading.parts),
        lines=lines,
        total=next((each for each in numbers if each.at == reading.whole), None),
    )


def _named_at(numbers: Sequence[ColumnData], fields: Sequence[ColumnData], title: str) -> dict[int, int]:
    """Return where the title names each measure, the place behind its end for those that it does not name.

    A word names a measure if no other column has it.
    """
    words = {each.at: set(name_words(each.column.name)) for each in fields}
    often = Counter(word for each in fields if each.role is not Role.COMPARISON for word in words[each.at])
    asked = name_words(title)
    said = {word for word in asked if often[word] == 1 and len(word) > 1 and not JOINING.has(word)}

    def place(each: ColumnData) -> int:
        # The size of a cohort is not asked for by whoever asks about cohorts.
        named = words[each.at] & (said & SAMPLE.whole if _is_sample(each) else said)
        return min(map(asked.index, named), default=len(asked))

    return {each.at: place(each) for each in numbers}


def _is_sample(value: ColumnData) -> bool:
    return SAMPLE.among(name_words(value.column.name))


def _as_asked(
    numbers: Sequence[ColumnData], places: Mapping[int, int], order: int | None
) -> list[ColumnData]:
    """Put first what the query orders by, then what the title names first; sizes of samples come last."""
    measured = (each for each in numbers if each.role is Role.MEASURE and not _is_sample(each))
    of_samples = any(each.reading.adds is Adds.NEVER for each in measured)
    return sorted(
        numbers,
        key=lambda each: (
            each.at != order,
            each.role is Role.COMPARISON,
            places[each.at],
            of_samples and _is_sample(each),
        ),
    )


def _is_ranked(reading: Reading) -> bool:
    """Whether the rows are in the order of a measure or of ranks."""
    if reading.order is None:
        return any(column.role is Role.RANK for column in reading.columns)
    return reading.columns[reading.order].role in {*AMOUNTS, Role.RANK}


def _follows(share: ColumnData, measure: ColumnData) -> bool:
    """Whether `share` says of `measure` what part each row is: who sees both has asked for the parts."""
    pairs = [
        (p, m) for p, m in zip(share.numbers, measure.numbers, strict=True) if p is not None and m is not None
    ]
    total = math.fsum(m for _, m in pairs)
    if not total:
        return False
    each = math.fsum(p for p, _ in pairs) / total
    return all(abs(p - each * m) <= _ROUNDED * max(abs(p) for p, _ in pairs) for p, m in pairs)


def _groups(fields: Sequence[ColumnData], lines: ColumnData | None) -> list[ColumnData]:
    """Return the columns that bars can stand for, the most telling first."""
    few = len(fields[0].cells) <= MAX_NAMED
    several = [
        each
        for each in fields
        if each.role in _TELLING and (few or each.role not in _NAMES) and each.distinct > 1
    ]
    return sorted(
        several,
        key=lambda each: (
            each is not lines,
            _TELLING.index(each.role),
            each.column.type_name.upper() in NUMBER_TYPES,
            each.kind is Kind.BOOLEAN,
        ),
    )


def _parts(numbers: Sequence[ColumnData], parts: Collection[int]) -> list[ColumnData]:
    """Return all the parts of one whole in the order of the result, none where they differ in unit."""
    found = sorted((each for each in numbers if each.at in parts), key=lambda each: each.at)
    alike = len({(each.measured_in, each.kind) for each in found}) == 1
    return found if len(found) > 1 and alike else []


def _drawn(numbers: Sequence[ColumnData], reading: Reading) -> list[ColumnData]:
    """Return what is drawn: of parts all, or their total, or the largest where neither can be."""
    parts = _parts(numbers, reading.parts)
    total = next((each for each in numbers if parts and each.at == reading.whole), None)
    if not parts or numbers[0] not in {total, *parts}:
        return _comparable(numbers)
    largest = max(parts, key=_size)
    together = all(_size(each) >= _size(largest) / _SAME_SCALE for each in parts)
    if numbers[0] is not total and together and len(parts) <= MAX_PARTS:
        return parts
    if total:
        return [total]
    beside = _comparable([largest, *(each for each in parts if each is not largest)])
    return sorted(beside, key=lambda each: each.at)


def _comparable(numbers: Sequence[ColumnData]) -> list[ColumnData]:
    """Return the first number and those that may share its axis: same unit, same type, similar size."""
    first = numbers[0]
    whole, size = first.column.type_name.upper() in WHOLE_TYPES, _size(first)
    alike = (
        each
        for each in numbers
        if each is first
        or (
            not _is_shifted(each, first)
            and _is_alike(each, first)
            and each.kind is first.kind
            and each.measured_in == first.measured_in
            and (each.column.type_name.upper() in WHOLE_TYPES) is whole
            and size / _SAME_SCALE <= _size(each) <= size * _SAME_SCALE
        )
    )
    largest = sorted(alike, key=lambda each: (each is not first, -_size(each)))[:MAX_MEASURES]
    return [each for each in numbers if any(each is one for one in largest)]


def _is_shifted(value: ColumnData, first: ColumnData) -> bool:
    """Whether a measure is that of the row before: a second line would be the first one, a step later."""
    pairs = list(zip(value.numbers[1:], first.numbers, strict=False))
    return value.reading.is_previous and len(pairs) > 1 and all(now == before for now, before in pairs)


def _is_alike(value: ColumnData, first: ColumnData) -> bool:
    """Whether two measures can be compared: two amounts, two percentages, two figures of one thing."""
    if first.at in {value.at, value.reading.compares}:
        return True
    if value.reading.adds is not first.reading.adds:
        return False
    one, other = (set(name_words(each.column.name)) for each in (value, first))
    named = bool(first.measured_in or one & other or not one | other)  # 2025 and 2026 are of one measure
    return first.reading.adds is not Adds.NEVER or first.kind in RATIOS or named


def _size(value: ColumnData) -> float:
    return max(map(abs, value.known))
