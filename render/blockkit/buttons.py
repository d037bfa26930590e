"""Buttons and their values."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from genie.model import Rating
from render import words
from render.blockkit.blocks import Element, confirm, plain
from render.text.escape import clean, one_line
from render.text.limits import BUTTON_TEXT, BUTTON_VALUE

SUGGESTION = "suggestion"
"""Buttons that ask Genie's next questions have the action ids `suggestion:0`, `suggestion:1`, ..."""
ASK_AGAIN = "ask_again"
CHECK_AGAIN = "check_again"
START_FRESH = "start_fresh"
"""Asks the same question again, in a new conversation."""
ASK_ANEW = "ask_anew"
"""The same, below the answer of an earlier question."""
WITHDRAW = "withdraw"
ASK_EDITED = "ask_edited"
"""Asks the new words of a message that was edited after its answer."""
FEEDBACK = "feedback"
"""The action id of both thumbs; the value says which it was."""
TAKE_BACK = "feedback_take_back"
WHY = "feedback_why"
ASK_EXPERT = "ask_expert"
OPEN_GENIE, OPEN_THREAD = "open_genie", "open_thread"
"""Links: Slack tells us of the click, and there is nothing to do."""

OVERFLOW_MENU = "more"
"""The menu below an answer."""

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
    """Make a button for each question that Genie proposes after an answer."""
    return question_buttons(SUGGESTION, questions, SUGGESTIONS_SHOWN, question_id)


def question_buttons(
    action: str, questions: Iterable[str], most: int, question_id: str = ""
) -> list[Element]:
    """Make a button that asks for each question; one too long to come back whole is left out."""
    asked = [ButtonValue(question_id, one_line(question)) for question in questions]
    usable = [value for value in asked if value.question and len(encode(value)) <= BUTTON_VALUE]
    return [button(value.question, f"{action}:{at}", encode(value)) for at, value in enumerate(usable[:most])]


def button(text: str, action_id: str, value: str = "", *, url: str = "") -> Element:
    """Make a button that sends `value` when it is pressed, or opens a page."""
    made = {"type": "button", "text": plain(text, BUTTON_TEXT), "action_id": action_id}
    return made | ({"value": value} if value else {}) | ({"url": url} if url else {})


def about_question(text: str, action_id: str, question_id: str) -> Element:
    """Make a button whose click brings the question's id back."""
    return button(text, action_id, encode(ButtonValue(question_id)))


def ask_again(question_id: str, text: str = words.failures.TRY_AGAIN) -> Element:
    """Offer to ask the same question once more, as a new one."""
    return about_question(text, ASK_AGAIN, question_id)


def check_again(question_id: str) -> Element:
    """Offer to poll Genie once more; nothing is asked again."""
    return button(words.failures.CHECK_AGAIN, CHECK_AGAIN, question_id)


def start_fresh(question_id: str) -> Element:
    """Offer to ask the same question once more, in a new conversation of its thread."""
    return about_question(words.threads.START_FRESH, START_FRESH, question_id)


def ask_anew(question_id: str) -> Element:
    """Offer to ask a question of Genie that has got the answer of an earlier one."""
    return about_question(words.reuse.ASK_ANEW, ASK_ANEW, question_id)


def withdraw(question_id: str) -> Element:
    """Offer to withdraw a question that waits."""
    return about_question(words.changes.WITHDRAW, WITHDRAW, question_id)


def ask_edited(question_id: str) -> Element:
    """Offer to ask what the message of a question says by then."""
    return about_question(words.failures.ASK_AGAIN, ASK_EDITED, question_id)


def ask_expert(question_id: str, *, private: bool) -> Element:
    """Offer to put a question before the experts; a `private` one with a word about what they see."""
    said = words.experts
    made = about_question(said.ASK, ASK_EXPERT, question_id)
    consent = confirm(said.ASK_TITLE, said.ASK_PRIVATE, said.SEND, said.CANCEL)
    return made | ({"confirm": consent} if private else {})


def open_genie(url: str) -> Element:
    """Lead to the conversation in Databricks."""
    return button(words.explain.OPEN_GENIE, OPEN_GENIE, url=url)


def option(value: str, text: str) -> Element:
    """Make one option of a menu or of radio buttons."""
    return {"text": plain(text, BUTTON_TEXT), "value": value}


def select(
    action_id: str, placeholder: str, choices: Iterable[tuple[str, str]], chosen: str | None = None
) -> Element:
    """Make a menu of values and their texts; none of them is chosen unless one has the value `chosen`."""
    options = [option(value, text) for value, text in choices]
    menu = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, BUTTON_TEXT),
        "options": options,
    }
    now = next((each for each in options if each["value"] == chosen), None)
    return menu | ({"initial_option": now} if now else {})


def overflow_menu(question_id: str, choices: Iterable[tuple[str, str]], name: str = "") -> Element:
    """Make a menu of an answer from choices and their texts; Slack takes five of them at most.

    `name` tells it from others in the same row.
    """
    options = [option(f"{choice}:{question_id}", text) for choice, text in choices]
    action_id = f"{OVERFLOW_MENU}:{name}" if name else OVERFLOW_MENU
    return {"type": "overflow", "action_id": action_id, "options": options}


def read_option(value: str) -> tuple[str, str]:
    """Read an option of the menu: its name and the question's id."""
    choice, _, question_id = value.partition(":")
    return choice, question_id


def feedback_buttons(question_id: str) -> Element:
    """Offer to rate an answer."""
    good, bad = words.feedback.GOOD, words.feedback.BAD
    return {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": _thumb(good, words.feedback.GOOD_LABEL, Rating.POSITIVE, question_id),
        "negative_button": _thumb(bad, words.feedback.BAD_LABEL, Rating.NEGATIVE, question_id),
    }


def _thumb(text: str, label: str, rating: Rating, question_id: str) -> Element:
    named = {"text": plain(text, BUTTON_TEXT), "accessibility_label": label}
    return {**named, "value": f"{rating.value}:{question_id}"}


def rated(value: str) -> tuple[Rating, str] | None:
    """Read the value of a thumb: the rating and the question's id; None for what we did not write."""
    rating, _, question_id = value.partition(":")
    return (Rating(rating), question_id) if rating in {"POSITIVE", "NEGATIVE"} and question_id else None


def take_back(question_id: str) -> Element:
    """Offer to take one's own rating back."""
    return about_question(words.feedback.TAKE_BACK, TAKE_BACK, question_id)


def say_why(about: str) -> Element:
    """Offer to give a reason; `about` comes back with the click."""
    return button(words.feedback.SAY_WHY, WHY, about)


def open_thread(url: str) -> Element:
    """Lead reviewers to the answer."""
    return button(words.feedback.OPEN_THREAD, OPEN_THREAD, url=url)
