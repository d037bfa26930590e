"""What the rows of a query are taken from: the tables it reads, and which of their rows."""

from collections.abc import Iterator

from sqlglot import exp

_MOST = 50
"""Tables and conditions that are told."""


def origin_of(query: exp.Expr) -> tuple[str, ...]:
    """Return the names of the tables, and the texts that its conditions compare with."""
    made = {each.alias_or_name.lower() for each in query.find_all(exp.CTE)}
    return tuple(dict.fromkeys(_origins(query, made)))[:_MOST]


def _origins(query: exp.Expr, made: set[str]) -> Iterator[str]:
    for table in query.find_all(exp.Table):
        if table.args.get("db") or table.name.lower() not in made:
            yield table.name
    for where in query.find_all(exp.Where):
        for condition in where.find_all(exp.EQ, exp.In):
            if isinstance(condition.this, exp.Column):
                yield from (each.name for each in condition.find_all(exp.Literal) if each.is_string)


def order_names(query: exp.Expr) -> tuple[str, ...]:
    """Return the names that ORDER BY gives, for a result whose columns only its rows tell."""
    order = query.args.get("order")
    if not isinstance(order, exp.Order):
        return ()
    keys = [each.this for each in order.expressions]
    return tuple(key.name for key in keys) if all(isinstance(key, exp.Column) for key in keys) else ()
