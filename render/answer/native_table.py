"""Rows as Slack's own tables, and a card for one row.

A form keeps to the JSON characters that it is given as `room`, and `Fitted` says what it left out.
"""

from collections.abc import Callable

from render.answer.cells import Cells, Fitted, is_cut
from render.blockkit import blocks
from render.blockkit.blocks import BLANK, Block, Element
from render.text import limits
from render.text.escape import literal_clipped
from render.text.limits import clip_wire, wire

_ALL_COLUMNS = ((20, 240, 10), (20, 80, 10))
_TELLING_COLUMNS = ((8, 240, 4), (8, 80, 4), (8, 30, 4), (5, 30, 4), (2, 30, 1))
"""Columns, the JSON characters of a cell, and the rows that are enough: tried in turn until so many fit.

Many columns are shown where a page of rows fits, too; else people rather see more rows of the telling ones.
"""
_FEW_COLUMNS = 8
_CARD_SHAPES = ((40, 400), (40, 120), (40, 40), (10, 40), (5, 40))
_LABEL = 120
_PAGE = 12
"""Rows on one page of a data table: the months of a year, and little more than a phone shows at one time."""

Columns = tuple[int, ...]
Rows = list[list[Element]]


def data_table(cells: Cells, room: int, caption: str) -> Fitted:
    """Show the rows as a table that people can sort and page."""

    def draw(rows: Rows, columns: Columns) -> Block:
        names = columns.index(cells.order[0])
        return blocks.data_table(caption, rows, min(len(rows) - 1, _PAGE), row_header=names)

    def cell(text: str, sort: float | None, write: Callable[[str], Element]) -> Element:
        return write(text) if sort is None else blocks.raw_number(sort, text)

    return _native(cells, room, draw, cell, limits.DATA_TABLE_ROWS, limits.DATA_TABLE_TEXT)


def simple_table(cells: Cells, room: int) -> Fitted:
    """Show the rows as Slack's older table."""

    def draw(rows: Rows, columns: Columns) -> Block:
        return blocks.table(rows, [cells.right[at] for at in columns])

    def cell(text: str, _: float | None, write: Callable[[str], Element]) -> Element:
        return write(text)

    return _native(cells, room, draw, cell, limits.TABLE_ROWS - 1, limits.TABLE_TEXT)


def _native(
    cells: Cells,
    room: int,
    draw: Callable[[Rows, Columns], Block],
    cell: Callable[[str, float | None, Callable[[str], Element]], Element],
    most_rows: int,
    most_text: int,
) -> Fitted:
    """Fit the rows by narrowing row_cells first and columns then, until enough rows are in."""
    rows: Rows = []
    columns: Columns = ()
    shortened = False
    many = len(cells.headers) > _FEW_COLUMNS
    for count, size, enough in (*(_ALL_COLUMNS if many else ()), *_TELLING_COLUMNS):
        columns = cells.widest(count)
        rows = [[blocks.raw_text(clip_wire(cells.headers[at], min(size, _LABEL))) for at in columns]]
        room_left = room - wire(draw(rows, columns)) - len("10")
        text_left = most_text - sum(len(name["text"]) for name in rows[0])
        shortened = False
        for number, (row, sorts) in enumerate(zip(cells.rows[:most_rows], cells.sorts, strict=False)):
            texts = [clip_wire(row[at], size) for at in columns]
            write = blocks.bold_text if number in cells.totals else blocks.raw_text
            row_cells = [cell(text, sorts[at], write) for text, at in zip(texts, columns, strict=True)]
            room_left -= wire(row_cells) + len(", ")
            text_left -= sum(len(text or BLANK) for text in texts)
            if min(room_left, text_left) < 0:
                break
            rows.append(row_cells)
            shortened |= any(is_cut(row[at], text) for at, text in zip(columns, texts, strict=True))
        if len(rows) > min(enough, len(cells.rows)):
            break
    shown = len(rows) - 1
    return Fitted((draw(rows, columns),) if shown else (), shown, cells.without(columns), shortened)


def card(cells: Cells, room: int) -> Fitted:
    """Show one row as labels and values: read downwards, as on a phone."""
    for count, size in _CARD_SHAPES:
        columns = cells.widest(count)
        values = [clip_wire(cells.rows[0][at], size) for at in columns]
        labels = [literal_clipped(cells.headers[at], min(size, _LABEL)) for at in columns]
        drawn = blocks.fields(
            [
                (blocks.mrkdwn(f"*{label}*"), blocks.plain(value))
                for label, value in zip(labels, values, strict=True)
            ]
        )
        if wire(drawn) <= room:
            shortened = any(
                is_cut(cells.rows[0][at], value) for at, value in zip(columns, values, strict=True)
            )
            return Fitted(tuple(drawn), 1, cells.without(columns), shortened)
    return Fitted((), 0, cells.headers)
