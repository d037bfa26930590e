"""The modal in which a person asks about a message, or from anywhere.

https://docs.slack.dev/surfaces/modals
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from render import words
from render.blockkit import blocks
from render.blockkit.blocks import Block, Element
from render.blockkit.buttons import button, option, select
from render.notices.spaces import SpaceChoice
from render.text.escape import clean, one_line
from render.text.limits import BUTTON_TEXT, BUTTON_VALUE, INPUT_TEXT, SELECT_OPTIONS, clip

CALLBACK = "ask_modal"
STARTER = "ask_starter"
"""The buttons have the action ids `ask_starter:0` and `ask_starter:1`."""
SPACE, QUESTION, ANSWER, CHANNEL = "ask_space", "ask_question", "ask_answer", "ask_channel"
RESEARCH = "ask_research"
"""The inputs, as actions and, before a colon and the version, as blocks."""
IN_THREAD, ONLY_ME = "thread", "me"
"""Values of where the answer goes."""
YES = "yes"


class Where(StrEnum):
    """What an asker is told, or may choose, about where the answer goes."""

    CHOICE = "choice"
    """Into the thread of the message, or to the asker alone."""
    ABSENT = "absent"
    """To the asker alone, as the bot is no member of the channel."""
    PRIVATE = "private"
    """To the asker alone, as not everybody there may read it, or somebody else owns the thread."""
    DIRECT = "direct"
    """Into the thread: it is one of direct messages."""
    ANYWHERE = "anywhere"
    """Into a channel, or to the asker alone."""


@dataclass(frozen=True, slots=True)
class StarterChoice:
    """A question to begin with, and the space to which it belongs; empty where that is not chosen."""

    question: str
    space: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForm:
    """What the modal shows, and what its user has filled in."""

    about: str = field(repr=False)
    """Comes back with the modal: which message it is about."""
    where: Where
    channel: str = ""
    """The channel of the message or, where that may be chosen, the chosen one."""
    question: str = field(default="", repr=False)
    version: int = 0
    """Of question and space: Slack keeps what was typed and chosen, unless the block is another one."""
    spaces: Sequence[SpaceChoice] = ()
    """None where there is no choice."""
    space: str = ""
    """The id of the chosen one."""
    starters: Sequence[StarterChoice] = ()
    only_me: bool = False
    research: bool = False
    """Genie is to look into it with several queries."""


def ask_modal(form: AskForm) -> Block:
    """Show the form."""
    shown = [
        *([_space(form)] if form.spaces else []),
        _question(form),
        *_starters(form.starters),
        _research(form),
        *_answer(form),
    ]
    return blocks.modal(
        words.shortcuts.TITLE,
        shown,
        words.shortcuts.CANCEL,
        submit=words.shortcuts.ASK,
        callback_id=CALLBACK,
        private_metadata=form.about,
    )


def result_modal(sentence: str) -> Block:
    """Say in a modal, or in the same one, why nothing is asked."""
    shown = [blocks.section(blocks.mrkdwn(sentence))]
    return blocks.modal(words.shortcuts.TITLE, shown, words.shortcuts.CLOSE)


def block_id(name: str, version: int) -> str:
    """Return the block id of an input."""
    return f"{name}:{version}"


def _question(form: AskForm) -> Block:
    text = clean(form.question)
    shown = clip(text, INPUT_TEXT)
    element = {"type": "plain_text_input", "action_id": QUESTION, "multiline": True, "max_length": INPUT_TEXT}
    element["focus_on_load"] = True
    if shown.strip():
        element["initial_value"] = shown
    hint = words.shortcuts.QUESTION_HINT if shown == text else words.shortcuts.CUT_HINT
    made = blocks.input_block(block_id(QUESTION, form.version), words.shortcuts.QUESTION, element)
    return made | {"hint": blocks.plain(hint)}


def _space(form: AskForm) -> Block:
    choices = [(each.space_id, one_line(each.name)) for each in form.spaces[:SELECT_OPTIONS]]
    element = select(SPACE, words.shortcuts.BY_WORDS, choices, form.space)
    made = blocks.input_block(block_id(SPACE, form.version), words.shortcuts.SPACE, element)
    return made | {"optional": True, "dispatch_action": True}


def _research(form: AskForm) -> Block:
    choice = _option(YES, words.research.IN_FORM, words.research.IN_FORM_MEANS)
    box = {"type": "checkboxes", "action_id": RESEARCH, "options": [choice]}
    if form.research:
        box["initial_options"] = [choice]
    made = blocks.input_block(block_id(RESEARCH, 0), words.research.FORM_LABEL, box)
    return made | {"optional": True}


def _starters(starters: Sequence[StarterChoice]) -> list[Block]:
    """Make a button for each starter that fits into its value whole."""
    usable = [each for each in starters if len(each.space) + len(each.question) < BUTTON_VALUE]
    buttons = [
        button(one_line(each.question), f"{STARTER}:{at}", f"{each.space}|{each.question}")
        for at, each in enumerate(usable)
    ]
    title = blocks.context(blocks.mrkdwn(words.shortcuts.STARTERS))
    return [title, blocks.actions(*buttons)] if buttons else []


def read_starter(value: str) -> StarterChoice:
    """Read the value of a starter's button."""
    space, _, question = value.partition("|")
    return StarterChoice(question, space)


def _answer(form: AskForm) -> list[Block]:
    if form.where is Where.CHOICE:
        options = [
            _option(IN_THREAD, words.shortcuts.IN_THREAD, words.shortcuts.IN_THREAD_READERS),
            _option(ONLY_ME, words.shortcuts.ONLY_ME, words.shortcuts.ONLY_ME_WHERE),
        ]
        chosen = options[form.only_me]
        radio = {
            "type": "radio_buttons",
            "action_id": ANSWER,
            "options": options,
            "initial_option": chosen,
        }
        return [blocks.input_block(block_id(ANSWER, 0), words.shortcuts.ANSWER, radio)]
    if form.where is Where.ANYWHERE:
        return [_channel(form)]
    where = blocks.channel(form.channel)
    told = {Where.ABSENT: words.shortcuts.not_a_member(where), Where.PRIVATE: words.shortcuts.NOT_FOR_ALL}
    return [blocks.context(blocks.mrkdwn(told[form.where]))] if form.where in told else []


def _channel(form: AskForm) -> Block:
    element = {
        "type": "conversations_select",
        "action_id": CHANNEL,
        "placeholder": blocks.plain(words.shortcuts.NO_CHANNEL),
        "filter": {"include": ["public", "private"]},
    }
    if form.channel:
        element["initial_conversation"] = form.channel
    made = blocks.input_block(block_id(CHANNEL, 0), words.shortcuts.CHANNEL, element)
    return made | {"optional": True, "hint": blocks.plain(words.shortcuts.CHANNEL_HINT)}


def _option(value: str, text: str, more: str) -> Element:
    return option(value, text) | {"description": blocks.plain(more, BUTTON_TEXT)}
