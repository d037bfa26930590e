"""The messages about signing in to Databricks, and the Home tab."""

from collections.abc import Sequence
from typing import Any

from render import words
from render.blockkit.blocks import Block, actions, context, mrkdwn, section
from render.blockkit.buttons import button
from render.blockkit.reply import Reply
from render.blockkit.text_reply import text_reply

SIGN_IN, NEW_LINK, SIGN_OUT = "sign_in", "sign_in_link", "sign_out"
"""Action ids: the first is of a link, of whose click Slack tells us."""


def sign_in_reply(address: str, *sentences: str) -> Reply:
    """Offer a person a link to sign in, and another one for when that is used up."""
    said = words.sign_in
    offered = (button(said.SIGN_IN, SIGN_IN, url=address), button(said.NEW_LINK, NEW_LINK))
    return text_reply("\n".join((said.YOUR_LINK, *sentences)), *offered)


def home_as_bot() -> Block:
    """Show a person that the bot asks for everybody."""
    return _home(words.sign_in.HOME_AS_BOT)


def home_signed_in(name: str) -> Block:
    """Show a person as whom Databricks is asked."""
    return _home(words.sign_in.home_signed_in(name), [button(words.sign_in.SIGN_OUT, SIGN_OUT)])


def home_signed_out(address: str) -> Block:
    """Offer a person a link to sign in; none where no link could be made."""
    said = words.sign_in
    offered = [button(said.SIGN_IN, SIGN_IN, url=address)] if address else []
    return _home(said.HOME_SIGNED_OUT if address else said.NOT_IN, offered)


def home_refusing(sentence: str) -> Block:
    """Show a person only why the bot does not answer that person."""
    return {"type": "home", "blocks": [section(mrkdwn(sentence))]}


def _home(sentence: str, buttons: Sequence[dict[str, Any]] = ()) -> Block:
    blocks = [
        section(mrkdwn(sentence)),
        *([actions(*buttons)] if buttons else []),
        context(mrkdwn(words.sign_in.HOME_HELP)),
    ]
    return {"type": "home", "blocks": blocks}
