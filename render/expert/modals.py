"""The forms in which an expert corrects an answer, or says why there is none.

https://docs.slack.dev/surfaces/modals
"""

from render import words
from render.blockkit import blocks
from render.blockkit.blocks import Block, Element
from render.text.escape import clean
from render.text.limits import INPUT_TEXT

CORRECTED, CANNOT = "expert_corrected", "expert_cannot"
"""Callback ids."""
SQL, WORDS, REASON = "sql", "words", "reason"
"""The inputs, as blocks and as actions."""


def correct_modal(about: str, sql: str) -> Block:
    """Ask for SQL, which begins as Genie's, and for words; `about` comes back with them."""
    shown = [
        _input(SQL, words.experts.CORRECT_SQL_LABEL, words.experts.CORRECT_SQL_HINT, initial=clean(sql))
        | {"optional": True},
        _input(WORDS, words.experts.CORRECT_WORDS_LABEL, words.experts.CORRECT_WORDS_HINT)
        | {"optional": True},
    ]
    return _modal(words.experts.CORRECT_TITLE, shown, CORRECTED, about)


def cannot_modal(about: str) -> Block:
    """Ask why an expert cannot answer; `about` comes back with that."""
    shown = [_input(REASON, words.experts.CANNOT_LABEL, words.experts.CANNOT_HINT)]
    return _modal(words.experts.CANNOT_TITLE, shown, CANNOT, about)


def corrected_result(sentence: str) -> Block:
    """Say in the form of a correction what came of it."""
    return _result(words.experts.CORRECT_TITLE, sentence)


def cannot_result(sentence: str) -> Block:
    """Say the same in the other one."""
    return _result(words.experts.CANNOT_TITLE, sentence)


def _result(title: str, sentence: str) -> Block:
    return blocks.modal(title, [blocks.section(blocks.mrkdwn(sentence))], words.experts.CLOSE)


def _modal(title: str, shown: list[Block], callback: str, about: str) -> Block:
    return blocks.modal(
        title,
        shown,
        words.experts.CANCEL,
        submit=words.experts.SUBMIT,
        callback_id=callback,
        private_metadata=about,
    )


def _input(block_id: str, label: str, hint: str, *, initial: str = "") -> Block:
    element: Element = {
        "type": "plain_text_input",
        "action_id": block_id,
        "multiline": True,
        "max_length": INPUT_TEXT,
    }
    if initial.strip() and len(initial) <= INPUT_TEXT:  # a part of SQL would be sent for all of it
        element["initial_value"] = initial
    return blocks.input_block(block_id, label, element) | {"hint": blocks.plain(hint)}
