"""What people see while they wait."""

from render import words
from render.blockkit.reply import Reply
from render.blockkit.text_reply import note


def waiting(place: int, seconds: float) -> Reply:
    """Tell a question in line its turn; `place` counts from 1."""
    return note(words.general.waiting(place, seconds))


def working() -> Reply:
    """Say that Genie has the question."""
    return note(words.general.WORKING)


def behind_previous() -> Reply:
    """Say that another question of the thread comes first."""
    return note(words.general.BEHIND_PREVIOUS)


def still_running() -> Reply:
    """Say that Genie takes much longer than usual."""
    return note(words.general.STILL_RUNNING)


def blocked() -> Reply:
    """Say that a question which is not ours comes first."""
    return note(words.threads.BLOCKED)


def asking_again(seconds: float) -> Reply:
    """Say that Genie is asked once more by itself."""
    return note(words.threads.again_in(seconds))


def status_line(status: str) -> str:
    """Return the words of Slack's status line for one of Genie's statuses, known or not."""
    return words.general.STATUS.get(status, words.general.STATUS_OTHER)
