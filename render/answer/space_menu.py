"""The menu of a thread's first answer that asks the same question in another Genie space."""

from render import words
from render.answer.context import AnswerContext
from render.blockkit.blocks import Element
from render.blockkit.buttons import select
from render.text.limits import SELECT_OPTIONS

OTHER_SPACE = "other_space"
"""The menu has the action id `other_space:<question id>`, and its options are ids of spaces."""


def menu(context: AnswerContext) -> Element | None:
    """Offer the other spaces; None where there is none, or a later answer."""
    spaces = context.other_spaces[:SELECT_OPTIONS]
    return select(f"{OTHER_SPACE}:{context.question_id}", words.spaces.ELSEWHERE, spaces) if spaces else None
