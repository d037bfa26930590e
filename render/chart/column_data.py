"""A column together with its kind and its cells: what a chart is chosen from."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from genie.model import Cell, Column, Table
from render.chart.model import Notation, Unit
from render.columns.dated import dated
from render.columns.format import formatter, is_number
from render.columns.kinds import Kind
from render.columns.names import name_words
from render.columns.numbers import amounts
from render.columns.reading import Adds, ColumnReading, Reading, Role
from render.columns.units import Titled, titled
from render.text.escape import clean_line
from render.text.locales import ANYWHERE, Locale
from render.words.charts import NO_VALUE

LABEL_LIMIT = 48
"""Characters of a label in a chart."""

_SHARE = frozenset({"share", "shares", "proportion", "contribution", "mix"})
_OF_TOTAL = frozenset({"of", "total"})
_ROUNDED = 0.02
"""How far a share may be off, in parts of the largest: they come rounded."""
_RANKING = frozenset({"rank", "rnk", "ranking", "position"})
_SPACES = re.compile(r"[^\S\xa0\u202f]+")
"""But those at which no line may be broken: they stand within numbers."""


@dataclass(frozen=True)
class ColumnData:
    """One column of a result; every property has one item per row and is worked out once."""

    reading: ColumnReading
    cells: tuple[Cell, ...]
    locale: Locale = ANYWHERE

    @property
    def column(self) -> Column:
        """The column with its name and type."""
        return self.reading.column

    @property
    def kind(self) -> Kind:
        """How its values are written."""
        return self.reading.kind

    @cached_property
    def name(self) -> str:
        """The column's name as it reads in a chart."""
        return picture_text(self._titled.name, LABEL_LIMIT) if self.sign else self.full_name

    @property
    def full_name(self) -> str:
        """The name with its unit, where no sign stands before the numbers."""
        return picture_text(self._titled.heading, LABEL_LIMIT)

    @cached_property
    def _titled(self) -> Titled:
        return titled(self.column.name, self.kind)

    @cached_property
    def sign(self) -> str:
        """The sign of the currency that goes with each number, if the name tells of one that has a sign."""
        return self._titled.sign

    @property
    def measured_in(self) -> str:
        """The unit that the name tells, if any: what is in another one is not comparable."""
        return self._titled.unit

    @cached_property
    def labels(self) -> list[str]:
        """The cells as labels."""
        shown = {cell: self.label(cell) for cell in set(self.cells)}
        return [shown[cell] for cell in self.cells]

    def label(self, cell: Cell) -> str:
        """Return one cell as a label."""
        return NO_VALUE if cell is None else picture_text(self._show(cell), LABEL_LIMIT)

    @cached_property
    def _show(self) -> Callable[[Cell], str]:
        return formatter(self.column, self.kind, self.cells, self.locale)

    @cached_property
    def is_drawable(self) -> bool:
        """Whether these are amounts, and at least one of them is known."""
        known = (amounts((cell,), self.column)[0] is not None for cell in self.cells if cell)
        return is_number(self.kind) and any(known) and not self._is_ranking

    @property
    def _is_ranking(self) -> bool:
        """Whether these count the rows off, 1, 2, 3: that the bars stand in this order says it already."""
        named = not _RANKING.isdisjoint(name_words(self.column.name))
        return (
            named and {1.0}.issubset(self.known) and set(self.known).issubset(range(1, len(self.cells) + 1))
        )

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

    @cached_property
    def order(self) -> dict[str, int] | None:
        """The ranks of labels that have an order of their own, None for names."""
        cells = self._in_order()
        if not cells:
            return None
        return {self.label(cell): at for at, cell in enumerate((*cells, None))}

    def _in_order(self) -> Sequence[Cell]:
        if self.reading.role is not Role.TIME:
            return self.reading.in_order
        if not self.moments:
            return list(dict.fromkeys(cell for cell in self.cells if cell is not None))
        moments = {cell: when for cell, when in zip(self.cells, self.moments, strict=True) if when}
        return sorted(moments, key=moments.__getitem__)

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
    def adds_up(self) -> bool:
        """Whether a sum of these numbers means something: amounts and counts, not averages or ratios."""
        return self.reading.adds is Adds.EVERYWHERE

    @cached_property
    def is_whole(self) -> bool:
        """Whether these are the parts of one whole, in percent."""
        whole = {Unit.FRACTION: 1.0, Unit.PERCENT: 100.0}.get(self.unit, 0.0)
        return bool(whole) and abs(sum(self.known) - whole) <= _ROUNDED * whole

    @property
    def is_positive(self) -> bool:
        """Whether nothing is missing, negative or nothing but zeros: what has shares of a whole."""
        return len(self.known) == len(self.numbers) and min(self.known) >= 0 < max(self.known)


def read_columns(table: Table, reading: Reading, locale: Locale) -> list[ColumnData]:
    """Return the columns of a table that has rows, as `locale` writes them."""
    cells = zip(*table.rows, strict=True)
    years = {column.year for column in reading.columns}
    columns = enumerate(map(dated, reading.columns, cells))
    return [ColumnData(*column, locale.abbreviated()) for at, column in columns if at not in years]


def is_share(part: ColumnData, whole: ColumnData) -> bool:
    """Whether `part` says in percent what `whole` says in figures: by its name, and in every row."""
    named = frozenset(name_words(part.column.name))
    if part.unit is Unit.NUMBER or not (named & _SHARE or named >= _OF_TOTAL):
        return False
    pairs = [
        (p, w) for p, w in zip(part.numbers, whole.numbers, strict=True) if p is not None and w is not None
    ]
    total = sum(w for _, w in pairs)
    if not total:
        return False
    each = sum(p for p, _ in pairs) / total
    return all(abs(p - each * w) <= _ROUNDED * max(abs(p) for p, _ in pairs) for p, w in pairs)


def picture_text(text: str, limit: int) -> str:
    """Return `text` for a picture: cleaned, composed, with single spaces, clipped."""
    if text.isascii() and len(text) <= limit and text.isprintable() and "  " not in text:
        return text.strip() or "–"
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", clean_line(text, 4 * limit)).strip())
    return clean_line(text, limit) or "–"
