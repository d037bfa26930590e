"""Words for a question that was not stored, as too many wait already."""

from bot.records.question import Aside
from bot.store.questions import Bounds
from render import words


def refusal(reason: str, bounds: Bounds) -> str:
    """Return the words for a receipt, or for the aside of the same value; empty for any other."""
    if reason == Aside.TOO_MANY_BY_PERSON:
        return words.questions.too_many_by_person(bounds.by_person)
    if reason == Aside.TOO_MANY_IN_CHANNEL:
        return words.questions.too_many_in_channel(bounds.in_channel)
    return ""
