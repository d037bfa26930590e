"""Buttons, and what their values say when they come back."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from genie.model import Rating
from render import words
from render.blockkit.blocks import Element, plain
from render.text.escape import clean, one_line
from render.text.limits import BUTTON_TEXT, BUTTON_VALUE

SUGGESTION = "suggestion"
"""Buttons that ask Genie's next questions have the action ids `suggestion:0`, `suggestion:1`, ..."""
ASK_AGAIN = "ask_again"
CHECK_AGAIN = "check_again"
HOW = "how"
OPEN_GENIE = "open_genie"
"""A link; Slack tells us of the click, and there is nothing to do."""
START_FRESH = "start_fresh"
"""A button that asks the same question again, in a new conversation."""
MORE = "more"
"""The menu of an answer; its options say what is to become of the thread's conversation."""
EXCEL, SHARE, FRESH, FORGET = "excel", "share", "fresh", "forget"
CSV_FILE = "csv"
"""A button or, where others are more urgent, a choice of the menu; so is `HOW`."""
CHOICES = {
    CSV_FILE: words.export.CSV,
    EXCEL: words.export.EXCEL,
    HOW: words.explain.HOW,
    SHARE: words.share.SHARE,
    FRESH: words.threads.START_FRESH,
    FORGET: words.threads.FORGET_THREAD,
}
"""All that the menu may offer, in its order; Slack takes five of them at most."""

SUGGESTIONS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ButtonValue:
    """What a click carries: the key of the question it belongs to and, for a suggestion, what to ask."""

    question_id: str = ""
    question: str = ""


def encode(value: ButtonValue) -> str:
    """Write a button's value as Slack keeps it; the channel's members can read it, so it holds no data."""
    said = {"q": clean(value.question)} if value.question else {}
    return json.dumps({**said, "i": value.question_id}, ensure_ascii=False, separators=(",", ":"))


def decode(value: str) -> ButtonValue:
    """Read what `encode` wrote; empty for anything else."""
    try:
        read = json.loads(value)
    except ValueError:
        return ButtonValue()
    fields = read if isinstance(read, dict) else {}
    question_id, question = fields.get("i", ""), fields.get("q", "")
    if not (isinstance(question_id, str) and isinstance(question, str)):
        return ButtonValue()
    return ButtonValue(question_id, question)


def suggestions(questions: Iterable[str], question_id: str) -> list[Element]:
    """Make a button for each question that Genie proposes; one too long to come back whole is left out."""
    asked = [ButtonValue(question_id, one_line(question)) for question in questions]
    usable = [value for value in asked if value.question and len(encode(value)) <= BUTTON_VALUE]
    return [
        button(value.question, f"{SUGGESTION}:{at}", encode(value))
        for at, value in enumerate(usable[:SUGGESTIONS_SHOWN])
    ]


def ask_again(question_id: str, text: str = words.general.TRY_AGAIN) -> Element:
    """Offer to ask the same question once more, as a new one."""
    return button(text, ASK_AGAIN, encode(ButtonValue(question_id)))


def check_again(question_id: str) -> Element:
    """Offer to look once more whether Genie has finished; nothing is asked again."""
    return button(words.general.CHECK_AGAIN, CHECK_AGAIN, question_id)


def start_fresh(question_id: str) -> Element:
    """Offer to ask the same question once more, in a new conversation of its thread."""
    return button(words.threads.START_FRESH, START_FRESH, encode(ButtonValue(question_id)))


def how(question_id: str) -> Element:
    """Offer to tell how an answer came about."""
    return button(words.explain.HOW, HOW, encode(ButtonValue(question_id)))


def open_genie(url: str) -> Element:
    """Lead to the conversation in Databricks."""
    text = plain(words.explain.OPEN_GENIE, BUTTON_TEXT)
    return {"type": "button", "text": text, "action_id": OPEN_GENIE, "url": url}


def more(question_id: str, *without: str) -> Element:
    """Make the menu of an answer: every choice but those that it is `without`."""
    options = [
        {"text": plain(text, BUTTON_TEXT), "value": f"{choice}:{question_id}"}
        for choice, text in CHOICES.items()
        if choice not in without
    ]
    return {"type": "overflow", "action_id": MORE, "options": options}


def chosen(value: str) -> tuple[str, str]:
    """Read an option of `more`: the choice and the question's id, both empty for what we did not write."""
    choice, _, question_id = value.partition(":")
    return (choice, question_id) if choice in CHOICES else ("", "")


def button(text: str, action_id: str, value: str) -> Element:
    """Make a button that says `value` when it is pressed."""
    return {"type": "button", "text": plain(text, BUTTON_TEXT), "action_id": action_id, "value": value}


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
        "positive_button": _thumb(
            words.feedback.GOOD, words.feedback.GOOD_LABEL, Rating.POSITIVE, question_id
        ),
        "negative_button": _thumb(words.feedback.BAD, words.feedback.BAD_LABEL, Rating.NEGATIVE, question_id),
    }


def _thumb(text: str, label: str, rating: Rating, question_id: str) -> Element:
    named = {"text": plain(text, BUTTON_TEXT), "accessibility_label": label}
    return {**named, "value": f"{rating.value}:{question_id}"}


def take_back(question_id: str) -> Element:
    """Offer to take one's own rating back."""
    return {
        "type": "button",
        "text": plain(words.feedback.TAKE_BACK, BUTTON_TEXT),
        "action_id": TAKE_BACK,
        "value": encode(ButtonValue(question_id)),
    }


def say_why(about: str) -> Element:
    """Offer to give a reason; `about` comes back with the click."""
    return button(words.feedback.SAY_WHY, WHY, about)


def open_thread(url: str) -> Element:
    """Lead reviewers to the answer."""
    text = plain(words.feedback.OPEN_THREAD, BUTTON_TEXT)
    return {"type": "button", "text": text, "action_id": OPEN_THREAD, "url": url}


def rated(value: str) -> tuple[Rating, str] | None:
    """Read the value of a thumb: the rating and the question's id; None for what we did not write."""
    rating, _, question_id = value.partition(":")
    return (Rating(rating), question_id) if rating in {"POSITIVE", "NEGATIVE"} and question_id else None


def download_csv(question_id: str) -> Element:
    """Offer all rows as CSV."""
    text = plain(words.export.CSV, BUTTON_TEXT)
    return {"type": "button", "text": text, "action_id": CSV_FILE, "value": encode(ButtonValue(question_id))}


INSIGHTS = "insights"


def insights(question_id: str, *, in_words: bool) -> Element:
    """Offer insights, or the figures alone."""
    text = words.insights.INSIGHTS if in_words else words.insights.STATS
    return {
        "type": "button",
        "text": plain(text, BUTTON_TEXT),
        "action_id": INSIGHTS,
        "value": encode(ButtonValue(question_id)),
    }


PUBLISH = "publish"
DISMISS = "dismiss"


def publish(question_id: str) -> Element:
    """Offer to post a private answer for everybody in the channel in which it was asked for."""
    return button(words.share.SHARE, PUBLISH, encode(ButtonValue(question_id)))


def dismiss(question_id: str) -> Element:
    """Offer to take a private answer away."""
    return button(words.share.DISMISS, DISMISS, encode(ButtonValue(question_id)))
