"""Help, with the starter questions that the operator set."""

from collections.abc import Sequence

from render import words
from render.blockkit.blocks import Block, actions, context, mrkdwn
from render.blockkit.buttons import ButtonValue, button, encode
from render.blockkit.reply import Reply, Variant
from render.blockkit.text_reply import text_reply

STARTER = "starter"
"""Their buttons have the action ids `starter:0`, `starter:1`, ..."""


def help_reply(starters: Sequence[str]) -> Reply:
    """Explain how to ask; each starter is a button that asks it."""
    return _with_starters(words.questions.HELP, starters)


def command_help(lines: Sequence[str], starters: Sequence[str]) -> Reply:
    """Explain what the slash command does, a line for each form of it."""
    return _with_starters("\n".join([words.commands.INTRODUCTION, *lines]), starters)


def _with_starters(text: str, starters: Sequence[str]) -> Reply:
    reply = text_reply(text)
    if not starters:
        return reply
    offered = [
        button(text, f"{STARTER}:{at}", encode(ButtonValue("", text))) for at, text in enumerate(starters)
    ]
    below: list[Block] = [context(mrkdwn(words.share.STARTERS)), actions(*offered)]
    shown = (*reply.variants[0].blocks, *below)
    return Reply(reply.text, (Variant(shown, len(shown)),))
