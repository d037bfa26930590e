"""SQL laid out for reading, a clause to a line: only white space changes, each token stays as it was written.

sqlglot's own printer is not used, because it rewrites what it prints (`date_sub(d, 30)`, `x::int`).
sqlparse's breaks `IS DISTINCT FROM`, `* EXCEPT (a)` and windows, and takes seconds for nested parentheses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot.tokenizer_core import TokenType as T

from render.sql.tokens import CONDITIONS, QUERIES, Piece, begins_clause, pieces

LINE = 60
"""Characters up to which the lines of the query are left alone: a modal has room for no more."""
STEP = 2
DEEPEST = 40

JOINS = frozenset({T.JOIN, T.LEFT, T.RIGHT, T.FULL, T.INNER, T.CROSS, T.NATURAL, T.OUTER, T.SEMI, T.ANTI})
OPENING = frozenset({T.DISTINCT, T.ALL, T.HINT})
"""What stays beside SELECT."""


def laid_out(sql: str) -> str:
    """Return SQL with a line for each clause; as it is when it has good lines, or cannot be taken apart."""
    lines = sql.splitlines()
    if len(lines) > 1 and max(map(len, lines)) <= LINE:
        return sql
    try:
        before = pieces(sql)
        shown = _Layout(before).text()
        after = pieces(shown)
    except ValueError:
        return sql
    return shown if _same(before, after) else sql


def _same(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    return [(each.kind, each.text, each.before.split()) for each in before] == [
        (each.kind, each.text, each.before.split()) for each in after
    ]


@dataclass(slots=True)
class _Open:
    """A pair of parentheses that is open while we read, or the whole; `query`: a query is inside."""

    indent: int
    query: bool
    closes_at: int = 0
    clause: T | None = None
    betweens: int = 0
    cases: int = 0
    first: bool = False
    """The next token is the first thing that SELECT selects."""


class _Layout:
    """Writes the tokens one by one, each on the line where it belongs."""

    def __init__(self, found: Sequence[Piece]) -> None:
        self._found = found
        self._lines: list[str] = []
        self._line, self._indent = "", 0
        self._open = [_Open(0, query=True)]

    def text(self) -> str:
        """Write all of them."""
        for at, piece in enumerate(self._found):
            broken = self._comment(piece.before.strip(), own_line=piece.before.lstrip(" ")[:1] == "\n")
            indent = self._break(at)
            if indent is not None:
                self._new_line(indent)
            elif broken:
                self._new_line(self._open[-1].indent + STEP)
            elif piece.before:
                self._line += " "
            self._line += piece.text
            self._remember(at)
        return "\n".join([*self._lines, self._line]).strip()

    def _new_line(self, indent: int) -> None:
        if self._line.strip():
            self._lines.append(self._line.rstrip())
        self._indent = min(indent, DEEPEST)
        self._line = " " * self._indent

    def _comment(self, comment: str, *, own_line: bool) -> bool:
        """Write a comment; True when nothing may follow it on its line."""
        if not comment:
            return False
        if own_line:
            self._new_line(self._open[-1].indent)
        first, *others = comment.splitlines()
        self._line += f" {first}" if self._line.strip() else first
        for line in others:
            self._new_line(self._open[-1].indent)
            self._line += line.strip()
        return "\n" in comment or "--" in comment

    def _break(self, at: int) -> int | None:
        """Return the indent of a new line that this token begins, or None."""
        piece, inside = self._found[at], self._open[-1]
        if piece.kind is T.R_PAREN and len(self._open) > 1:
            return inside.closes_at if inside.query else None
        if not inside.query:
            return None
        if begins_clause(self._found, at) or self._joins(at):
            return inside.indent
        if inside.first and piece.kind not in OPENING:
            return inside.indent + STEP
        if at and self._found[at - 1].kind is T.COMMA:
            return {T.SELECT: inside.indent + STEP, None: inside.indent}.get(inside.clause)
        splits = piece.kind in {T.AND, T.OR} and inside.clause in CONDITIONS
        return inside.indent + STEP if splits and not (inside.betweens or inside.cases) else None

    def _joins(self, at: int) -> bool:
        """Return whether a join begins here, or a LATERAL VIEW."""
        kinds = [each.kind for each in self._found[max(0, at - 1) : at + 2]]
        if self._open[-1].clause is not T.FROM or len(kinds) < 3 or kinds[0] in JOINS:  # noqa: PLR2004
            return False
        is_call = kinds[2] is T.L_PAREN and kinds[1] is not T.JOIN  # left(name, 2)
        return kinds[1] is T.LATERAL or (kinds[1] in JOINS and not is_call)

    def _remember(self, at: int) -> None:
        """Keep what later tokens need to know."""
        kind, inside = self._found[at].kind, self._open[-1]
        inside.first = (inside.first and kind in OPENING) or kind is T.SELECT
        if inside.query and begins_clause(self._found, at):
            inside.clause, inside.betweens = kind, 0
        elif kind is T.L_PAREN:
            query = any(each.kind in QUERIES for each in self._found[at + 1 : at + 2])
            self._open.append(_Open(self._indent + STEP, query, self._indent))
        elif kind is T.R_PAREN and len(self._open) > 1:
            self._open.pop()
        elif kind is T.BETWEEN:
            inside.betweens += 1
        elif kind is T.AND:
            inside.betweens = max(0, inside.betweens - 1)
        elif kind in {T.CASE, T.END}:
            inside.cases = max(0, inside.cases + (1 if kind is T.CASE else -1))
