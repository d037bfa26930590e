"""Texts about a question that was asked a moment ago with the same words."""

from render.text.escape import literal

ASK_ANEW = "Ask Anew"
YOU, SOMEBODY = "You", "Somebody"


def asked_before(asker: str, minutes: int) -> str:
    """Say when and by whom the question of an answer was asked first; the name is escaped here."""
    ago = "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"{literal(asker)} asked the same here {ago} ago, and this is that answer."


def going_on(first: str, then: str) -> str:
    """Put the question on whose answer another one builds in front of it, for Genie."""
    return f"{first}\nGoing on from this, answer only: {then}"
