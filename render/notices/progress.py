"""What people see while they wait."""

from render import words
from render.blockkit.buttons import withdraw
from render.blockkit.reply import Reply
from render.blockkit.text_reply import text_reply
from render.text.escape import literal_clipped, one_line

_TITLE = 200
"""Slack's longest title of an agent's session."""


def waiting(place: int, seconds: float, question_id: str) -> Reply:
    """Name the place in line; `place` counts from 1."""
    return text_reply(words.progress.waiting(place, seconds), withdraw(question_id))


def working() -> Reply:
    """Say that Genie has the question."""
    return text_reply(words.progress.WORKING)


def behind_previous(question_id: str, *, edited: bool) -> Reply:
    """Say that another question of the thread comes first; of an edited one it may be its old words."""
    sentence = words.changes.BEHIND_OLD_WORDS if edited else words.progress.BEHIND_PREVIOUS
    return text_reply(sentence, withdraw(question_id))


def still_running() -> Reply:
    """Say that Genie takes much longer than usual."""
    return text_reply(words.progress.STILL_RUNNING)


def blocked() -> Reply:
    """Say that a question which is not ours comes first."""
    return text_reply(words.threads.BLOCKED)


def signing_in() -> Reply:
    """Say that the asker has to sign in to Databricks first."""
    return text_reply(words.sign_in.WAITS_FOR_SIGN_IN)


def asking_again(seconds: float) -> Reply:
    """Say that Genie is asked once more by itself."""
    return text_reply(words.threads.again_in(seconds))


def status_line(status: str) -> str:
    """Return the words of Slack's status line for one of Genie's statuses, known or not."""
    return words.progress.STATUS.get(status, words.progress.STATUS_OTHER)


def session_title(question: str) -> str:
    """Return how Slack lists an agent's session that begins with a question; it is cut and escaped here."""
    return literal_clipped(one_line(question), _TITLE)
