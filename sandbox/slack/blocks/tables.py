"""Slack's two native tables, `table` and `data_table`.

https://docs.slack.dev/reference/block-kit/blocks/table-block
https://docs.slack.dev/reference/block-kit/blocks/data-table-block
"""

import re
from collections.abc import Mapping
from typing import Any

from sandbox.slack.blocks import rich_text
from sandbox.slack.blocks.elements import BUTTON, ID
from sandbox.slack.blocks.shapes import (
    Check,
    Review,
    boolean,
    choice,
    integer,
    items,
    number,
    shape,
    string,
    typed,
)

TABLE_ROWS = 100
DATA_TABLE_ROWS = 101
"""Header included. The documentation also knows 201; the smaller number is certain to work."""
COLUMNS = 20
TABLE_CHARACTERS = 10_000
DATA_TABLE_CHARACTERS = 20_000

_TYPE: Mapping[str, Check] = {"type": string(50)}
_TEXT = 20_000
RAW_TEXT = shape({**_TYPE, "text": string(_TEXT)})
RAW_NUMBER = shape({**_TYPE, "value": number, "text": string(_TEXT)})
_PLAIN_CELLS: Mapping[str, Check] = {"raw_text": RAW_TEXT, "raw_number": RAW_NUMBER}
_CELLS: Mapping[str, Check] = {**_PLAIN_CELLS, "rich_text": rich_text.cell}
_ACTION_CELL = shape({**_TYPE, "element": typed({"button": BUTTON}), "fallback": typed(_PLAIN_CELLS)})
_SETTING = shape({}, {"align": choice("left", "center", "right"), "is_wrapped": boolean})


def _setting(value: Any, pointer: str, review: Review) -> None:
    if value is not None:  # null keeps the default of a column
        _SETTING(value, pointer, review)


def table(value: Any, pointer: str, review: Review) -> None:
    """Look at a `table` block."""
    review.tables += 1
    rows = items(items(typed(_CELLS), COLUMNS), TABLE_ROWS)
    shape({**_TYPE, "rows": rows}, {"column_settings": items(_setting, COLUMNS), "block_id": ID})(
        value, pointer, review
    )
    _equal_rows(value, pointer, review)
    review.table_characters += _characters(value)


def data_table(value: Any, pointer: str, review: Review) -> None:
    """Look at a `data_table` block."""
    review.tables += 1
    rows = items(items(typed({**_CELLS, "action_cell": _ACTION_CELL}), COLUMNS), DATA_TABLE_ROWS, 2)
    shape(
        {**_TYPE, "caption": string(_TEXT), "rows": rows},
        {
            "block_id": ID,
            "page_size": integer(1, 100),
            "row_header_column_index": integer(0, COLUMNS - 1),
        },
    )(value, pointer, review)
    _equal_rows(value, pointer, review)
    _plain_header(value, pointer, review)
    review.data_table_characters += _characters(value)


def _rows(block: dict[str, Any]) -> list[list[Any]]:
    rows = block.get("rows")
    return [row for row in rows if isinstance(row, list)] if isinstance(rows, list) else []


def _equal_rows(block: dict[str, Any], pointer: str, review: Review) -> None:
    if len({len(row) for row in _rows(block)}) > 1:
        review.fault(f"{pointer}/rows", "all rows must have the same number of cells")


def _plain_header(block: dict[str, Any], pointer: str, review: Review) -> None:
    rows = _rows(block)
    for column, cell in enumerate(rows[0] if rows else ()):
        if isinstance(cell, dict) and cell.get("type") not in _PLAIN_CELLS:
            review.fault(f"{pointer}/rows/0/{column}", "header cells must be raw_text or raw_number")
    header = block.get("row_header_column_index", 0)
    if rows and isinstance(header, int) and header >= len(rows[0]):
        review.fault(f"{pointer}/row_header_column_index", "must be the index of a column")


def _characters(block: dict[str, Any]) -> int:
    return sum(len(rich_text.written(cell)) for row in _rows(block) for cell in row)


_FENCE = re.compile(r"^\s*(```|~~~).*?^\s*\1", re.MULTILINE | re.DOTALL)
_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?\s*$|^\s*\|\s*:?-+:?\s*\|\s*$", re.MULTILINE)


def tables_in_markdown(text: str) -> int:
    """Count the tables that Slack would make of a `markdown` block."""
    return len(_RULE.findall(_FENCE.sub("", text)))
