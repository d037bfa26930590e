"""A column together with its kind and its cells: what a chart is chosen from."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from genie.model import Cell, Column, Table
from render.amounts import amounts
from render.chart_model import Unit
from render.columns import words
from render.kinds import Kind
from render.times import parse_period
from render.values import clean, formatter, heading

LABEL_LIMIT = 48
"""Characters of a label in a chart."""

_SHARE = frozenset({"share", "shares", "proportion", "contribution", "mix"})
_OF_TOTAL = frozenset({"of", "total"})
_ROUNDED = 0.02
"""How far a share may be off, in parts of the largest: they come rounded."""
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\U0001f1e6-\U0001f1ff\u2600-\u27bf\u2b00-\u2bff\ufe00-\ufe0f\u20e3]+"
)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Field:
    """One column of a result; every property has one item per row and is worked out when first asked for."""

    column: Column
    kind: Kind
    cells: tuple[Cell, ...]

    @cached_property
    def name(self) -> str:
        """The column's name as it reads in a chart."""
        return plain(heading(self.column.name), LABEL_LIMIT)

    @cached_property
    def labels(self) -> list[str]:
        """The cells as labels."""
        show = formatter(self.column, self.kind, self.cells)
        shown = {cell: plain(show(cell), LABEL_LIMIT) for cell in set(self.cells)}
        return [shown[cell] for cell in self.cells]

    @cached_property
    def numbers(self) -> list[float | None]:
        """The cells as numbers; NULL and whatever is none are gaps."""
        return amounts(self.cells, self.column)

    @cached_property
    def moments(self) -> list[datetime | None]:
        """The cells as moments, each by its own clock, as the rows show them."""
        moments = {cell: None if cell is None else parse_period(cell) for cell in set(self.cells)}
        plain = {cell: moment and moment.replace(tzinfo=None) for cell, moment in moments.items()}
        return [plain[cell] for cell in self.cells]

    @property
    def unit(self) -> Unit:
        """How this column's numbers are written."""
        return {Kind.RATIO: Unit.FRACTION, Kind.PERCENT: Unit.PERCENT}.get(self.kind, Unit.NUMBER)

    @cached_property
    def distinct(self) -> int:
        """How many different cells there are."""
        return len(set(self.cells))


def fields_of(table: Table, kinds: tuple[Kind, ...]) -> list[Field]:
    """Return the columns of a table that has rows."""
    cells = zip(*table.rows, strict=True)
    return [Field(column, kind, each) for column, kind, each in zip(table.columns, kinds, cells, strict=True)]


def is_share(part: Field, whole: Field) -> bool:
    """Whether `part` says in percent what `whole` says in figures: by its name, and in every row."""
    named = frozenset(words(part.column.name))
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


def plain(text: str, limit: int) -> str:
    """Return `text` for a picture: cleaned, without emoji (no font of ours draws them), composed, clipped."""
    text = _EMOJI.sub(" ", clean(text, limit=4 * limit))
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", text).strip())
    return clean(text, limit) or "–"
