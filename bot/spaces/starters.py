"""Which starters fit a text by their words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.spaces.model import SpaceInfo
from bot.spaces.vocabulary import stems


@dataclass(frozen=True, slots=True)
class Starter:
    """A question to begin with, and the id of the space to which it belongs."""

    question: str
    space_id: str


def starters_of(spaces: Sequence[SpaceInfo]) -> list[Starter]:
    """Return all starters of some spaces."""
    return [Starter(each, info.space.id) for info in spaces for each in info.starters]


def fitting(text: str, starters: Sequence[Starter], most: int) -> Sequence[Starter]:
    """Return the starters that have most words of a text; the first ones where none fits better."""
    asked = {*stems(text)}
    return sorted(starters, key=lambda each: -len(asked.intersection(stems(each.question))))[:most]
