"""The conditions by which a query leaves rows out, as they were written."""

from collections.abc import Iterator, Sequence

from sqlglot.tokenizer_core import TokenType as T

from render.sql.tokens import CONDITIONS, Piece, begins_clause, pieces


def filters(sql: str) -> tuple[str, ...] | None:
    """Quote each condition of WHERE, HAVING and QUALIFY; those inside another are a part of it."""
    try:
        found = pieces(sql)
    except ValueError:
        return None
    return tuple(dict.fromkeys(_said(part) for clause in _clauses(found) for part in _split(clause)))


def _clauses(found: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Give the tokens of each clause of conditions."""
    depth, begun = 0, 0
    collected: list[Piece] | None = None
    for at, piece in enumerate(found):
        ends = depth < begun or (depth == begun and begins_clause(found, at))
        depth += (piece.kind is T.L_PAREN) - (piece.kind is T.R_PAREN)
        if collected is not None and (ends or depth < begun or piece.kind is T.SEMICOLON):
            yield collected
            collected = None
        if collected is not None:
            collected.append(piece)
        elif piece.kind in CONDITIONS and begins_clause(found, at) and not _of_aggregate(found, at):
            begun, collected = depth, []
    yield collected or []


def _of_aggregate(found: Sequence[Piece], at: int) -> bool:
    """Return whether a WHERE is that of `count(*) FILTER (WHERE x)`, which leaves no row out."""
    return [each.kind for each in found[max(0, at - 2) : at]] == [T.FILTER, T.L_PAREN]


def _split(clause: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Split at each AND that joins whole conditions; an OR keeps all of them together."""
    parts: list[list[Piece]] = [[]]
    depth = betweens = cases = 0
    for piece in clause:
        depth += (piece.kind is T.L_PAREN) - (piece.kind is T.R_PAREN)
        if depth == 0 and piece.kind is T.OR and not cases:
            yield list(clause)
            return
        cases += (piece.kind is T.CASE) - (piece.kind is T.END)
        betweens += piece.kind is T.BETWEEN and depth == 0
        if depth == 0 and not cases and piece.kind is T.AND and not betweens:  # not that of BETWEEN
            parts.append([])
            continue
        betweens -= piece.kind is T.AND and depth == 0 and betweens > 0
        parts[-1].append(piece)
    yield from (part for part in parts if part)


def _said(part: Sequence[Piece]) -> str:
    """Write tokens on one line as they were written, without comments."""
    return "".join((" " if each.before else "") + each.text for each in part).strip()
