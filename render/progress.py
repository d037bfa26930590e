"""What people see while they wait."""

from render import words, words_conversation
from render.note import note
from render.reply import Reply


def waiting(place: int, seconds: float) -> Reply:
    """Tell a question in line its turn; `place` counts from 1."""
    return note(words.waiting(place, seconds))


def working() -> Reply:
    """Say that Genie has the question."""
    return note(words.WORKING)


def behind_previous() -> Reply:
    """Say that another question of the thread comes first."""
    return note(words.BEHIND_PREVIOUS)


def still_running() -> Reply:
    """Say that Genie takes much longer than usual."""
    return note(words.STILL_RUNNING)


def blocked() -> Reply:
    """Say that a question which is not ours comes first."""
    return note(words_conversation.BLOCKED)


def asking_again(seconds: float) -> Reply:
    """Say that Genie is asked once more by itself."""
    return note(words_conversation.again_in(seconds))


def status_line(status: str) -> str:
    """Return the words of Slack's status line for one of Genie's statuses, known or not."""
    return words.STATUS.get(status, words.STATUS_OTHER)
