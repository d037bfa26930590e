"""Buttons, and what their values say when they come back."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from render import words, words_conversation, words_files, words_how, words_sharing
from render.blocks import Element, plain
from render.limits import BUTTON_TEXT, BUTTON_VALUE
from render.text import clean, one_line

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
    CSV_FILE: words_files.CSV,
    EXCEL: words_files.EXCEL,
    HOW: words_how.HOW,
    SHARE: words_sharing.SHARE,
    FRESH: words_conversation.START_FRESH,
    FORGET: words_conversation.FORGET_THREAD,
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


def decode(value: str) -> ButtonValue | None:
    """Read what `encode` wrote; None for anything else."""
    try:
        read = json.loads(value)
    except ValueError:
        return None
    if not isinstance(read, dict):
        return None
    question_id, question = read.get("i", ""), read.get("q", "")
    if not (isinstance(question_id, str) and isinstance(question, str)):
        return None
    return ButtonValue(question_id, question)


def suggestions(questions: Iterable[str], question_id: str) -> list[Element]:
    """Make a button for each question that Genie proposes; one too long to come back whole is left out."""
    asked = [ButtonValue(question_id, one_line(question)) for question in questions]
    usable = [value for value in asked if value.question and len(encode(value)) <= BUTTON_VALUE]
    return [
        button(value.question, f"{SUGGESTION}:{at}", encode(value))
        for at, value in enumerate(usable[:SUGGESTIONS_SHOWN])
    ]


def ask_again(question_id: str, text: str = words.TRY_AGAIN) -> Element:
    """Offer to ask the same question once more, as a new one."""
    return button(text, ASK_AGAIN, encode(ButtonValue(question_id)))


def check_again(question_id: str) -> Element:
    """Offer to look once more whether Genie has finished; nothing is asked again."""
    return button(words.CHECK_AGAIN, CHECK_AGAIN, question_id)


def start_fresh(question_id: str) -> Element:
    """Offer to ask the same question once more, in a new conversation of its thread."""
    return button(words_conversation.START_FRESH, START_FRESH, encode(ButtonValue(question_id)))


def how(question_id: str) -> Element:
    """Offer to tell how an answer came about."""
    return button(words_how.HOW, HOW, encode(ButtonValue(question_id)))


def open_genie(url: str) -> Element:
    """Lead to the conversation in Databricks."""
    text = plain(words_how.OPEN_GENIE, BUTTON_TEXT)
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
