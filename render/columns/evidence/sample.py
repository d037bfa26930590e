"""One column of a result with what its query and its cells say: all that is known before it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from genie.model import Cell, Column
from render.columns.evidence.total_labels import is_total, maybe_totals
from render.columns.kinds import NUMBER_TYPES
from render.columns.names import name_words
from render.columns.numbers import read_float
from render.sql.model import QueryColumn

_MOST = 500
"""Values that decide about a column; more would cost time and hardly ever change the verdict."""


@dataclass(frozen=True)
class Sample:
    """A column; every property is worked out once."""

    column: Column
    query: QueryColumn
    cells: Sequence[Cell]

    @cached_property
    def names(self) -> list[str]:
        """The words of its name."""
        return name_words(self.column.name)

    @property
    def type_name(self) -> str:
        """Databricks' name of its type."""
        return self.column.type_name.upper()

    @property
    def is_number(self) -> bool:
        """Whether its type is one of numbers."""
        return self.type_name in NUMBER_TYPES

    @property
    def is_text(self) -> bool:
        """Whether its type is one of texts."""
        return self.type_name in {"STRING", "CHAR", "VARCHAR"}

    @cached_property
    def values(self) -> list[str]:
        """The first values that there are, without the labels of totals."""
        known = [cell for cell in self.cells[:_MOST] if cell is not None]
        totals = {label for label in maybe_totals(set(known)) if is_total(label)} if self.is_text else ()
        return [value for value in known if value not in totals] if totals else known

    @cached_property
    def numbers(self) -> list[float]:
        """Those of the values that are numbers."""
        return [number for number in map(read_float, self.values) if number is not None]

    @cached_property
    def is_whole(self) -> bool:
        """Whether all numbers are whole ones."""
        return all(number.is_integer() for number in self.numbers)

    @cached_property
    def distinct(self) -> int:
        """How many different values there are."""
        return len(set(self.values))
