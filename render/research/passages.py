"""A report's prose with its tables, in the order in which Genie wrote them, within a share of the message.

A message holds one table of Slack's own: the first table is that, the others are aligned text. Each says how
many of its rows are shown; none is drawn as a chart, as Genie may have sent a part of its rows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from genie.model import Cell, Column, Table
from render import words
from render.answer.cells import Fitted
from render.answer.layouts import ALIGNED, SECTIONS, Layout
from render.answer.result import Result
from render.answer.result import read as read_rows
from render.blockkit import blocks
from render.blockkit.blocks import Block
from render.research.model import Excerpt, Passage
from render.text.escape import literal_clipped, one_line
from render.text.limits import SECTION_TEXT, pack, take, wire
from render.text.locales import ANYWHERE, Locale
from render.text.markdown import pieces, plain, with_tables

_PIECE = 1_000
_TITLE_WIRE = 240
_TABLE_WIRE = 2_400
"""JSON that one table has in any case; the rest of its rows is in the file."""
_MOST_TABLES = 3
_FRAME = 120
"""JSON around a section."""
_LEAST = 700
"""JSON below which a table is not begun."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Blocks of a report, and whether some of it is not among them."""

    blocks: tuple[Block, ...]
    cut: bool


def show(passages: Sequence[Passage], room: int, layout: Layout, locale: Locale = ANYWHERE) -> Shown:
    """Show the first passages that `room` characters of JSON hold, the last one in part."""
    shown: list[Block] = []
    tables, cut = 0, False
    for number, passage in enumerate(passages):
        left = room - wire(shown)
        if isinstance(passage, Excerpt):
            may_show = tables < _MOST_TABLES and left >= _LEAST
            own = _aligned(layout) if tables else layout
            room_here = min(left, _share(passages[number:], left, tables)) if may_show else 0
            drawn, complete = _table(passage, room_here, own, locale)
            tables += bool(drawn)
        else:
            drawn, complete = _prose(passage, left)
        shown += drawn
        cut |= not complete
        if isinstance(passage, str) and not complete:
            break  # what comes later would seem to follow here
    return Shown(tuple(shown), cut)


def whole(passages: Sequence[Passage]) -> list[str]:
    """Return all of it as paragraphs of Markdown, for a file."""
    return [_as_markdown(each) if isinstance(each, Excerpt) else each.strip() for each in passages]


def parted(markdown: str) -> Iterator[Passage]:
    """Part Genie's Markdown into its text and the tables in it."""
    for part in with_tables(markdown):
        if isinstance(part, str):
            yield from [part.strip("\n")] if part.strip() else []
        else:
            header, *rows = part
            columns = tuple(map(Column, header))
            yield Excerpt("", Table(columns, tuple(map(tuple, rows)), total_rows=len(rows)))


def _share(rest: Sequence[Passage], left: int, tables: int) -> int:
    """Return the JSON that the first of `rest`, a table, may have, so that the others have as much."""
    prose = sum(wire(each) + _FRAME for each in rest if isinstance(each, str))
    others = sum(isinstance(each, Excerpt) for each in rest)
    return max(_TABLE_WIRE, (left - prose) // min(others, _MOST_TABLES - tables))


def _prose(markdown: str, room: int) -> tuple[list[Block], bool]:
    """Convert as much as fits; the JSON around each section is paid for."""
    room -= _FRAME * (room // SECTION_TEXT + 1)
    found = list(pieces(markdown, _PIECE))
    kept = list(take(found, room))
    if found and not kept and room > _LEAST:
        kept = [literal_clipped(plain(markdown), room)]
    texts = [text.strip("\n") for text in pack(kept, SECTION_TEXT) if text.strip()]
    return [blocks.section(blocks.mrkdwn(text)) for text in texts], len(kept) == len(found)


def _table(excerpt: Excerpt, room: int, layout: Layout, locale: Locale) -> tuple[list[Block], bool]:
    """Draw the first rows, and say what is missing; nothing of a table without any."""
    result = read_rows(excerpt.table, excerpt.title, locale)
    if result is None or not room:
        return [], result is None
    result = replace(result, chart=None, choices=())
    title = literal_clipped(one_line(plain(excerpt.title)), _TITLE_WIRE)
    head = [blocks.section(blocks.mrkdwn(f"*{title}*"))] if title else []
    fitted = _fitted(result, room - wire(head), layout)
    line = _line(result, fitted.rows)
    below = [layout.context(blocks.plain(line))] if line else []
    complete = fitted.rows == len(excerpt.table.rows) and not (fitted.left_out or fitted.shortened)
    if not fitted.blocks:
        return [], complete
    named = [] if "caption" in fitted.blocks[0] else head
    return [*named, *fitted.blocks, *below], complete


def _fitted(result: Result, room: int, layout: Layout) -> Fitted:
    if len(result.table.rows) == 1:
        return layout.card(result.cells, room)
    return layout.table(result.cells, room, result.caption)


def _line(result: Result, shown: int) -> str:
    """Say how many rows are shown of how many; nothing where all are."""
    table = result.table
    total = None if table.truncated else max(table.total_rows or 0, len(table.rows))
    if total is not None and shown >= total:
        return ""
    return words.research.first_rows(shown, total, locale=result.locale)


def _aligned(layout: Layout) -> Layout:
    """Return the layout with tables that are text, as a message has no second one of Slack's own."""
    return layout if layout is SECTIONS else replace(layout, table=ALIGNED.table, card=ALIGNED.card)


def _as_markdown(excerpt: Excerpt) -> str:
    """Write a table as Markdown, with how many of its rows these are."""
    table = excerpt.table
    header = _row([column.name for column in table.columns])
    lines = [header, _row(["---"] * len(table.columns)), *(_row(row) for row in table.rows)]
    held, total = len(table.rows), None if table.truncated else table.total_rows
    below = ["", words.research.first_rows(held, total)] if table.incomplete else []
    above = [f"### {one_line(excerpt.title)}", ""] if excerpt.title else []
    return "\n".join([*above, *lines, *below])


def _row(cells: Iterable[Cell]) -> str:
    return f"| {' | '.join(one_line(cell or '').replace('|', chr(92) + '|') for cell in cells)} |"
