"""What experts have confirmed, as the bot's admins see it in Slack, each with a way to delete it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from render import words
from render.blockkit import blocks
from render.blockkit.blocks import Block
from render.blockkit.buttons import button
from render.blockkit.reply import Reply, Variant
from render.expert.card import name
from render.text.escape import literal_clipped, one_line
from render.text.limits import MESSAGE_WIRE, take
from render.words.results.values import moment

DELETE = "delete_confirmed"
"""Action id of a button whose value is the id of what it deletes."""
MOST = 20
_QUESTION_WIRE = 250
_LIST_WIRE = MESSAGE_WIRE - 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One confirmed question; its texts are data."""

    id: str
    question: str = field(repr=False)
    space: str
    by: str
    at: int
    """Milliseconds since 1970."""


def listing(entries: Sequence[Entry]) -> Reply:
    """List the newest, as many as a message takes, and say how the others are had."""
    newest = sorted(entries, key=lambda entry: entry.at, reverse=True)
    title = words.experts.LISTED if entries else words.experts.NOTHING_CONFIRMED
    listed = [*take(map(_entry, newest[:MOST]), _LIST_WIRE)]
    more = len(entries) - len(listed)
    shown = [
        blocks.section(blocks.mrkdwn(title)),
        *listed,
        *([blocks.context(blocks.mrkdwn(words.experts.and_more(more)))] if more > 0 else []),
    ]
    return Reply(text=title, variants=(Variant(tuple(shown), chart_at=len(shown)),))


def _entry(entry: Entry) -> Block:
    texts = words.experts
    said = texts.confirmed_entry(
        literal_clipped(one_line(entry.question), _QUESTION_WIRE),
        literal_clipped(one_line(entry.space), _QUESTION_WIRE),
        name(entry.by),
        moment(entry.at / 1000, texts.DAY),
    )
    asked = blocks.confirm(texts.DELETE_TITLE, texts.DELETE_EXPLAINED, texts.DELETE, texts.CANCEL)
    pressed = button(texts.DELETE, f"{DELETE}:{entry.id}", entry.id) | {"confirm": asked}
    return blocks.section(blocks.mrkdwn(said)) | {"accessory": pressed}
