"""What rows of totals are totals of, and what they are called."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from genie.model import Cell, Table
from render.columns.dated import dated
from render.columns.format import formatter
from render.columns.kinds import NUMBER_TYPES, Kind
from render.columns.reading import NAMES, ColumnReading, Reading, Role
from render.text.escape import clean_line
from render.text.locales import Locale
from render.words.results.caveats import TOTAL
from render.words.results.values import NAMELESS, named_by

_LABEL_SIZE = 80

Writer = Callable[[int], str]
"""Writes what a column calls a row, which is known by its position."""

_ROUNDED = Decimal("0.001")
"""How far a row of totals may be off the sum of the others, in parts of it: both are rounded."""


def is_sum(whole: Decimal, parts: Decimal) -> bool:
    """Whether what a row of totals has is the sum of the others."""
    return abs(whole - parts) <= abs(parts) * _ROUNDED


def grand_total(table: Table, reading: Reading) -> int | None:
    """Return the row that adds up all others, if there is one: it shares no name with any of them."""
    grand = [row for row, _, shared in _named(table, reading) if not shared]
    return grand[0] if len(grand) == 1 else None


def nameless_totals(table: Table, reading: Reading) -> dict[int, int]:
    """Return the rows that no text calls a total, as those of ROLLUP, with the column that may say it."""
    found = {}
    for row, own, _ in _named(table, reading):
        nameless = [at for at in naming(reading) if table.rows[row][at] is None]
        if nameless and not own:
            found[row] = nameless[0]
    return found


def total_labels(table: Table, reading: Reading, locale: Locale) -> tuple[str, ...]:
    """Name the rows of totals by what they are totals of."""
    return tuple(total_label(table, reading, at, locale) for at in sorted(reading.totals))


def total_label(table: Table, reading: Reading, at: int, locale: Locale) -> str:
    """Name a row of totals by what it is a total of."""
    told = [each for each in naming(reading) if table.rows[at][each] is not None]
    named = named_columns(reading, {each: tuple(row[each] for row in table.rows) for each in told})
    writers = [row_writer(*column, locale) for column in named.values()]
    nameless = [TOTAL] if at in nameless_totals(table, reading) else []
    return ", ".join([*(write(at) for write in writers), *nameless])


def named_columns(
    reading: Reading, cells: Mapping[int, Sequence[Cell]]
) -> dict[int, tuple[ColumnReading, Sequence[Cell]]]:
    """Return columns that name rows, those of months with the year that stands in another one."""
    years = {reading.columns[at].year for at in cells}
    return {at: dated(reading.columns[at], each) for at, each in cells.items() if at not in years}


def row_writer(column: ColumnReading, cells: Sequence[Cell], locale: Locale) -> Writer:
    """Return what names rows by a column: a number alone would not say what it counts."""
    show = formatter(column.column, column.kind, list(dict.fromkeys(cells)), locale)
    heading = column.titled.heading
    is_number = column.column.type_name.upper() in NUMBER_TYPES and column.role is not Role.TIME

    def write(at: int) -> str:
        if cells[at] is None:
            return NAMELESS
        shown = show(cells[at])
        bare = is_number or shown.isdecimal() or column.kind is Kind.BOOLEAN
        return clean_line(named_by(heading, shown) if bare else shown, _LABEL_SIZE) or NAMELESS

    return write


def naming(reading: Reading) -> list[int]:
    """Return the columns that name rows, the most telling first: of a kind, texts before numbers."""
    named = [(at, column) for at, column in enumerate(reading.columns) if column.role in NAMES]
    named.sort(key=lambda each: (NAMES.index(each[1].role), each[1].column.type_name.upper() in NUMBER_TYPES))
    return [at for at, _ in named]


def _named(table: Table, reading: Reading) -> Iterator[tuple[int, bool, bool]]:
    """Yield each row of totals: whether it has a name of its own, and whether it shares one with others."""
    others = [row for at, row in enumerate(table.rows) if at not in reading.totals]
    known: dict[int, set[Cell]] = {at: {row[at] for row in others} for at in naming(reading)}
    for total in sorted(reading.totals):
        row = table.rows[total]
        shared = [row[at] in cells for at, cells in known.items() if row[at] is not None]
        yield total, not all(shared), any(shared)
