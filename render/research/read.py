"""Reads what Genie's agent mode sends into what is shown: queries, thoughts, and the report."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from genie.agent_model import Item, Prose, Reasoning, ResultPart, ToolCall, ToolOutput
from genie.model import Cell, Table
from render.research.model import Citation, Excerpt, Passage, Step, StepStatus
from render.research.passages import parted

SQL_TOOL = "execute_sql"
MOST_ROWS = 100
"""In what a tool gives back: with so many there may be more."""
SYSTEM = "system"
"""Says why a run failed, which is told in words of ours."""
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?")
"""A number as SQL writes it; with a zero before it or more digits it is a code."""
_RULE = frozenset("|:- \t")
"""What stands in the line between the head of a table and its rows."""
_BROKEN = "error"
"""Begins what a query gave that did not work."""


@dataclass(frozen=True, slots=True)
class _Query:
    """A query of a run, with what it gave, if that is there already."""

    sql: str
    title: str
    output: ToolOutput | None

    @property
    def failed(self) -> bool:
        return self.output is not None and self.output.markdown.strip().lower().startswith(_BROKEN)

    def table(self) -> Table | None:
        """Return the rows that it gave, as far as Genie sends them."""
        found = parted(self.output.markdown) if self.output and not self.failed else iter(())
        table = next((each.table for each in found if isinstance(each, Excerpt)), None)
        if table is None:
            return None
        typed = _typed(table)
        return replace(typed, total_rows=None, truncated=True) if len(table.rows) >= MOST_ROWS else typed


def steps(items: Sequence[Item]) -> tuple[Step, ...]:
    """Return the queries of a run, those with the same SQL once."""
    totals = {_squeezed(each.sql): each.total_rows for each in items if isinstance(each, ResultPart)}
    return tuple(_step(query, totals) for query in _queries(items))


def thought(items: Sequence[Item]) -> str:
    """Return what Genie thought last."""
    return next((each.text for each in reversed(items) if isinstance(each, Reasoning)), "")


def read_report(
    items: Sequence[Item], below: Collection[str]
) -> tuple[tuple[Passage, ...], tuple[Citation, ...]]:
    """Return the report; the tables of the SQL in `below` have answers of their own."""
    prose = [each for each in items if isinstance(each, Prose) and each.role != SYSTEM]
    cited = [Citation(cite.title, cite.url) for each in prose for cite in each.citations]
    passages = (each for each in _passages(items, below) if isinstance(each, str) or each.table.rows)
    return tuple(passages), tuple(dict.fromkeys(cited))


def _passages(items: Sequence[Item], below: Collection[str]) -> Iterator[Passage]:
    """Give words and tables in Genie's order, then tables that the words leave out or were not reached."""
    shown = {_squeezed(sql) for sql in below}
    for each in items:
        if isinstance(each, Prose) and each.role != SYSTEM:
            yield from parted(each.text)
        elif isinstance(each, ResultPart) and _has_rows(each) and _squeezed(each.sql) not in shown:
            shown.add(_squeezed(each.sql))
            yield Excerpt("", Table(each.columns, each.rows, total_rows=each.total_rows))
    for query in _queries(items):
        table = None if query.sql in shown else query.table()
        if table:
            yield Excerpt(query.title, table)


def _has_rows(part: ResultPart) -> bool:
    return part.available and bool(part.rows)


def _queries(items: Sequence[Item]) -> list[_Query]:
    """Return each query once, under its first title, with the newest that it gave."""
    outputs = {each.call_id: each for each in items if isinstance(each, ToolOutput) and each.complete}
    found: dict[str, _Query] = {}
    for call in items:
        if isinstance(call, ToolCall) and call.name == SQL_TOOL:
            sql, output = _squeezed(call.sql), outputs.get(call.call_id)
            before = found.get(sql or call.id, _Query(sql, "", None))
            title = before.title or call.title or (output.title if output else "")
            found[sql or call.id] = _Query(sql, title, output or before.output)
    return [*found.values()]


def _typed(table: Table) -> Table:
    """Return the same with numbers as such: a tool gives values as they are, and tells no types."""
    rows = [tuple(cell or None for cell in row) for row in table.rows]
    cells = zip(*rows, strict=True) if rows else iter([()] * len(table.columns))
    columns = [
        replace(column, type_name="DOUBLE") if any(values) and all(map(_is_number, values)) else column
        for column, values in zip(table.columns, cells, strict=True)
    ]
    return replace(table, columns=tuple(columns), rows=tuple(rows))


def _is_number(cell: Cell) -> bool:
    return cell is None or _NUMBER.fullmatch(cell) is not None


def _squeezed(sql: str) -> str:
    return " ".join(sql.split()).rstrip("; ")


def _step(query: _Query, totals: Mapping[str, int | None]) -> Step:
    if query.output is None:
        return Step(query.title)
    if query.failed:
        return Step(query.title, StepStatus.FAILED)
    total = totals.get(query.sql)
    if total is not None:
        return Step(query.title, StepStatus.DONE, total)
    rows = _count_rows(query.output.markdown)
    return Step(query.title, StepStatus.DONE, rows, more_rows=rows is not None and rows >= MOST_ROWS)


def _count_rows(markdown: str) -> int | None:
    """Count the rows of the first table by its lines: to read Markdown at each edit would hold the loop."""
    lines = markdown.splitlines()
    for number, (above, line) in enumerate(pairwise(lines), 2):
        if "|" in above and "-" in line and _RULE.issuperset(line):
            return sum(1 for _ in takewhile(str.strip, lines[number:]))
    return None
