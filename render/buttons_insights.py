"""The button that has the figures of an answer computed and, where there is a model, put into words."""

from render import words_insights as words
from render.blocks import Element, plain
from render.buttons import ButtonValue, encode
from render.limits import BUTTON_TEXT

INSIGHTS = "insights"


def insights(question_id: str, *, in_words: bool) -> Element:
    """Offer insights, or the figures alone."""
    text = words.INSIGHTS if in_words else words.STATS
    return {
        "type": "button",
        "text": plain(text, BUTTON_TEXT),
        "action_id": INSIGHTS,
        "value": encode(ButtonValue(question_id)),
    }
