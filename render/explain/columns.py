"""How the columns of a result are made, in the reader's words."""

from collections.abc import Iterator, Sequence

from render import words
from render.sql.model import Operation, QueryColumn
from render.text.escape import one_line
from render.text.limits import clip_wire

Line = tuple[tuple[str, bool], ...]
"""Pieces of text, each with whether it is a name out of the query."""

_NAME = 200
_MOST_SOURCES = 4
_OF_ONE = frozenset(
    {Operation.SUM, Operation.AVERAGE, Operation.MEDIAN, Operation.MIN, Operation.MAX, Operation.SPREAD}
)
_OVER_ROWS = frozenset({Operation.RUNNING, Operation.MOVING, Operation.REPEATED})


def lines(columns: Sequence[QueryColumn]) -> Iterator[Line]:
    """Say of each column how it is made; those of which the query says nothing more are left out."""
    for column in columns:
        said = _said(column)
        if said and column.name.strip():
            yield ((_shown(column.name), True), *_filled(words.explain.IS + said, column.sources))


def _said(column: QueryColumn) -> str:
    """Return the words for how a column is made; {} stands for the columns that it is made of."""
    known = words.explain.MADE.get(column.operation, "")
    if column.operation in _OVER_ROWS:
        known = words.explain.OVER_ROWS[column.operation].format(_inner(column))
    elif column.grain:
        known = words.explain.GRAINS.get((column.operation, column.grain), "")
    elif not column.sources:
        known = words.explain.MADE_OF_ROWS.get(column.operation, "")
    if "{}" in known and not column.sources:
        return ""
    if len(column.sources) > 1 and (column.aggregate or column.operation) in _OF_ONE:
        known = known.replace(" {}", words.explain.CALCULATED)
    return known + words.explain.SOME_ROWS if known and column.is_conditional else known


def _inner(column: QueryColumn) -> str:
    by_rows = words.explain.MADE if column.sources else words.explain.MADE_OF_ROWS
    return by_rows.get(column.aggregate or "", words.explain.VALUE)


def _filled(said: str, sources: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Put the names where {} stands."""
    before, gap, after = said.partition("{}")
    if before:
        yield before, False
    if gap:
        for at, source in enumerate(sources[:_MOST_SOURCES]):
            if at:
                yield words.explain.NEXT, False
            yield _shown(source), True
        if len(sources) > _MOST_SOURCES:
            yield words.explain.AND_OTHERS, False
    if after:
        yield after, False


def _shown(name: str) -> str:
    return clip_wire(one_line(name), _NAME) or words.values.NOTHING
