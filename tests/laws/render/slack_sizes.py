"""What Slack allows of blocks, written down a second time from its documentation.

Neither the bot nor the local Slack reads this. https://docs.slack.dev/reference/block-kit
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.shown import objects

Block = dict[str, Any]
MESSAGE = 12_000
"""Characters of a message's JSON; Slack names no number, but refused some near 13,200."""


def faults(blocks: list[Block]) -> Iterator[str]:
    """Say what Slack would refuse about the blocks of a message."""
    if not 1 <= len(blocks) <= 50:
        yield f"{len(blocks)} blocks"
    if len(json.dumps(blocks)) > MESSAGE:
        yield f"{len(json.dumps(blocks))} characters"
    everything = [*blocks, *(child for block in blocks for child in block.get("child_blocks", ()))]
    kinds = [block["type"] for block in everything]
    if kinds.count("table") + kinds.count("data_table") > 1:
        yield "more than one table"
    if kinds.count("data_visualization") > 2:
        yield "more than two charts"
    names = [block["block_id"] for block in everything if "block_id" in block]
    if len(set(names)) < len(names):
        yield "the same block_id twice"
    for block in everything:
        yield from _BLOCKS.get(block["type"], _unknown)(block)
    for part in objects(blocks):
        yield from _PARTS.get(part.get("type", ""), _nothing)(part)


def _unknown(block: Block) -> Iterator[str]:
    yield f"a block of type {block['type']}"


def _nothing(_: Block) -> Iterator[str]:
    yield from ()


def _size(what: str, text: str, most: int, least: int = 1) -> Iterator[str]:
    if not least <= len(text) <= most:
        yield f"{what} of {len(text)} characters"


def _count(what: str, things: list[Any], most: int, least: int = 1) -> Iterator[str]:
    if not least <= len(things) <= most:
        yield f"{len(things)} of {what}"


def _section(block: Block) -> Iterator[str]:
    if "text" in block:
        yield from _size("section", block["text"]["text"], 3_000)
    fields = block.get("fields", [])
    yield from _count("fields", fields, 10, 0 if "text" in block else 1)
    for field in fields:
        yield from _size("field", field["text"], 2_000)


def _actions(block: Block) -> Iterator[str]:
    yield from _count("elements", block["elements"], 25)
    ids = [element["action_id"] for element in block["elements"]]
    if len(set(ids)) < len(ids):
        yield "the same action_id twice"


def _container(block: Block) -> Iterator[str]:
    yield from _size("title", block["title"]["text"], 150)
    yield from _count("children", block["child_blocks"], 10)
    yield from (
        f"a {child['type']} in a container"
        for child in block["child_blocks"]
        if child["type"] in {"card", "carousel", "data_table", "container"}
    )


def _plan(block: Block) -> Iterator[str]:
    yield from _size("title", block["title"], 256)
    yield from _count("tasks", block["tasks"], 50)
    ids = [task["task_id"] for task in block["tasks"]]
    if len(set(ids)) < len(ids):
        yield "the same task_id twice"
    for task in block["tasks"]:
        yield from _size("task", task["title"], 256)


def _image(block: Block) -> Iterator[str]:
    yield from _size("alt_text", block["alt_text"], 2_000)
    if ("image_url" in block) == ("slack_file" in block):
        yield "an image without a source, or with two"


def _texts(cell: Block) -> list[str]:
    """Return what a cell shows; one that stands out is rich text."""
    parts = [cell] if "text" in cell else [part for each in cell["elements"] for part in each["elements"]]
    return [part["text"] for part in parts]


def _table(block: Block) -> Iterator[str]:
    native = block["type"] == "data_table"
    rows = block["rows"]
    yield from _count("rows", rows, 101 if native else 100, 2 if native else 1)
    for row in rows:
        yield from _count("cells", row, 20)
    if len({len(row) for row in rows}) != 1:
        yield "rows of different lengths"
    characters = sum(len(text) for row in rows for cell in row for text in _texts(cell))
    if characters > (20_000 if native else 10_000):
        yield f"{characters} characters in cells"
    if native:
        yield from _size("caption", block["caption"], 3_000)
        if not 1 <= block.get("page_size", 5) <= 100:
            yield f"pages of {block['page_size']}"


def _chart(block: Block) -> Iterator[str]:
    yield from _size("title", block["title"], 50)
    chart = block["chart"]
    if chart["type"] == "pie":
        yield from _count("slices", chart["segments"], 6)
        for part in chart["segments"]:
            yield from _size("label", part["label"], 20)
            if part["value"] <= 0:
                yield f"a slice of {part['value']}"
        return
    categories = chart["axis_config"]["categories"]
    yield from _count("categories", categories, 20)
    yield from _count("series", chart["series"], 6)
    for label in categories:
        yield from _size("category", label, 20)
    names = [series["name"] for series in chart["series"]]
    if len(set(names)) < len(names) or len(set(categories)) < len(categories):
        yield "a name twice"
    for series in chart["series"]:
        yield from _size("series", series["name"], 20)
        if [point["label"] for point in series["data"]] != categories:
            yield "a series with a gap"


def _button(part: Block) -> Iterator[str]:
    yield from _size("button", part["text"]["text"], 75)
    yield from _size("value", part.get("value", "-"), 2_000)
    yield from _size("url", part.get("url", "-"), 3_000)
    yield from _size("accessibility_label", part.get("accessibility_label", "-"), 75)
    yield from _size("action_id", part["action_id"], 255)


def _menu(part: Block) -> Iterator[str]:
    yield from _size("action_id", part["action_id"], 255)
    yield from _count("options", part["options"], 5 if part["type"] == "overflow" else 100)
    for option in part["options"]:
        yield from _size("option", option["text"]["text"], 75)
        yield from _size("value", option["value"], 150)
    if "initial_option" in part and part["initial_option"] not in part["options"]:
        yield "an initial option that is none"
    values = [option["value"] for option in part["options"]]
    if len(set(values)) < len(values):
        yield "two options of one value"


def _thumbs(part: Block) -> Iterator[str]:
    for name in ("positive_button", "negative_button"):
        yield from _size(name, part[name]["text"]["text"], 75)
        yield from _size("value", part[name]["value"], 2_000)


_Check = Callable[[Block], Iterator[str]]
_BLOCKS: dict[str, _Check] = {
    "section": _section,
    "header": lambda block: _size("header", block["text"]["text"], 150),
    "context": lambda block: _count("elements", block["elements"], 10),
    "divider": _nothing,
    "actions": _actions,
    "context_actions": lambda block: _count("elements", block["elements"], 5),
    "image": _image,
    "rich_text": lambda block: _count("elements", block["elements"], 1_000),
    "table": _table,
    "data_table": _table,
    "data_visualization": _chart,
    "container": _container,
    "plan": _plan,
}
_PARTS: dict[str, _Check] = {
    "plain_text": lambda part: _size("text", part["text"], 3_000),
    "mrkdwn": lambda part: _size("text", part["text"], 3_000),
    "raw_text": lambda part: _size("cell", part["text"], 20_000),
    "raw_number": lambda part: _size("cell", part["text"], 20_000),
    "text": lambda part: _size("text", part["text"], 20_000),
    "button": _button,
    "overflow": _menu,
    "static_select": _menu,
    "feedback_buttons": _thumbs,
}
