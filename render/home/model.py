"""All that the Home tab of one person shows."""

from dataclasses import dataclass, field
from enum import StrEnum

from render import words
from render.text.locales import Dates, Numbers
from render.watch.model import WatchView

HOURS = 24
QUIET = (20, 7)
"""Quiet hours of who has set none: from one hour of the day to another."""


class Status(StrEnum):
    """How far a question has come, as its asker reads it."""

    WAITS = words.home.WAITS
    SIGNS_IN = words.home.SIGNS_IN
    WORKING = words.home.WORKING
    ANSWERED = words.home.ANSWERED
    FAILED = words.home.FAILED
    STOPPED = words.home.STOPPED
    OVERDUE = words.home.OVERDUE

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether its answer is still to come."""
        return self in {Status.WAITS, Status.SIGNS_IN, Status.WORKING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A question of the person who looks."""

    question_id: str
    text: str = field(repr=False)
    status: Status
    at: float
    """Seconds since 1970."""
    channel: str = ""
    """Where it was asked; empty in direct messages."""
    private: bool = False
    """Answered in direct messages."""
    link: str = ""
    """Leads to its thread; empty as long as there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceCard:
    """A Genie space, as it introduces itself."""

    id: str
    title: str = ""
    description: str = ""
    alias: str = ""
    """By which a question names it; empty where there is one space."""
    starters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the person has set."""

    private: bool = False
    always_private: bool = False
    """All answers are private here, whatever is set."""
    never_charts: bool = False
    """No answer has a chart here, whatever is set."""
    charts: bool = True
    numbers: Numbers = Numbers.LANGUAGE
    dates: Dates = Dates.LANGUAGE
    quiet: tuple[int, int] = QUIET
    """The hours of the day between which no watch tells; none where both are the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInState:
    """Whether the person has signed in to Databricks, where people do."""

    name: str = ""
    """As whom; empty without a sign-in."""
    link: str = field(default="", repr=False)
    """Leads to a sign-in; empty for who cannot get one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How the bot fares, for its admins."""

    waiting: int
    working: int
    used: int
    capacity: int
    window: float
    """Seconds for which `capacity` holds."""
    days: int
    """That the rest is about."""
    answered: int = 0
    withdrawn: int = 0
    failures: tuple[tuple[str, int], ...] = ()
    """Names of causes, the most frequent first."""
    good: int = 0
    bad: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeContent:
    """All of it."""

    spaces: tuple[SpaceCard, ...] = ()
    """The first is the default."""
    entries: tuple[Entry, ...] = ()
    """Newest first."""
    watches: tuple[WatchView, ...] = ()
    """Oldest first."""
    settings: Settings = field(default_factory=Settings)
    sign_in: SignInState | None = None
    """None where the bot asks for everybody."""
    figures: Figures | None = None
    """None for who is no admin."""
