"""Questions that came by a click: nobody typed them, so our messages about them say who asked what."""

from bot.question import Held, Surface
from render.note import asked_by, under
from render.reply import Reply


def credited(held: Held, reply: Reply, text: str = "") -> Reply:
    """Put the asker and the question, which is `text` as long as it is not saved, above a short reply."""
    if held.question.surface is not Surface.BUTTON:
        return reply
    line = asked_by(held.question.asker, text or held.progress.text)
    return under(line, reply) if line else reply
