"""Which starters fit a text by their words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.spaces.catalog import Catalog
from bot.spaces.model import SpaceInfo
from bot.spaces.vocabulary import stems


@dataclass(frozen=True, slots=True)
class Starter:
    """A question to begin with, and the id of the space to which it belongs."""

    question: str
    space_id: str


def starters_of(info: SpaceInfo, catalog: Catalog, own: Sequence[str], *, as_users: bool) -> list[Starter]:
    """Return what a space has to begin with: the operator's `own` in the default one, else its samples.

    With `as_users` there are no samples: what the bot may read of a space, not everybody may.
    """
    samples = () if as_users else info.starters
    texts = (info.space == catalog.default and own) or samples
    return [Starter(each, info.space.id) for each in texts]


def fitting(text: str, starters: Sequence[Starter], most: int) -> Sequence[Starter]:
    """Return the starters that have most words of a text; the first ones where none fits better."""
    asked = {*stems(text)}
    return sorted(starters, key=lambda each: -len(asked.intersection(stems(each.question))))[:most]
