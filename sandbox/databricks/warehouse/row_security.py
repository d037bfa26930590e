"""Unity Catalog's part in a query: row filters, column masks and missing grants of who runs it.

https://docs.databricks.com/aws/en/data-governance/unity-catalog/filters-and-masks/
"""

import sqlglot
from sqlglot import exp

from sandbox.databricks.identities import Rights
from sandbox.databricks.warehouse.sample_data import TABLE
from sandbox.databricks.warehouse.statement_error import StatementError


def secured(query: exp.Query, rights: Rights) -> exp.Query:
    """Put what the rights let see in the place of the orders, or raise `StatementError`."""
    orders = [each for each in query.find_all(exp.Table) if _name(each) == TABLE]
    if orders and not rights.may_select(TABLE):
        reason = f"Insufficient privileges:\nUser does not have {rights.missing_grant}."
        raise StatementError(f"[INSUFFICIENT_PERMISSIONS] {reason} SQLSTATE: 42501")
    if rights.row_filter or rights.masks:
        for table in orders:
            table.replace(_seen(rights).subquery(table.alias_or_name))
    return query


def _name(table: exp.Table) -> str:
    return ".".join(part.name for part in table.parts).lower()


def _seen(rights: Rights) -> exp.Select:
    masks = [sqlglot.parse_one(mask, read="databricks").as_(column) for column, mask in rights.masks.items()]
    star = exp.Star(replace=masks) if masks else exp.Star()
    return exp.select(star).from_(TABLE).where(rights.row_filter or None, dialect="databricks")
