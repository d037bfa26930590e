"""A reply of one sentence, perhaps with buttons: progress, trouble, help."""

from render.blocks import Element, actions, mrkdwn, section
from render.limits import MESSAGE_TEXT, clip
from render.reply import Reply, Rung


def note(sentence: str, *buttons: Element) -> Reply:
    """Show `sentence`, which must be safe mrkdwn, and below it the buttons."""
    blocks = [section(mrkdwn(sentence)), *([actions(*buttons)] if buttons else [])]
    return Reply(text=clip(sentence, MESSAGE_TEXT), rungs=(Rung(tuple(blocks), chart_at=len(blocks)),))
