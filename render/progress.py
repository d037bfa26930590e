"""What people see while they wait."""

from render import words
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


def status_line(status: str) -> str:
    """Return the words of Slack's status line for one of Genie's statuses, known or not."""
    return words.STATUS.get(status, words.STATUS_OTHER)
