"""Help, with the starter questions that the operator set."""

from collections.abc import Sequence

from render import words
from render.blockkit.blocks import Block, actions, context, mrkdwn, section
from render.blockkit.buttons import ButtonValue, button, encode
from render.blockkit.reply import Reply, Variant
from render.blockkit.text_reply import text_reply

STARTER = "starter"
"""Their buttons have the action ids `starter:0`, `starter:1`, ..."""


def help_reply(starters: Sequence[str], spaces: Sequence[str] = (), *, as_users: bool = False) -> Reply:
    """Explain how to ask, and introduce the Genie `spaces`; each starter is a button that asks it.

    `as_users`: people ask as themselves, and read how to sign in and out.
    """
    signing_in = words.commands.signing_in() if as_users else []
    return _with_starters(
        "\n".join([words.questions.HELP, *signing_in, words.questions.ASK_NOW]), spaces, starters
    )


def command_help(lines: Sequence[str], starters: Sequence[str], spaces: Sequence[str] = ()) -> Reply:
    """Explain what the slash command does, a line for each form of it, and introduce the Genie `spaces`."""
    return _with_starters("\n".join([words.commands.INTRODUCTION, *lines]), spaces, starters)


def _with_starters(text: str, spaces: Sequence[str], starters: Sequence[str]) -> Reply:
    reply = text_reply(text)
    below: list[Block] = []
    if spaces:
        head = (words.spaces.LISTED,) if len(spaces) > 1 else ()
        below.append(section(mrkdwn("\n".join((*head, *spaces)))))
    if starters:
        offered = [
            button(text, f"{STARTER}:{at}", encode(ButtonValue("", text))) for at, text in enumerate(starters)
        ]
        below += [context(mrkdwn(words.share.STARTERS)), actions(*offered)]
    shown = (*reply.variants[0].blocks, *below)
    return Reply(reply.text, (Variant(shown, len(shown)),))
