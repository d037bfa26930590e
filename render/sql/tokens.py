"""SQL taken apart into its tokens, each as it was written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlglot import tokenize
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import TokenType as T

CONDITIONS = frozenset({T.WHERE, T.HAVING, T.QUALIFY})
"""The clauses that leave rows out."""
CLAUSES = CONDITIONS | {
    T.SELECT, T.FROM, T.GROUP_BY, T.WINDOW, T.ORDER_BY, T.SORT_BY, T.CLUSTER_BY, T.DISTRIBUTE_BY,
    T.LIMIT, T.OFFSET, T.UNION, T.EXCEPT, T.INTERSECT,
}  # fmt: skip
"""What begins a clause of a query."""
QUERIES = frozenset({T.SELECT, T.WITH})
"""What a parenthesis begins with when a query is inside."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A token as it was written, and what stood before it: nothing, white space or comments."""

    kind: T
    text: str
    before: str


def pieces(sql: str) -> tuple[Piece, ...]:
    """Take SQL apart; ValueError when that cannot be done without losing something."""
    try:
        return tuple(_pieces(sql))
    except SqlglotError:
        raise ValueError("this SQL cannot be read") from None


def _pieces(sql: str) -> Iterator[Piece]:
    end = 0
    for token in tokenize(sql, dialect="databricks"):
        before = sql[end : token.start]
        if not _is_comment(before):
            raise ValueError("something is between the tokens")
        end = token.end + 1
        yield Piece(token.token_type, sql[token.start : end], before)
    if sql[end:].strip():
        yield Piece(T.COMMENT, "", sql[end:])


def _is_comment(text: str) -> bool:
    return text.strip()[:2] in {"", "--", "/*"}


def begins_clause(found: Sequence[Piece], at: int) -> bool:
    """Return whether this token begins a clause, and is not a name or a part of an expression."""
    kind = found[at].kind
    before = found[at - 1].kind if at else None
    if kind not in CLAUSES or before in {T.DOT, T.ALIAS}:
        return False
    if kind is T.FROM:
        return before is not T.DISTINCT  # x IS DISTINCT FROM y
    if kind is T.EXCEPT:
        return not _is_list(found, at + 1)  # * EXCEPT (a, b)
    return True


def _is_list(found: Sequence[Piece], at: int) -> bool:
    first, second = ([each.kind for each in found[at : at + 2]] + [T.SPACE] * 2)[:2]
    return first is T.L_PAREN and second not in QUERIES | {T.L_PAREN}
