"""The rows of a result without the answer around them, as a watch shows them when it is asked to."""

from datetime import date

from genie.model import Table
from render import words
from render.answer.layouts import LAYOUTS, Layout
from render.answer.result import Result, read
from render.blockkit.blocks import Block, context, header, mrkdwn, plain, section
from render.blockkit.reply import Reply, Variant
from render.blockkit.text_reply import text_reply
from render.sql.model import UNREAD, QueryReading
from render.text.escape import literal_clipped, one_line
from render.text.limits import MESSAGE_WIRE, wire
from render.text.locales import Locale

LINE_WIRE = 400
_TITLE_WIRE = 300


def rows_alone(
    table: Table, title: str, locale: Locale, query: QueryReading = UNREAD, today: date | None = None
) -> Reply:
    """Show as many rows as there is room for, in every layout, and say how many there are."""
    about = f"*{literal_clipped(one_line(title), _TITLE_WIRE)}*"
    result = read(table, title, locale, query=query, today=today)
    if result is None:
        return text_reply(f"{about}\n{words.answer.NO_ROWS}")
    variants = tuple(_variant(result, layout, section(mrkdwn(about))) for layout in LAYOUTS)
    return Reply(about, variants)


def _variant(result: Result, layout: Layout, title: Block) -> Variant:
    above = [title, *([header(result.number)] if result.number else [])]
    fitted = result.fit(layout, MESSAGE_WIRE - wire(above) - LINE_WIRE)
    held = len(result.table.rows)
    total = max(result.table.total_rows or 0, held)
    counted = result.locale.whole(fitted.rows), result.locale.whole(total)
    line = words.watches.rows(*counted, is_part=fitted.rows < total)
    named = above[1:] if any("caption" in each for each in fitted.blocks) else above
    blocks = (*named, *fitted.blocks, context(plain(line)))
    return Variant(blocks, len(blocks), layout.name)
