"""Texts of the Home tab and of a person's settings.

As in `render.words`: short, plain, and ending with what to do next.
"""

from collections.abc import Sequence

from render.text.escape import literal, literal_clipped, one_line
from render.words.results.values import moment
from render.words.watches import QUIET

# Welcome

TITLE = "Ask about your data"
WELCOME = (
    "Ask in plain words: mention me in a channel, type `/genie` and your question, or write to me in the "
    "Messages tab."
)
STARTERS = "Or press a question: the answer comes in your direct messages with me, where only you see it."
LOADING = "One moment: I am looking up what there is for you."
MORE = "Type `/genie help` for all that I can do."

# Questions

WAITING_TITLE = "Waiting for an answer"
RECENT_TITLE = "Your recent questions"
PRIVATE_TITLE = "Your private answers"
NOTHING_ASKED = "You have asked nothing within the last week. Ask, and you find it here."
OPEN = "Open"
WITHDRAW = "Withdraw"

MORE_WAITING = "More of your questions wait. Type `/genie cancel` where you asked to take one back."

WAITS = "Waiting in line"
SIGNS_IN = "Waiting until you have signed in"
WORKING = "Genie is working on it"
ANSWERED = "Answered"
FAILED = "No answer"
STOPPED = "Stopped"
OVERDUE = "Took too long"

PRIVATELY = "only you see it"
_QUESTION_WIRE, _TITLE_WIRE, _SPACE_WIRE = 300, 300, 1_000

# Settings

SETTINGS_TITLE = "Your settings"
CHANGE = "Change Settings"
SAVE, CANCEL, CLOSE = "Save", "Cancel", "Close"
WHERE, CHARTS, NUMBERS, DATES = "Answers to what you ask in channels", "Charts", "Numbers", "Dates"
IN_THREAD, IN_DIRECT_MESSAGES = "In the channel's thread", "Private, in direct messages"
WITH_CHARTS, WITHOUT_CHARTS = "With charts", "Tables only"
AS_LANGUAGE = "As my Slack language writes them"
NUMBER_FORMATS = {
    "comma": "1,234.56",
    "point": "1.234,56",
    "space": "1\u202f234,56",
    "apostrophe": "1’234.56",
}
DATE_FORMATS = {"day": "12 Mar 2026", "month": "Mar 12, 2026", "year": "2026-03-12"}
"""By the values of `Numbers` and `Dates`."""
SAVED_FROM_NOW = "They hold from your next answer on. A thread keeps the chart that was chosen in it."
NOT_SAVED = "My database is down, so I could not save this. Try it again in a minute."
ALWAYS_PRIVATE = "Private, as for everybody here"

# A press

NOT_ASKED = "Slack did not let me write to you directly, so I did not ask. Mention me in a channel instead."
NOTICE_TITLE = "Genie"

# For admins

ADMIN_TITLE = "For admins"


def asked(question: str, state: str, where: str, at: float) -> str:
    """Describe a question of one's own; it is escaped here, and `where` is safe mrkdwn."""
    shown = literal_clipped(one_line(question), _QUESTION_WIRE)
    return f"*{shown}*\n{' · '.join(part for part in (state, where, moment(at)) if part)}"


def in_channel(channel: str) -> str:
    """Say where a question was asked; `channel` is safe mrkdwn."""
    return f"in {channel}"


def space(title: str, description: str, alias: str) -> str:
    """Introduce a space by its name and, where there are several, how to ask it; escaped here."""
    said = literal_clipped(description.strip(), _SPACE_WIRE)
    name = f"*{literal_clipped(one_line(title), _TITLE_WIRE)}*" if title else ""
    how = f"`/genie {literal(alias)}: your question`" if alias else ""
    return "\n".join(part for part in (name, said, how) if part)


def more_spaces(number: int) -> str:
    """Count the spaces that are not listed."""
    return f"There are {number} more. Type `/genie spaces` for all of them."


def settings(where: str, charts: str, numbers: str, dates: str, quiet: str) -> str:
    """Sum a person's settings up."""
    pairs = ((WHERE, where), (CHARTS, charts), (NUMBERS, numbers), (DATES, dates), (QUIET, quiet))
    return "\n".join(f"{name}: *{value}*" for name, value in pairs)


def now(waiting: int, working: int, used: int, capacity: int, seconds: float) -> str:
    """Tell how busy the bot is."""
    return (
        f"*Now:* {waiting:,} {'question waits' if waiting == 1 else 'questions wait'}, "
        f"{working:,} {'is' if working == 1 else 'are'} with Genie. "
        f"{used:,} of {capacity:,} questions of the last {seconds:.0f} seconds are used."
    )


def ended(days: int, answered: int, withdrawn: int, failures: Sequence[tuple[str, int]]) -> str:
    """Count how questions ended, with the names that the log has for failures."""
    failed = sum(number for _, number in failures)
    named = ", ".join(f"`{name}` {number:,}" for name, number in failures[:5])
    return (
        f"*Last {days} days:* {answered:,} answered, {withdrawn:,} withdrawn, {failed:,} without an answer"
        f"{f': {named}' if named else ''}."
    )


def rated(days: int, good: int, bad: int) -> str:
    """Count ratings."""
    return f"*Ratings of the last {days} days:* {good:,} good, {bad:,} bad."
