"""The menu of a thread's first answer that asks the same question in another Genie space."""

from render import words
from render.answer.context import AnswerContext
from render.blockkit.blocks import Element, plain
from render.text.limits import BUTTON_TEXT

OTHER_SPACE = "other_space"
"""The menu has the action id `other_space:<question id>`, and its options are ids of spaces."""


def menu(context: AnswerContext) -> Element | None:
    """Offer the other spaces; None where there is none, or a later answer."""
    if not context.other_spaces:
        return None
    options = [
        {"text": plain(name, BUTTON_TEXT), "value": space_id} for space_id, name in context.other_spaces
    ]
    return {
        "type": "static_select",
        "action_id": f"{OTHER_SPACE}:{context.question_id}",
        "placeholder": plain(words.spaces.ELSEWHERE, BUTTON_TEXT),
        "options": options,
    }
