"""Rows that a query reads or gives: a table, a CTE, a subquery, the result."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from render.sql.meaning import Meaning, mark
from render.sql.model import Operation


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its name."""

    name: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Relation:
    """What is known of some rows."""

    columns: tuple[Column, ...] = ()
    is_open: bool = False
    """It has other columns, too: those of a table."""
    keys: frozenset[str] | None = None
    """The columns that tell its rows apart; none when it is one row, None when they are not known."""
    limited: bool = False
    limit: int | None = None
    filters: frozenset[int] = frozenset()
    """Marks of the conditions that its rows keep to."""
    is_metric_list: bool = False
    reads: frozenset[str] = frozenset()
    """Names of the tables where its rows come from."""
    multiplies: bool = False
    """It gives several rows for one of the rows beside it (explode)."""

    def find(self, name: str) -> Meaning | None:
        """Return what a column means; None when there is none."""
        wanted = name.lower()
        for column in self.columns:
            if column.name.lower() == wanted:
                return column.meaning
        return table_column(name) if self.is_open else None

    def has(self, name: str) -> bool:
        """Return whether it surely has such a column."""
        wanted = name.lower()
        return any(column.name.lower() == wanted for column in self.columns)

    def renamed(self, names: Iterable[str]) -> "Relation":
        """Return it with other names, as `AS t (a, b)` gives them."""
        new = [*names]
        if not new or self.is_open or len(new) != len(self.columns):
            return self
        old = {column.name.lower(): name for column, name in zip(self.columns, new, strict=True)}
        keys = None if self.keys is None else frozenset(old.get(key, key).lower() for key in self.keys)
        columns = tuple(Column(name, each.meaning) for name, each in zip(new, self.columns, strict=True))
        return replace(self, columns=columns, keys=keys)


TABLE = Relation(is_open=True)

Relations = Mapping[str, Relation]


def table_column(name: str) -> Meaning:
    """Return what is known of a column of a table."""
    return Meaning(Operation.COLUMN, (name,), mark=mark("column", name.lower()))
