"""A column together with its reading and its cells: what a chart is chosen from."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial

from genie.model import Cell, Column, Table
from render.chart.model import DATA, Notation, Unit
from render.columns.dated import dated
from render.columns.format import formatter, is_number
from render.columns.kinds import Kind
from render.columns.numbers import amounts, read_float
from render.columns.reading import AMOUNTS, ColumnReading, Reading, Role
from render.columns.units import BYTES
from render.text.alike import column_names, told_apart
from render.text.escape import clean_line
from render.text.locales import ANYWHERE, Locale
from render.words.results.values import NAMELESS

LABEL_LIMIT = 48
"""Characters of a label in a chart."""

_IN_ORDER = frozenset({Role.TIME, Role.ORDERED})
_MOST_NUMBERED = 31
"""Stores or lines whose numbers people know by heart; of more the highest tell more than the first."""
_ROUNDED = 0.02
"""How far the sum of shares may be off, in parts of the whole: they come rounded."""
_SPACES = re.compile(r"[^\S\xa0\u202f]+")
"""But those at which no line may be broken: they stand within numbers."""


@dataclass(frozen=True)
class ColumnData:
    """One column of a result; every property has one item per row and is worked out once."""

    reading: ColumnReading
    cells: tuple[Cell, ...]
    locale: Locale = ANYWHERE
    at: int = 0
    """The position in the result."""
    number: str = ""
    """What tells the column from others of its name."""
    unfinished: frozenset[int] = frozenset()
    """Rows of a period that is not over."""
    totals: frozenset[int] = frozenset()
    """Rows of subtotals, of the lines of a statement."""
    rest: frozenset[Cell] = frozenset()
    """The cell that names all that has no name of its own, if there is one."""

    @property
    def column(self) -> Column:
        """The column with its name and type."""
        return self.reading.column

    @property
    def role(self) -> Role:
        """What it is for."""
        return self.reading.role

    @property
    def kind(self) -> Kind:
        """How its values are written."""
        return self.reading.kind

    @cached_property
    def name(self) -> str:
        """The column's name as it reads in a chart."""
        return self._called(self.reading.titled.unitless) if self.sign else self.full_name

    @property
    def full_name(self) -> str:
        """The name with its unit, where no sign stands before the numbers."""
        return self._called(self.reading.titled.heading)

    def _called(self, name: str) -> str:
        return picture_text(name, LABEL_LIMIT - len(self.number)) + self.number

    @property
    def sign(self) -> str:
        """The sign of the currency that goes with each number, if it has one; DATA for bytes."""
        unit = self.reading.unit
        return DATA if unit.name == BYTES else unit.sign

    @property
    def measured_in(self) -> str:
        """The unit that is known, if any: what is in another one is not comparable."""
        return self.reading.unit.name

    @cached_property
    def labels(self) -> list[str]:
        """The cells as labels."""
        shown = self.named(self.cells)
        return [shown[cell] for cell in self.cells]

    def named(self, cells: Iterable[Cell]) -> dict[Cell, str]:
        """Return the labels of some cells, which differ even where the cells begin alike."""
        texts = {cell: self._show(cell) for cell in dict.fromkeys(cells) if cell is not None}
        shown = told_apart(texts.values(), partial(picture_text, limit=LABEL_LIMIT))
        return {None: NAMELESS, **{cell: shown[text] for cell, text in texts.items()}}

    @cached_property
    def _show(self) -> Callable[[Cell], str]:
        return formatter(self.column, self.kind, self.cells, self.locale)

    @cached_property
    def numbers(self) -> list[float | None]:
        """The cells as numbers; NULL and whatever is none are gaps."""
        return amounts(self.cells, self.column)

    @cached_property
    def known(self) -> list[float]:
        """The numbers that there are."""
        return [value for value in self.numbers if value is not None]

    @property
    def moments(self) -> Sequence[datetime | None]:
        """The moments of a time that the calendar knows."""
        return self.reading.moments

    @property
    def has_order(self) -> bool:
        """Whether its values follow one another: what is cut out of their middle, or sorted, misleads."""
        return self.role in _IN_ORDER or bool(self.reading.in_order) or self._is_counted_up

    @cached_property
    def _is_counted_up(self) -> bool:
        """Whether numbers that are names come in their order: stores 1 to 12, as the query ordered them."""
        if self.role is not Role.CATEGORY or self.distinct > _MOST_NUMBERED or not self.is_numbered:
            return False
        numbers = [float(cell) for cell in dict.fromkeys(self.cells) if cell is not None]
        return len(numbers) > 2 and numbers == sorted(numbers)  # noqa: PLR2004 (two may be so by chance)

    @cached_property
    def order(self) -> dict[Cell, int] | None:
        """The ranks of cells that have an order of their own, None for names."""
        return {cell: at for at, cell in enumerate((*self._in_order(), None))} if self.has_order else None

    def _in_order(self) -> Iterable[Cell]:
        """Return the different values as they follow one another; if nobody knows, as the rows have them."""
        known = dict.fromkeys(cell for cell in self.cells if cell is not None)
        if self.moments:
            moments = {cell: when for cell, when in zip(self.cells, self.moments, strict=True) if when}
            return (
                *sorted(moments, key=moments.__getitem__),
                *(cell for cell in known if cell not in moments),
            )
        return dict.fromkeys((*(cell for cell in self.reading.in_order if cell in known), *known))

    @cached_property
    def label_order(self) -> dict[str, int] | None:
        """The ranks of labels that have an order, also of numbers that are names; None for other names."""
        order = self.order
        if order is None and self.is_numbered:
            cells = sorted((cell for cell in set(self.cells) if cell is not None), key=float)
            order = {cell: at for at, cell in enumerate((*cells, None))}
        return None if order is None else {label: order[cell] for cell, label in self.named(order).items()}

    @cached_property
    def is_numbered(self) -> bool:
        """Whether numbers are the names or the steps of something: stores, hours, months since the first."""
        return all(read_float(cell) is not None for cell in set(self.cells) if cell is not None)

    @property
    def running(self) -> tuple[str, ...]:
        """The labels of periods that are not over, of a time."""
        rows = sorted(self.unfinished) if self.role is Role.TIME else ()
        return tuple(dict.fromkeys(self.labels[at] for at in rows))

    @property
    def subtotals(self) -> tuple[str, ...]:
        """The labels of subtotals."""
        return tuple(dict.fromkeys(self.labels[at] for at in sorted(self.totals)))

    @property
    def unit(self) -> Unit:
        """How this column's numbers are written."""
        return {Kind.RATIO: Unit.FRACTION, Kind.PERCENT: Unit.PERCENT}.get(self.kind, Unit.NUMBER)

    @property
    def notation(self) -> Notation:
        """How this column's numbers are written, and by whom."""
        return Notation(self.unit, self.sign, self.locale)

    @cached_property
    def distinct(self) -> int:
        """How many different cells there are."""
        return len(set(self.cells))

    @cached_property
    def is_whole(self) -> bool:
        """Whether these are all parts of one whole, in percent."""
        whole = {Unit.FRACTION: 1.0, Unit.PERCENT: 100.0}.get(self.unit, 0.0)
        is_share = bool(whole) and self.role is Role.SHARE
        return is_share and abs(sum(self.known) - whole) <= _ROUNDED * whole

    @cached_property
    def is_drawable(self) -> bool:
        """Whether these are amounts, and at least one of them is known."""
        known = (amounts((cell,), self.column)[0] is not None for cell in self.cells if cell)
        return self.role in AMOUNTS and is_number(self.kind) and any(known)

    @property
    def is_positive(self) -> bool:
        """Whether nothing is missing, negative or nothing but zeros: what has shares of a whole."""
        return len(self.known) == len(self.numbers) and min(self.known) >= 0 < max(self.known)


def read_columns(table: Table, reading: Reading, locale: Locale) -> list[ColumnData]:
    """Return the columns of a table without its rows of totals, but with subtotals of a statement."""
    left_out = reading.totals if reading.lines is None else ()
    rows = [at for at in range(len(table.rows)) if at not in left_out]
    kept = reading.of_rows(rows) if left_out else reading
    cells = list(zip(*(table.rows[at] for at in rows), strict=True))
    years = {column.year for column in reading.columns}
    names = [column.column.name for column in reading.columns]
    numbered = [
        new.removeprefix(name) if name else "" for new, name in zip(column_names(names), names, strict=True)
    ]
    return [
        ColumnData(
            *dated(column, cells[at]),
            locale.abbreviated(),
            at,
            numbered[at],
            kept.unfinished,
            kept.totals if at == kept.lines else frozenset(),
            frozenset(cells[at][row] for row in kept.rest) if column.role is Role.CATEGORY else frozenset(),
        )
        for at, column in enumerate(kept.columns)
        if at not in years
    ]


def picture_text(text: str, limit: int) -> str:
    """Return `text` for a picture: cleaned, composed, with single spaces, clipped."""
    if text.isascii() and len(text) <= limit and text.isprintable() and "  " not in text:
        return text.strip() or "–"
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", clean_line(text, 4 * limit)).strip())
    return clean_line(text, limit) or "–"
