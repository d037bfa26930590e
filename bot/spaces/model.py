"""Genie spaces: what the operator configured, and what Genie says about each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Space:
    """A space as it is configured."""

    alias: str
    """What people call it in a question; empty for the only one."""
    id: str
    description: str = ""
    """What it is about, in the operator's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceInfo:
    """A space, with what is known of it from Genie."""

    space: Space
    title: str = ""
    description: str = ""
    starters: tuple[str, ...] = ()
    """The sample questions of the space, which Genie tells those only who may edit it."""
    problem: str = ""
    """Why it cannot be asked, and what to check; empty if it can, or nothing is known yet."""

    @property
    def name(self) -> str:
        """What people read: the title or, until it is known, the alias."""
        return self.title or self.space.alias
