"""Rows as text whose columns are aligned, for clients that know no tables."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wcwidth import width

from render.answer.cells import Cells, Fitted, is_cut
from render.blockkit import blocks
from render.blockkit.blocks import Block
from render.text.escape import in_fence
from render.text.limits import clip, take, wire

_LINE_WIDTH = 60
"""Columns of a line of code before Slack wraps it in a thread on a desktop."""
_HEADER_ROOM = 2
"""Columns that tabulate adds to a header."""
_GAP = 2
"""Columns between two texts."""
_CELL_WIDTHS = (40, 20)
_CARD_VALUE = 76
_FEW_ROWS = 3
_HEADER_LINES = 2
_BLOCK_WIRE = 160
"""JSON around a block of code, and how many characters such a block holds at least."""
_BLOCK_TEXT = 2_700


@dataclass(frozen=True, slots=True)
class Code:
    """One way to show aligned text: `draw` makes its blocks, `measure` counts the JSON of a line."""

    draw: Callable[[str], list[Block]]
    measure: Callable[[str], int]


RICH = Code(blocks.preformatted, wire)
FENCED = Code(blocks.fenced, lambda line: wire(in_fence(line)))


def columns(cells: Cells, room: int, code: Code) -> Fitted:
    """Show the rows as lines; columns that would make a line wrap are left out, the telling ones last."""
    lines: list[str] = []
    shown: tuple[int, ...] = ()
    texts: list[list[str]] = []
    for size in _CELL_WIDTHS:
        texts = [[clip_columns(text, size) for text in row] for row in (cells.headers, *cells.rows)]
        shown = _narrow(cells, texts)
        if len(shown) < len(cells.headers) and size != _CELL_WIDTHS[-1]:
            continue
        picked = [[row[at] for at in shown] for row in texts]
        drawn = _ruled(_draw(picked, [cells.right[at] for at in shown]), cells.totals)
        lines = list(take(drawn, _room(room), code.measure))
        if len(shown) == len(cells.headers) and len(lines) >= _HEADER_LINES + min(_FEW_ROWS, len(cells.rows)):
            break
    rows = max(0, len(lines) - _HEADER_LINES)
    shortened = any(
        is_cut(whole[at], row[at])
        for whole, row in zip(cells.rows[:rows], texts[1:], strict=False)
        for at in shown
    )
    block = code.draw("\n".join(lines)) if rows else []
    return Fitted(tuple(block), rows, cells.without(shown), shortened)


def card(cells: Cells, room: int, code: Code) -> Fitted:
    """Show one row as lines of label and value."""
    order = cells.widest(len(cells.order))
    lines = list(take(_pairs(cells, order), _room(room), code.measure))
    if len(lines) < len(order):
        order = cells.order
        lines = list(take(_pairs(cells, order), _room(room), code.measure))
    shown = order[: len(lines)]
    shortened = any(
        is_cut(text, clip_columns(text, _CARD_VALUE)) for text in (cells.rows[0][at] for at in shown)
    )
    drawn = tuple(code.draw("\n".join(lines))) if lines else ()
    return Fitted(drawn, min(1, len(lines)), cells.without(shown), shortened)


def _pairs(cells: Cells, order: Sequence[int]) -> list[str]:
    """Draw the labels and values of the first row, one pair a line."""
    values = [clip_columns(cells.rows[0][at], _CARD_VALUE) for at in order]
    labels = [clip_columns(cells.headers[at], _CELL_WIDTHS[1]) for at in order]
    return _tabulate(list(zip(labels, values, strict=True)), tablefmt="plain")


def _room(room: int) -> int:
    """Return what lines may take when the blocks around them are paid for."""
    return room - _BLOCK_WIRE * (room // _BLOCK_TEXT + 1)


def _narrow(cells: Cells, texts: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Choose the most telling columns whose widths together keep to a line, an amount among them."""
    kept = _fitting(cells.order, texts)
    if len(kept) == len(cells.order):
        return cells.widest(len(kept))
    amount = next((at for at in cells.order if cells.right[at]), kept[0])
    if amount not in kept:
        kept = _fitting(dict.fromkeys((kept[0], amount, *cells.order)), texts)
    return tuple(at for at in cells.order if at in kept)


def _fitting(order: Iterable[int], texts: Sequence[Sequence[str]]) -> list[int]:
    """Take the first of these columns that fit side by side, and one in any case."""
    left = _LINE_WIDTH + _GAP
    kept: list[int] = []
    for at in order:
        header, *below = (width(row[at]) for row in texts)
        left -= max((header + _HEADER_ROOM, *below)) + _GAP
        if left < 0 and kept:
            break
        kept.append(at)
    return kept


def _draw(rows: list[list[str]], right: list[bool]) -> list[str]:
    """Draw a header, a line below it and the rows."""
    alignment = ["right" if is_right else "left" for is_right in right]
    return _tabulate(rows[1:], headers=rows[0], tablefmt="simple", colalign=alignment)


def _ruled(lines: Sequence[str], totals: Collection[int]) -> Iterator[str]:
    """Set totals apart by the line that is below the header; it belongs to the row that follows it."""
    header, rule, *rows = lines
    yield from (header, rule)
    for at, line in enumerate(rows):
        apart = at > 0 and (at in totals) is not (at - 1 in totals)
        yield f"{rule}\n{line}" if apart else line


def _tabulate(rows: Sequence[Sequence[str]], **options: Any) -> list[str]:
    """Draw rows as lines of text; tabulate knows wide characters through wcwidth."""
    from tabulate import tabulate  # noqa: PLC0415 (the bot starts sooner without it)

    return [line.rstrip() for line in tabulate(rows, disable_numparse=True, **options).splitlines()]


def clip_columns(text: str, size: int) -> str:
    """Cut `text` to `size` columns of a terminal; a wide character takes two."""
    return clip(text, size, width, at_word=False)
