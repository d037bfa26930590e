"""Every block type: where Slack takes it and what must be in it.

https://docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.slack.blocks import elements
from sandbox.slack.blocks.charts import data_visualization
from sandbox.slack.blocks.elements import ID, TYPE, mrkdwn, plain
from sandbox.slack.blocks.rich_text import RICH_TEXT
from sandbox.slack.blocks.shapes import (
    Check,
    Review,
    address,
    boolean,
    both,
    choice,
    items,
    shape,
    string,
    typed,
)
from sandbox.slack.blocks.tables import data_table, table, tables_in_markdown

MARKDOWN_CHARACTERS = 12_000
_CONTAINED = frozenset({"actions", "context", "divider", "header", "image", "section", "table"})
"""The children that both Slack's documentation and reports of its live validator allow."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One block type: its check and the surfaces on which Slack shows it."""

    check: Check
    surfaces: frozenset[str]


_EVERYWHERE = frozenset({"message", "modal", "home"})
_MESSAGE = frozenset({"message"})
_NOT_MODAL = frozenset({"message", "home"})
_OWN: Mapping[str, Check] = {"block_id": ID}


def _block(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    return shape({**TYPE, **required}, {**_OWN, **(optional or {})})


def _text_or_fields(value: Any, pointer: str, review: Review) -> None:
    if "text" not in value and "fields" not in value:
        review.fault(pointer, "must have text or fields")


def _markdown(value: Any, pointer: str, review: Review) -> None:
    _block({"text": string(MARKDOWN_CHARACTERS)})(value, pointer, review)
    text = value.get("text")
    if isinstance(text, str):
        review.markdown_characters += len(text)
        review.tables += tables_in_markdown(text)


def _container(value: Any, pointer: str, review: Review) -> None:
    _block(
        {"child_blocks": items(_child, 10)},
        {
            "title": plain(150),
            "rich_text_title": RICH_TEXT,
            "subtitle": mrkdwn(150),
            "width": choice("narrow", "standard", "wide", "full"),
            "icon": elements.IMAGE,
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
    )(value, pointer, review)
    if "title" not in value and "rich_text_title" not in value:
        review.fault(pointer, "must have title or rich_text_title")
    if value.get("default_collapsed") is True and value.get("is_collapsible") is not True:
        review.fault(f"{pointer}/default_collapsed", "requires is_collapsible")


def _child(value: Any, pointer: str, review: Review) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in _CONTAINED:
        review.fault(pointer, f"unsupported type in a container: {kind}")
    else:
        block(value, pointer, review)


def _different_tasks(value: Any, pointer: str, review: Review) -> None:
    tasks = value.get("tasks")
    ids = [task.get("task_id") for task in tasks if isinstance(task, dict)] if isinstance(tasks, list) else []
    for twice in sorted({name for name in ids if isinstance(name, str) and ids.count(name) > 1}):
        review.fault(f"{pointer}/tasks", f"task_id already exists: {twice}")


_TASK: Mapping[str, Check] = {"task_id": string(255), "title": string(256)}
_TASK_MORE: Mapping[str, Check] = {
    "details": RICH_TEXT,
    "output": RICH_TEXT,
    "sources": items(shape({"type": choice("url"), "url": address(), "text": string(256)}), 20),
}
_TASK_CARD = _block({**_TASK, "status": choice("in_progress", "complete", "error")}, _TASK_MORE)
_PLANNED = shape(
    {**_TASK, "status": choice("pending", "in_progress", "complete", "error")},
    {**_TASK_MORE, **TYPE, **_OWN},
)
_PLAN = both(_block({"title": string(256), "tasks": items(_PLANNED, 50)}), _different_tasks)
_CARD = _block(
    {},
    {
        "title": mrkdwn(150),
        "subtitle": mrkdwn(150),
        "body": mrkdwn(200),
        "icon": elements.IMAGE,
        "hero_image": elements.IMAGE,
        "actions": items(typed({"button": elements.BUTTON}), 3),
    },
)
_IMAGE = both(
    _block(
        {"alt_text": string(2_000)},
        {"image_url": address(), "slack_file": elements.slack_file, "title": plain(2_000)},
    ),
    elements.one_picture,
)
_SECTION = both(
    _block(
        {},
        {
            "text": mrkdwn(3_000),
            "fields": items(mrkdwn(2_000), 10),
            "accessory": elements.ACCESSORY,
            "expand": boolean,
        },
    ),
    _text_or_fields,
)
_INPUT = _block(
    {"label": plain(2_000), "element": elements.INPUTS},
    {"hint": plain(2_000), "optional": boolean, "dispatch_action": boolean},
)

KINDS: Mapping[str, Kind] = {
    "section": Kind(_SECTION, _EVERYWHERE),
    "header": Kind(_block({"text": plain(150)}), _EVERYWHERE),
    "context": Kind(_block({"elements": items(elements.CONTEXT, 10)}), _EVERYWHERE),
    "divider": Kind(_block({}), _EVERYWHERE),
    "actions": Kind(_block({"elements": items(elements.ACTIONS, 25)}), _EVERYWHERE),
    "context_actions": Kind(_block({"elements": items(elements.CONTEXT_ACTIONS, 5)}), _MESSAGE),
    "image": Kind(_IMAGE, _EVERYWHERE),
    "input": Kind(_INPUT, frozenset({"modal", "home"})),
    "markdown": Kind(_markdown, _MESSAGE),
    "rich_text": Kind(RICH_TEXT, _EVERYWHERE),
    "table": Kind(table, _MESSAGE),
    "data_table": Kind(data_table, _MESSAGE),
    "data_visualization": Kind(data_visualization, _NOT_MODAL),
    "container": Kind(_container, _MESSAGE),
    "task_card": Kind(_TASK_CARD, _MESSAGE),
    "plan": Kind(_PLAN, _MESSAGE),
    "card": Kind(_CARD, _EVERYWHERE),
    "carousel": Kind(_block({"elements": items(typed({"card": _CARD}), 10)}), _NOT_MODAL),
    "alert": Kind(
        _block({"text": mrkdwn(200)}, {"level": choice("default", "info", "warning", "error", "success")}),
        frozenset({"modal"}),
    ),
}


def block(value: Any, pointer: str, review: Review) -> None:
    """Look at one block of any type."""
    kind = value.get("type") if isinstance(value, dict) else None
    known = KINDS.get(kind) if isinstance(kind, str) else None
    if known is None or kind in review.unavailable:
        review.fault(f"{pointer}/type", f"unsupported block type: {kind}")
    elif review.surface not in known.surfaces:
        review.fault(f"{pointer}/type", f"unsupported block type in a {review.surface}: {kind}")
    else:
        known.check(value, pointer, review)
