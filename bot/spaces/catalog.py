"""The configured spaces, with what was last read of each from Genie."""

import re
from collections.abc import Sequence

from bot.spaces.model import Space, SpaceInfo

_NAMED = re.compile(
    r"(?P<mention>\s*(?:<@[^<>]+>[\s,:]*)?)(?P<alias>[\w-]+)\s*[::]\s*(?P<rest>.*)", re.DOTALL
)

# The name ends with what is no blank: a search for the blanks at the end would look from each of them.
_CALLED = re.compile(r"\s*(?:<@[^<>]+>[\s,:]*)?(?P<name>.*[^\s.!])?", re.DOTALL)


class Catalog:
    """All spaces, in the order of the operator; `bot.startup.space_checks` keeps it up to date."""

    def __init__(self, spaces: Sequence[Space]) -> None:
        """Know of `spaces`, the first of which is the default, no more than what is configured."""
        self.spaces = tuple(spaces)
        self._about = {space.id: SpaceInfo(space=space) for space in spaces}

    @property
    def default(self) -> Space:
        """The space of questions for which none was chosen, and of those from before there were several."""
        return self.spaces[0]

    @property
    def several(self) -> bool:
        """Whether there is a choice."""
        return len(self.spaces) > 1

    @property
    def known(self) -> tuple[SpaceInfo, ...]:
        """What is known of each space."""
        return tuple(self._about.values())

    @property
    def usable(self) -> tuple[SpaceInfo, ...]:
        """The spaces that can be asked, as far as is known."""
        return tuple(info for info in self.known if not info.problem)

    def space_of(self, space_id: str, text: str = "") -> str:
        """Return in which space a question is asked for which this one was chosen, or none as yet.

        Then the one that its text names in front is meant, else the default.
        """
        return space_id or (self.named(text)[0] or self.default).id

    def find(self, name: str) -> Space | None:
        """Return the space with an alias, in letters of any size, or with an id."""
        folded = name.casefold()
        return next(
            (each for each in self.spaces if each.alias.casefold() == folded or each.id == name), None
        )

    def named(self, text: str) -> tuple[Space | None, str]:
        """Return the space that a question names in front, as in `finance: …`, and the rest of the question.

        A mention may stand before it; where no space is named, the rest is all of it.
        """
        found = _NAMED.match(text)
        space = self.find(found["alias"]) if found and self.several else None
        return (space, found["mention"] + found["rest"]) if found and space else (None, text)

    def called(self, text: str) -> Space | None:
        """Return the space of which a text is nothing but the alias or the title, perhaps after a mention."""
        found = _CALLED.match(text)
        name = (found["name"] or "").casefold() if found else ""
        spaces = (
            each
            for each in self.spaces
            if name in {each.alias.casefold(), self.about(each.id).title.casefold()}
        )
        return next(spaces, None) if name and self.several else None

    def about(self, space_id: str) -> SpaceInfo:
        """Return what is known of a space; of one that is no longer configured, no more than its id."""
        return self._about.get(space_id) or SpaceInfo(space=Space("", space_id))

    def learn(self, info: SpaceInfo) -> None:
        """Take what was read of a space in the place of what was known."""
        self._about[info.space.id] = info
