"""The thumbs at the end of an answer. https://docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element."""

from genie.model import Rating
from render import words_feedback as words
from render.blocks import Element, plain
from render.buttons import ButtonValue, button, encode
from render.limits import BUTTON_TEXT

FEEDBACK = "feedback"
"""Both thumbs have this action id; the value says which it was."""
TAKE_BACK = "feedback_take_back"
WHY = "feedback_why"
OPEN_THREAD = "open_thread"
"""A link; Slack tells us of the click, and there is nothing to do."""


def feedback_buttons(question_id: str) -> Element:
    """Offer to rate an answer."""
    return {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": _thumb(words.GOOD, words.GOOD_LABEL, Rating.POSITIVE, question_id),
        "negative_button": _thumb(words.BAD, words.BAD_LABEL, Rating.NEGATIVE, question_id),
    }


def _thumb(text: str, label: str, rating: Rating, question_id: str) -> Element:
    named = {"text": plain(text, BUTTON_TEXT), "accessibility_label": label}
    return {**named, "value": f"{rating.value}:{question_id}"}


def take_back(question_id: str) -> Element:
    """Offer to take one's own rating back."""
    return {
        "type": "button",
        "text": plain(words.TAKE_BACK, BUTTON_TEXT),
        "action_id": TAKE_BACK,
        "value": encode(ButtonValue(question_id)),
    }


def say_why(about: str) -> Element:
    """Offer to give a reason; `about` comes back with the click."""
    return button(words.SAY_WHY, WHY, about)


def open_thread(url: str) -> Element:
    """Lead reviewers to the answer."""
    text = plain(words.OPEN_THREAD, BUTTON_TEXT)
    return {"type": "button", "text": text, "action_id": OPEN_THREAD, "url": url}


def rated(value: str) -> tuple[Rating, str] | None:
    """Read the value of a thumb: the rating and the question's id; None for what we did not write."""
    rating, _, question_id = value.partition(":")
    return (Rating(rating), question_id) if rating in {"POSITIVE", "NEGATIVE"} and question_id else None
