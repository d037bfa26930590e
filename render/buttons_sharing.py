"""Buttons of an answer that only its asker sees."""

from render import words_sharing
from render.blocks import Element
from render.buttons import ButtonValue, button, encode

PUBLISH = "publish"
DISMISS = "dismiss"


def publish(question_id: str) -> Element:
    """Offer to post a private answer for everybody in the channel in which it was asked for."""
    return button(words_sharing.SHARE, PUBLISH, encode(ButtonValue(question_id)))


def dismiss(question_id: str) -> Element:
    """Offer to take a private answer away."""
    return button(words_sharing.DISMISS, DISMISS, encode(ButtonValue(question_id)))
