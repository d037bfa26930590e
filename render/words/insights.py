"""Texts about insights.

As in `render.words`: short, plain, and ending with what to do next.
"""

from render.text.locales import Locale

INSIGHTS = "Insights"
STATS = "Stats"
IN_ALL = "About these rows"

WRITING = "I am putting these figures into words. They appear here in a moment."
NOTHING_TO_COMPUTE = (
    "This answer has no amounts that go together, so there is nothing to compute. "
    "Ask for one figure by month or by group, and try it there."
)
FORGOTTEN = "I do not remember this answer any more. Ask the question again, and try it there."
PRIVATE = "Only you see this answer, and insights go into a thread. Share the answer, then try it there."
ALREADY = "The insights are in this thread already, or on their way. Look below the answer."
SHORTENED = "Shortened here. The figures below are complete."
CUT = "The model had more to say than I allow it. The figures below are complete."
NOT_STORED = "My database is down, so I could not take that. Press the button again in a minute."

MODEL_FORBIDDEN = (
    "I may not use the model that puts figures into words: the admin of this bot can give me CAN QUERY on it."
)
MODEL_MISSING = (
    "The model that puts figures into words is not there: the admin of this bot can check the name of its "
    "endpoint."
)
MODEL_BUSY = "The model that puts figures into words is at its limit. Press Insights again in a minute."
MODEL_AWAY = "The model that puts figures into words gave no answer. Press Insights again in a moment."
MODEL_REFUSED = (
    "The model did not take these figures. Use them as they are, or ask for fewer rows and try it there."
)


def already(url: str) -> str:
    """Lead to the insights that are there; the address is Slack's own."""
    return f"The insights are in this thread already: <{url}|open them>."


def title(kind: str, about: str) -> str:
    """Name the message; `about` is data."""
    return f"{kind}: {about}" if about else kind


def written_by(model: str, read: int | None, written: int | None, locale: Locale) -> str:
    """Name the model and what it used; the price of a token is not ours to know."""
    used = ""
    if read is not None and written is not None:
        parts = f"{locale.whole(read)} read, {locale.whole(written)} written"
        used = f" · {locale.whole(read + written)} tokens ({parts}), at your Databricks price"
    return f"Written by {model}{used}"


def unfounded(numbers: str) -> str:
    """Warn of numbers that the model was not given."""
    return f"Not among the figures that I computed: {numbers}. Check these before you use them."
