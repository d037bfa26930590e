"""What an expression of a query means, while its columns are followed to the tables."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace

from sqlglot import exp

from render.sql.model import Operation

ROWS = frozenset({Operation.COLUMN, Operation.OTHER, Operation.FLAG, Operation.LITERAL})
"""What a row of a table can hold; the others of numbers are made of many rows, or compare them."""
PARTS = frozenset({Operation.SUM, Operation.COUNT})
"""What adds up, where its rows are disjoint."""
FRACTIONS = frozenset({Operation.RATIO, Operation.SHARE, Operation.CHANGE})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression means; marks are equal for expressions that give the same value."""

    operation: Operation = Operation.OTHER
    sources: tuple[str, ...] = ()
    adds: bool | None = None
    grain: str = ""
    mark: int = 0
    monday: int | None = None
    """Of a number of a day of the week: that of a Monday."""
    factor: float = 1
    """By which literal the value was multiplied."""
    unit: str = ""
    """Of a length of time: ms, s, min, h, days, months, years."""
    is_fraction: bool = False
    of: int | None = None
    """The mark of what is compared."""
    base: int | None = None
    """The mark of what it is compared with."""
    whole: int | None = None
    """Of what is repeated in many rows: the mark of what was added up."""
    is_parted: bool = False
    """There is such a whole for each group of rows."""
    text: str | None = None
    """Of a literal."""
    aggregate: Operation | None = None
    """What is made of the rows of a window; of a RANK, what orders them."""
    is_conditional: bool = False
    is_key: bool = False
    totals: tuple[str, ...] | None = None
    """Of a key that is empty in total rows: the texts that stand there instead."""
    is_aggregate: bool = False
    """Made of many rows in this query, not in one that it reads."""

    def once_more(self) -> "Meaning":
        """Return what a query that reads it sees."""
        return replace(self, is_aggregate=False) if self.is_aggregate else self


def mark(*parts: Hashable) -> int:
    """Return one number for all that makes a value."""
    return hash(parts)


def mark_of(node: exp.Expr) -> int:
    """Return the mark of an expression as it is written, whatever its tables are called."""
    return hash(
        tuple(
            (part.key, part.name.lower() if isinstance(part, exp.Identifier | exp.Literal | exp.Var) else "")
            for part in node.walk(bfs=False)
            if part.arg_key not in {"table", "db", "catalog", "quoted"}
        )
    )


def sources_of(meanings: Iterable[Meaning]) -> tuple[str, ...]:
    """Return the columns of all of them, each once."""
    return tuple(dict.fromkeys(name for meaning in meanings for name in meaning.sources))


def silent(node: exp.Expr, parts: Iterable[Meaning] = ()) -> Meaning:
    """Return what is known of an expression that nobody here understands."""
    read = tuple(parts)
    is_aggregate = any(part.is_aggregate for part in read)
    return Meaning(sources=sources_of(read), mark=mark_of(node), is_aggregate=is_aggregate)
