"""The messages about signing in to Databricks."""

from render import words
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
