"""The tables that a query reads."""

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import traverse_scope

from render.sql.parsing import parse


def tables(sql: str) -> tuple[tuple[str, ...], ...] | None:
    """Name the tables and views, each by its parts, without those that the query makes itself (WITH)."""
    query = parse(sql)
    if query is None:
        return None
    try:
        scopes = traverse_scope(query)
    except (SqlglotError, RecursionError, ValueError):
        return None
    sources = (source for scope in scopes for source in scope.sources.values())
    named = [
        tuple(part.name for part in source.parts)
        for source in sources
        if isinstance(source, exp.Table) and isinstance(source.this, exp.Identifier)
    ]
    return tuple(dict.fromkeys(named)) if scopes else None
