"""Offers to one person to ask with the own rights, as an answer or a thread is another person's."""

from render import words
from render.blockkit.buttons import ButtonValue, about_question, button, encode
from render.blockkit.reply import Reply
from render.blockkit.text_reply import text_reply

ASK_AS_MYSELF = "ask_as_myself"
"""Action id; the value is the question to ask, or the id of the question or message that says it.

That of a question that a button offers goes on with the button's own action id.
"""


def instead(owner: str, value: ButtonValue | None, offered_by: str = "") -> Reply:
    """Say whom an answer serves and, where there is something to ask, offer that; `owner` is safe mrkdwn."""
    sentence = words.owners.served_only(owner)
    if value is None:
        return text_reply(sentence)
    action = f"{ASK_AS_MYSELF}:{offered_by}" if offered_by else ASK_AS_MYSELF
    ask = button(words.owners.ASK_AS_MYSELF, action, encode(value))
    return text_reply(f"{sentence} {words.owners.ASK_INSTEAD}", ask)


def offer(message_id: str) -> Reply:
    """Offer the writer of a reply to ask it, as which question it would have this id."""
    ask = about_question(words.owners.ASK_AS_MYSELF, ASK_AS_MYSELF, message_id)
    return text_reply(f"{words.owners.ANOTHERS_THREAD} {words.owners.ASK_INSTEAD}", ask)
