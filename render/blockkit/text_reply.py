"""A reply of one sentence, perhaps with buttons: progress, failures, help."""

from dataclasses import replace

from render import words
from render.blockkit.blocks import Element, actions, context, mention, mrkdwn, section
from render.blockkit.reply import Reply, Variant
from render.text.escape import literal_clipped, one_line
from render.text.limits import MESSAGE_TEXT, clip

_QUESTION_WIRE = 300


def text_reply(sentence: str, *buttons: Element) -> Reply:
    """Show `sentence`, which must be safe mrkdwn, and below it the buttons."""
    blocks = [section(mrkdwn(sentence)), *([actions(*buttons)] if buttons else [])]
    return Reply(text=clip(sentence, MESSAGE_TEXT), variants=(Variant(tuple(blocks), chart_at=len(blocks)),))


def quiet_reply(line: str) -> Reply:
    """Show a line of safe mrkdwn, small and grey."""
    return Reply(text=clip(line, MESSAGE_TEXT), variants=(Variant((context(mrkdwn(line)),), chart_at=1),))


def asked_by(user: str, question: str) -> str:
    """Name the user who clicked and the question that this asked; empty without a user."""
    asker = mention(user)
    return words.share.asked_by(asker, literal_clipped(one_line(question), _QUESTION_WIRE)) if asker else ""


def over(line: str, reply: Reply) -> Reply:
    """Put a quiet line of safe mrkdwn below a short reply."""
    below = context(mrkdwn(line))
    variants = (replace(variant, blocks=(*variant.blocks, below)) for variant in reply.variants)
    return replace(reply, variants=tuple(variants))


def under(line: str, reply: Reply) -> Reply:
    """Put a quiet line of safe mrkdwn above a short reply."""
    above = context(mrkdwn(line))
    variants = (Variant((above, *variant.blocks), variant.chart_at + 1) for variant in reply.variants)
    return replace(reply, variants=tuple(variants))
