"""What people read who ask below a message of another app."""

from render import words
from render.blockkit.buttons import about_question
from render.blockkit.reply import Reply
from render.blockkit.text_reply import text_reply

ASK_WITH_ABOVE, ASK_WITHOUT = "ask_with_above", "ask_without"
"""Action ids of the buttons."""


def offer_above(question_id: str) -> Reply:
    """Say that the message above is not read, and offer to take it along."""
    return text_reply(
        words.questions.ABOVE_NOT_READ,
        about_question(words.questions.ASK_WITH_ABOVE, ASK_WITH_ABOVE, question_id),
        about_question(words.questions.ASK_WITHOUT, ASK_WITHOUT, question_id),
    )
