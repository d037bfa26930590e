"""From the JSON of a result's schema to its columns; types outside the vendor's list stay as they came.

Vendor's page: https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-datatypes
"""

import re
from typing import Any

from genie.model import Column
from genie.protocol.coerce import Object, as_count, as_list, as_object, as_text

_NAMES = {
    "BIGINT": "LONG",
    "DEC": "DECIMAL",
    "INTEGER": "INT",
    "NUMERIC": "DECIMAL",
    "REAL": "FLOAT",
    "SMALLINT": "SHORT",
    "TINYINT": "BYTE",
    "VARCHAR": "STRING",
    "VOID": "NULL",
}
"""SQL names whose `type_name` differs, for a column that has only its `type_text`."""

_TEXT = re.compile(r"([A-Z_]+)(?:\s*\(\s*(\d{1,4})\s*(?:,\s*(\d{1,4})\s*)?\))?")


def columns(value: Any) -> tuple[Column, ...]:
    """Read the columns in the order of their positions, if the positions make one."""
    items = [as_object(item) for item in as_list(value)]
    positions = [as_count(item.get("position")) for item in items]
    if sorted(p for p in positions if p is not None) == list(range(len(items))):
        items.sort(key=lambda item: as_count(item.get("position")) or 0)
    return tuple(map(_column, items))


def _column(item: Object) -> Column:
    type_text = as_text(item.get("type_text"))
    name, precision, scale = _from_text(type_text.upper())
    type_name = as_text(item.get("type_name")).upper() or name or "STRING"
    from_text = type_name == "DECIMAL" == name
    return Column(
        name=as_text(item.get("name")),
        type_name=type_name,
        type_text=type_text,
        precision=_first(item.get("type_precision"), precision if from_text else None),
        scale=_first(item.get("type_scale"), scale if from_text else None),
    )


def _from_text(text: str) -> tuple[str, int | None, int | None]:
    """Read DECIMAL(28,2) as its name, precision and scale; DECIMAL(28) has no decimals."""
    found = _TEXT.match(text.strip())
    if found is None:
        return "", None, None
    name, precision, scale = found.groups()
    name = _NAMES.get(name, name)
    return (name, int(precision), int(scale or 0)) if precision else (name, None, None)


def _first(given: Any, read: int | None) -> int | None:
    number = as_count(given)
    return read if number is None else number
