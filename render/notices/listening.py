"""What one person alone reads about how the bot listens in a thread."""

from render import words
from render.blockkit.buttons import about_question, button
from render.blockkit.reply import Reply
from render.blockkit.text_reply import text_reply

ASK_REPLY, ONLY_MENTIONS = "ask_reply", "only_mentions"
"""Action ids of the buttons of an offer."""
QUIET, LISTEN = "quiet", "listen"
"""Action ids of the buttons that undo each other, and names of options of the menu below an answer."""


def offer(question_id: str) -> Reply:
    """Let the writer of a reply choose whether it is a question, as which it would have this id."""
    ask = about_question(words.listening.ASK_GENIE, ASK_REPLY, question_id)
    return text_reply(words.listening.OFFER, ask, button(words.listening.ONLY_MENTIONS, ONLY_MENTIONS))


def now_quiet() -> Reply:
    """Say that a thread listens to mentions only, with the way back."""
    return text_reply(words.listening.NOW_QUIET, button(words.listening.LISTEN, LISTEN))


def now_listening() -> Reply:
    """Say that a thread takes replies as questions again, with the way back."""
    return text_reply(words.listening.NOW_LISTENING, button(words.listening.QUIET, QUIET))
