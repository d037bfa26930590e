"""Words of the weekly digest, and of the operator's command that prints it."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

DIGEST = "Print what was asked, what got no answer and why, as the experts' channel gets it each Monday."
SINCE = (
    "a day or a time (2026-11-23, 2026-11-23T08:00), in UTC if it names no zone, or an age: 36h, 7d; "
    "questions are remembered for seven days"
)
CSV = "one line for each question, for spreadsheets"
NO_WORDS = "The words of questions are left out: AUDIT_CONTENT is false."

UNANSWERED = "Without an answer"
BAD = "Rated bad"
SLOWEST = "Slowest, from when Genie was asked"
CANDIDATES = "Worth a benchmark"
PRIVATE = "a question that was answered privately"
HIDDEN = "a question whose words are not shown here"
NOTE = (
    "The file in the thread has every question. What was asked privately or in a private channel is counted "
    "without its words."
)
FILE_TITLE = "Questions of the week"


def title(since: int, until: int, zone: tzinfo = UTC) -> str:
    """Name the days, in milliseconds since 1970, by the clock of a time zone."""
    first, last = (datetime.fromtimestamp(at / 1000, zone) for at in (since, until - 1))
    month = "" if (first.year, first.month) == (last.year, last.month) else f" {first:%B}"
    return f"What was asked, {first.day}{month} to {last.day} {last:%B %Y}"


def counted(asked: int, people: int, answered: int, unanswered: int, rest: Sequence[tuple[int, str]]) -> str:
    """Count questions and people, and how the questions ended."""
    others = "".join(f", {number:,} {what}" for number, what in rest if number)
    return (
        f"*{_many(asked, 'question')}* by {_many(people, 'person', 'people')}: "
        f"{answered:,} answered, {unanswered:,} without an answer{others}."
    )


WITHDRAWN = "withdrawn"
RUNNING = "not finished"


def scheduled(number: int) -> str:
    """Count the questions that nobody typed."""
    return f"{_many(number, 'of them was', 'of them were')} asked by a schedule."


def reused(number: int) -> str:
    """Count the questions that cost Genie nothing."""
    return f"{_many(number, 'of them was', 'of them were')} answered with the answer to the same question."


def rated(good: int, bad: int) -> str:
    """Count ratings."""
    return f"*Ratings:* {good:,} good, {bad:,} bad."


def lost(delayed: int, seconds: float) -> str:
    """Say what the limit cost."""
    if not delayed:
        return "*Limit:* no question had to wait for its turn."
    waited = "question waited for its" if delayed == 1 else "questions waited for their"
    return f"*Limit:* {delayed:,} {waited} turn, {span(seconds)} in all."


def span(seconds: float) -> str:
    """Write how long something took."""
    whole = round(seconds)
    hours, minutes = whole // 3600, whole % 3600 // 60
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {whole % 60} s" if minutes else f"{whole} s"


def more(number: int) -> str:
    """Say that a list goes on."""
    return f"and {number:,} more"


def cause(count: int, why: str, name: str) -> str:
    """Count the questions that have no answer for one cause."""
    return f"{count:,} × {why or name} "


def worth(people: int, bad: int, unanswered: int) -> str:
    """Say why a question is worth a benchmark."""
    reasons = [
        f"asked by {_many(people, 'person', 'people')}" if people > 1 else "",
        f"rated bad {_times(bad)}" if bad else "",
        f"failed {_times(unanswered)}" if unanswered else "",
    ]
    return ", ".join(filter(None, reasons))


def confirmed(question: str) -> str:
    """Head the SQL that experts have confirmed for a question."""
    return f"Confirmed SQL: {question}"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"


def _many(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"
