"""Which rows stand for all that has no name of its own in a result: Other, Sonstige, the rest."""

from collections.abc import Sequence

from genie.model import Table
from render.columns.names import JOINING, TOTAL, name_words, words_of
from render.columns.reading import ColumnReading, Role

REST = words_of(
    "other others rest remainder remaining sonstige sonstiges andere ubrige autre autres reste otros otras"
    " resto demas outros outras altri altro altre overig overige",
    parts="その他 其他 其它",
)
_NAMING = frozenset({Role.CATEGORY, Role.ORDERED, Role.TEXT, Role.IDENTIFIER})
_FEWEST = 3
"""Names beside the rest: of two groups, one of them is no rest."""


def rest_rows(table: Table, columns: Sequence[ColumnReading], totals: frozenset[int]) -> frozenset[int]:
    """Return the rows of the one label that is a rest, where nothing but it, and times, names the rows."""
    rows = [at for at in range(len(table.rows)) if at not in totals]
    naming = [at for at, column in enumerate(columns) if column.role in _NAMING]
    times = (at for at, column in enumerate(columns) if column.role is Role.TIME)
    if len(naming) != 1 or any(len({table.rows[row][at] for row in rows}) == len(rows) for at in times):
        return frozenset()
    labels = {table.rows[row][naming[0]] for row in rows}
    rest = [label for label in labels if label and is_rest(label)]
    if columns[naming[0]].role is not Role.CATEGORY or len(rest) != 1 or len(labels) <= _FEWEST:
        return frozenset()
    return frozenset(row for row in rows if table.rows[row][naming[0]] == rest[0])


def is_rest(label: str) -> bool:
    """Whether a label says no more than that it is the rest: Other, All others, Les autres."""
    words = [word for word in name_words(label) if not JOINING.has(word) and not TOTAL.has(word)]
    return bool(words) and all(map(REST.has, words))
