"""One constructor for each Block Kit block that we send; none can exceed Slack's limits.

Strings named `mrkdwn` must come from `render.text` or `render.words`; every other string is
data and goes where Slack parses nothing. https://docs.slack.dev/reference/block-kit/blocks
"""

import re
from collections.abc import Sequence
from typing import Any

from render.text import limits
from render.text.escape import clean, code_parts, fences, one_line
from render.text.limits import clip
from render.words.results.charts import CHART

Block = dict[str, Any]
"""One Block Kit block, as Slack takes it."""
Element = dict[str, Any]
"""A text object, a button, a cell: what blocks are made of."""

BLANK = " "
"""Slack refuses a text without any character."""


def plain(text: str, size: int = limits.SECTION_TEXT) -> Element:
    """Make a plain_text object: no markup and no emoji codes."""
    return {"type": "plain_text", "text": clip(clean(text), size) or BLANK, "emoji": False}


def mrkdwn(mrkdwn: str) -> Element:
    """Make a mrkdwn object in which Slack links nothing by itself."""
    return {"type": "mrkdwn", "text": clip(mrkdwn, limits.SECTION_TEXT) or BLANK, "verbatim": True}


def section(text: Element) -> Block:
    """Make a paragraph, never folded behind "see more"."""
    return {"type": "section", "text": text, "expand": True}


def fields(pairs: Sequence[tuple[Element, Element]]) -> list[Block]:
    """Set labels and values side by side, in as many sections as they need."""
    cells = [_field(cell) for pair in pairs for cell in pair]
    step = limits.SECTION_FIELDS
    return [{"type": "section", "fields": cells[at : at + step]} for at in range(0, len(cells), step)]


def _field(text: Element) -> Element:
    return {**text, "text": clip(text["text"], limits.FIELD_TEXT)}


def header(text: str) -> Block:
    """Make large text on one line."""
    return {"type": "header", "text": plain(one_line(text), limits.HEADER_TEXT)}


def context(*elements: Element) -> Block:
    """Make small grey text; Slack takes ten elements."""
    return {"type": "context", "elements": list(elements[: limits.CONTEXT_ELEMENTS])}


def actions(*buttons: Element) -> Block:
    """Make a row of buttons; Slack takes 25."""
    return {"type": "actions", "elements": list(buttons[: limits.ACTIONS_ELEMENTS])}


def context_actions(*elements: Element) -> Block:
    """Make a row of thumbs and icons at the end of a message; Slack takes five."""
    return {"type": "context_actions", "elements": list(elements[: limits.CONTEXT_ACTIONS_ELEMENTS])}


def image(file_id: str, alt_text: str) -> Block:
    """Show a picture that was uploaded before; a screen reader says the alternative text."""
    alternative = limits.clip_wire(one_line(alt_text) or CHART, ALT_TEXT_WIRE)
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": alternative}


ALT_TEXT_WIRE = 800
"""Far below Slack's limit, because a picture shares the message's size with the rows."""


def preformatted(code: str) -> list[Block]:
    """Show code or aligned text of any length as rich text, in which nothing is parsed."""
    return [
        {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [_text(part)]}]}
        for part in code_parts(code, limits.SECTION_TEXT)
    ]


def bullets(title: str, items: Sequence[str], *, code: bool = False) -> Block:
    """List short texts under a bold title as rich text, in which nothing is parsed."""
    return bullets_of(title, [((item, code),) for item in items])


def bullets_of(title: str, items: Sequence[Sequence[tuple[str, bool]]]) -> Block:
    """List lines under a bold title as rich text; of each piece it is said whether it is code."""
    return bullets_of_parts(title, [[rich_text(text, code=code) for text, code in item] for item in items])


def bullets_of_parts(title: str, items: Sequence[Sequence[Element]]) -> Block:
    """List lines under a bold title, each of `rich_text`, `rich_link` and `rich_date`."""
    listed = [{"type": "rich_text_section", "elements": list(item)} for item in items]
    name = {"type": "rich_text_section", "elements": [{**_text(title), "style": {"bold": True}}]}
    lines = {"type": "rich_text_list", "style": "bullet", "elements": listed}
    return {"type": "rich_text", "elements": [name, lines]}


def rich_text(text: str, *, code: bool = False, bold: bool = False) -> Element:
    """Make a piece of rich text, in which nothing is parsed."""
    return _styled(_text(text), code=code, bold=bold)


def rich_link(url: str, text: str, *, code: bool = False) -> Element:
    """Make a link of rich text; the address must be ours."""
    return _styled({"type": "link", "url": url, "text": text or BLANK}, code=code)


def rich_date(seconds: int, shown: str, fallback: str) -> Element:
    """Make a moment, in seconds since 1970, that Slack shows in the reader's own time zone and language."""
    return {"type": "date", "timestamp": seconds, "format": shown, "fallback": fallback}


def _styled(element: Element, **styles: bool) -> Element:
    style = {name: True for name, is_set in styles.items() if is_set}
    return element | ({"style": style} if style else {})


def quote(text: str) -> Block:
    """Quote a user as rich text, in which nothing is parsed."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [_text(text)]}]}


def fenced(code: str) -> list[Block]:
    """Show the same as sections, which every client and every container takes."""
    return [section(mrkdwn(part)) for part in fences(code, limits.SECTION_TEXT)]


def _text(text: str) -> Element:
    return {"type": "text", "text": text or BLANK}


def container(title: str, children: Sequence[Block]) -> Block:
    """Fold blocks behind a title. https://docs.slack.dev/reference/block-kit/blocks/container-block."""
    return {
        "type": "container",
        "title": plain(one_line(title), limits.CONTAINER_TITLE),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": list(children[: limits.CONTAINER_CHILDREN]),
    }


def task(number: int, title: str, status: str) -> Element:
    """Make a card of a plan; `status` is a word of Slack's, and no two cards have the same number."""
    shown = clip(one_line(title), limits.TASK_TITLE) or BLANK
    return {"type": "task_card", "task_id": f"{number}", "title": shown, "status": status}


def plan(title: str, tasks: Sequence[Element]) -> Block:
    """Show steps as cards; Slack takes 50. https://docs.slack.dev/reference/block-kit/blocks/plan-block."""
    shown = clip(one_line(title), limits.PLAN_TITLE) or BLANK
    return {"type": "plan", "title": shown, "tasks": list(tasks[: limits.PLAN_TASKS])}


def raw_text(text: str) -> Element:
    """Make a cell that Slack shows as it is."""
    return {"type": "raw_text", "text": text or BLANK}


def raw_number(value: float, text: str) -> Element:
    """Make a cell that shows `text` and sorts as `value`."""
    exact = int(value) if float(value).is_integer() and abs(value) < 2**53 else value
    return {"type": "raw_number", "value": exact, "text": text or BLANK}


def bold_text(text: str) -> Element:
    """Make a cell that stands out."""
    section = {"type": "rich_text_section", "elements": [{**_text(text), "style": {"bold": True}}]}
    return {"type": "rich_text", "elements": [section]}


def data_table(caption: str, rows: Sequence[Sequence[Element]], page_size: int, row_header: int = 0) -> Block:
    """Make a paged table that people can sort; the first row is its header, a column names the rows.

    https://docs.slack.dev/reference/block-kit/blocks/data-table-block
    """
    return {
        "type": "data_table",
        "caption": clip(one_line(caption), limits.HEADER_TEXT) or BLANK,
        "page_size": max(1, min(page_size, limits.DATA_TABLE_ROWS)),
        **({"row_header_column_index": row_header} if row_header else {}),
        "rows": _grid(rows, limits.DATA_TABLE_ROWS + 1),
    }


def table(rows: Sequence[Sequence[Element]], right: Sequence[bool]) -> Block:
    """Make a plain table; the columns marked in `right` hold numbers and are aligned to the right.

    https://docs.slack.dev/reference/block-kit/blocks/table-block
    """
    settings = [{"align": "right" if is_right else "left", "is_wrapped": not is_right} for is_right in right]
    return {
        "type": "table",
        "column_settings": settings[: limits.TABLE_COLUMNS],
        "rows": _grid(rows, limits.TABLE_ROWS),
    }


def _grid(rows: Sequence[Sequence[Element]], height: int) -> list[list[Element]]:
    return [list(row[: limits.TABLE_COLUMNS]) for row in rows[:height]]


def mention(user_id: str) -> str:
    """Name a person in mrkdwn, or return nothing when the id is not one."""
    return f"<@{user_id}>" if re.fullmatch(r"[UW][A-Z0-9]{1,20}", user_id) else ""


def channel(channel_id: str) -> str:
    """Name a channel in mrkdwn, or return nothing when the id is not one."""
    return f"<#{channel_id}>" if re.fullmatch(r"[CG][A-Z0-9]{1,20}", channel_id) else ""


def confirm(title: str, text: str, yes: str, no: str) -> Element:
    """Make the question that Slack asks before a press counts."""
    return {
        "title": plain(title, limits.CONFIRM_TITLE),
        "text": plain(text, limits.CONFIRM_TEXT),
        "confirm": plain(yes, limits.CONFIRM_BUTTON),
        "deny": plain(no, limits.CONFIRM_BUTTON),
    }


def input_block(block_id: str, label: str, element: Element) -> Block:
    """Make a field of a modal, which must be filled in."""
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element}


def modal(
    title: str,
    blocks: Sequence[Block],
    close: str,
    *,
    submit: str = "",
    callback_id: str = "",
    private_metadata: str = "",
) -> Block:
    """Make a view to read and close or, with `submit`, to send; `private_metadata` comes back with it."""
    view = {
        "type": "modal",
        "title": plain(one_line(title), limits.VIEW_TITLE),
        "close": plain(close, limits.VIEW_TITLE),
        "blocks": list(blocks[: limits.VIEW_BLOCKS]),
    }
    if not submit:
        return view
    sent = {"callback_id": callback_id, "private_metadata": private_metadata}
    return view | sent | {"submit": plain(submit, limits.VIEW_TITLE)}
