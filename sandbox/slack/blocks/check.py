"""Say what Slack would say to the blocks of a message or a view.

Rules of single blocks are in `blocks_kinds` and the modules below it; here is what counts over a whole
payload. Where documents disagree the stricter number holds, so that what passes here passes there.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.slack.blocks.charts import CHARTS
from sandbox.slack.blocks.kinds import MARKDOWN_CHARACTERS, block
from sandbox.slack.blocks.shapes import Review
from sandbox.slack.blocks.tables import DATA_TABLE_CHARACTERS, TABLE_CHARACTERS
from sandbox.slack.errors import SlackError

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
PAYLOAD_CHARACTERS = 13_200
"""Not documented; `msg_blocks_too_long` was seen near it (github.com/slackapi/bolt-js/issues/2509)."""
ATTACHMENTS = 100

Blocks = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class BlockRules:
    """What differs between workspaces and moments: the roll-out and the state of files."""

    unavailable: frozenset[str] = frozenset()
    file_ready: Callable[[str], bool] = lambda _file: False


def check_message(blocks: Any, attachments: Any, rules: BlockRules) -> None:
    """Pass the blocks and attachments of a message, or raise the `SlackError` that Slack answers."""
    review = Review("message", rules.unavailable, rules.file_ready)
    shown: Any = [] if blocks is None else blocks
    _look(shown, MESSAGE_BLOCKS, "/blocks", review)
    own_faults = list(review.faults)
    _look_into_attachments(attachments, review)
    if review.tables > 1:
        raise SlackError("invalid_attachments", messages=("[ERROR] only_one_table_allowed",))
    if review.faults:
        raise SlackError(
            "invalid_blocks" if own_faults else "invalid_attachments", messages=tuple(review.faults)
        )
    _sums(review, "/blocks")
    if review.faults:
        raise SlackError("invalid_blocks", messages=tuple(review.faults))
    if len(json.dumps(shown, ensure_ascii=False, separators=(",", ":"))) > PAYLOAD_CHARACTERS:
        raise SlackError("msg_blocks_too_long")


def view_faults(blocks: Any, surface: str, rules: BlockRules) -> tuple[str, ...]:
    """Give the complaints about the blocks of a modal or a Home tab."""
    review = Review(surface, rules.unavailable, rules.file_ready)
    _look(blocks, VIEW_BLOCKS, "/view/blocks", review)
    _sums(review, "/view/blocks")
    return tuple(review.faults)


def _look(blocks: Any, most: int, pointer: str, review: Review) -> None:
    if not isinstance(blocks, list):
        review.fault(pointer, "must be an array")
        return
    if len(blocks) > most:
        review.fault(pointer, f"no more than {most} items allowed")
    for position, each in enumerate(blocks):
        block(each, f"{pointer}/{position}", review)
    _unique(blocks, pointer, review)


def _look_into_attachments(attachments: Any, review: Review) -> None:
    if attachments is None:
        return
    if not isinstance(attachments, list) or len(attachments) > ATTACHMENTS:
        review.fault("/attachments", f"must be an array of at most {ATTACHMENTS}")
        return
    for position, attachment in enumerate(attachments):
        if isinstance(attachment, dict) and "blocks" in attachment:
            _look(attachment["blocks"], MESSAGE_BLOCKS, f"/attachments/{position}/blocks", review)


def _sums(review: Review, pointer: str) -> None:
    if review.markdown_characters > MARKDOWN_CHARACTERS:
        review.fault(pointer, f"markdown blocks must be less than {MARKDOWN_CHARACTERS + 1} characters")
    if review.table_characters > TABLE_CHARACTERS:
        review.fault(pointer, f"table cells must be less than {TABLE_CHARACTERS + 1} characters")
    if review.data_table_characters > DATA_TABLE_CHARACTERS:
        review.fault(pointer, f"table cells must be less than {DATA_TABLE_CHARACTERS + 1} characters")
    if review.charts > CHARTS:
        review.fault(pointer, f"no more than {CHARTS} data_visualization blocks allowed")


def _unique(blocks: Blocks, pointer: str, review: Review) -> None:
    named = [each["block_id"] for each in walk(blocks) if isinstance(each.get("block_id"), str)]
    for twice in sorted({name for name in named if named.count(name) > 1}):
        review.fault(pointer, f"block_id already exists: {twice}")
    for each in walk(blocks):
        actions = [str(found["action_id"]) for found in elements(each) if "action_id" in found]
        for twice in sorted({name for name in actions if actions.count(name) > 1}):
            review.fault(pointer, f"action_id already exists: {twice}")


def walk(blocks: Any) -> Blocks:
    """Give all blocks, those inside containers included."""
    found: Blocks = []
    for each in blocks if isinstance(blocks, list) else ():
        if isinstance(each, dict):
            found += [each, *walk(each.get("child_blocks"))]
    return found


def elements(block: dict[str, Any]) -> Blocks:
    """Give the interactive elements of a block."""
    parts = [block.get("accessory"), block.get("element")]
    lists = [block.get("elements"), block.get("actions")]
    parts += [part for each in lists if isinstance(each, list) for part in each]
    for row in block.get("rows", ()) if isinstance(block.get("rows"), list) else ():
        parts += [cell.get("element") for cell in row if isinstance(cell, dict)]
    return [part for part in parts if isinstance(part, dict)]
