"""Help, with the starter questions that the operator set."""

from collections.abc import Sequence

from render import words
from render.blockkit.blocks import Block, actions, context, mrkdwn
from render.blockkit.buttons import ButtonValue, button, encode
from render.blockkit.reply import Reply, Variant
from render.blockkit.text_reply import text_reply

STARTER = "starter"
"""Their buttons have the action ids `starter:0`, `starter:1`, ..."""


def help_reply(starters: Sequence[str], *, as_users: bool = False) -> Reply:
    """Explain how to ask, `as_users` with each person's own rights; each starter is a button that asks it."""
    reply = text_reply(words.questions.HELP_AS_YOU if as_users else words.questions.HELP)
    if not starters:
        return reply
    offered = [
        button(text, f"{STARTER}:{at}", encode(ButtonValue("", text))) for at, text in enumerate(starters)
    ]
    below: list[Block] = [context(mrkdwn(words.share.STARTERS)), actions(*offered)]
    shown = (*reply.variants[0].blocks, *below)
    return Reply(reply.text, (Variant(shown, len(shown)),))
