"""Texts of progress, while users wait."""

from math import ceil

WORKING = "Asking Genie…"
BEHIND_PREVIOUS = "One question at a time here: yours comes next, after the one before it in this thread."
STILL_RUNNING = "Genie is still working on this. The answer appears here as soon as it is ready."

STATUS = {
    "SUBMITTED": "has received the question…",
    "FETCHING_METADATA": "is looking at the data catalog…",
    "FILTERING_CONTEXT": "is choosing relevant tables…",
    "ASKING_AI": "is thinking…",
    "PENDING_WAREHOUSE": "is starting the SQL warehouse…",
    "EXECUTING_QUERY": "is running the query…",
}
"""Genie's statuses as Slack's status line shows them, after the bot's name."""
STATUS_OTHER = "is working on it…"


def waiting(place: int, seconds: float) -> str:
    """Name a place in line; `place` counts from 1."""
    return f"Number {place:,} in line, {about(seconds)}. I answer here."


def about(seconds: float) -> str:
    """Say a wait as a person would, rounded up by less than a tenth: "about 1 min 10 s"."""
    whole = max(1, ceil(seconds))
    step = next(step for least, step in ((100, 10), (50, 5), (20, 2), (0, 1)) if whole >= least)
    minutes, rest = divmod(-(-whole // step) * step, 60)
    if minutes >= 10:  # noqa: PLR2004 (nobody counts seconds then)
        return f"about {minutes + (rest > 0)} min"
    said = [f"{minutes} min"] * (minutes > 0) + [f"{rest} s"] * (rest > 0)
    return "about " + " ".join(said)
