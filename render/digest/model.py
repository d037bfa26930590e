"""What a digest is made of, and what it says."""

from dataclasses import dataclass, field
from datetime import tzinfo
from enum import StrEnum


class Fate(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"
    RUNNING = "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One question."""

    asked_at: int
    """Milliseconds since 1970."""
    asker: str
    """Who asked, only to be counted."""
    fate: Fate
    space: str = ""
    """The name of its Genie space; empty where there is one, or where it never got there."""
    private: bool = False
    """Answered to its asker alone."""
    scheduled: bool = False
    """Asked by the clock."""
    reused: bool = False
    """Answered with what Genie said to the same question of somebody else."""
    cause: str = ""
    """The word of the log for why it has no answer."""
    why: str = field(default="", repr=False)
    """What that means, and what to do about it."""
    by_genie: bool = False
    """Whether it has no answer because of Genie, and not of a setting or the network."""
    seconds: float | None = None
    """From when Genie was asked until the answer stood in Slack."""
    waited: float = 0.0
    """Seconds for which it stood in line."""
    rating: str = ""
    """`good` or `bad`, if it has one that counts."""
    reason: str = field(default="", repr=False)
    """Why it was rated bad; empty where the question is not shown."""
    words: str = field(default="", repr=False)
    """The question; empty where who reads the digest may not see it."""
    same: str = field(default="", repr=False)
    """What makes it the same question as others; empty where its words alone do not say all of it."""
    confirmed: str = field(default="", repr=False)
    """The SQL that experts have confirmed for it."""
    link: str = ""
    """Leads to its thread."""

    @property
    def bad(self) -> bool:
        """Whether its answer was rated bad."""
        return self.rating == BAD


GOOD, BAD = "good", "bad"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """How many questions got no answer for the same cause."""

    cause: str
    why: str
    count: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that is worth a benchmark in its space."""

    entry: Entry = field(repr=False)
    """That question, as somebody asked it whose words may be shown."""
    people: int
    bad: int
    unanswered: int
    confirmed: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What happened from `since` until before `until`, in milliseconds since 1970."""

    since: int
    until: int
    zone: tzinfo
    """By whose clock these days are named."""
    entries: tuple[Entry, ...] = field(repr=False)
    """All questions, the first one first."""
    asked: int
    people: int
    scheduled: int
    """Of those that were asked."""
    reused: int
    """The same: Genie got fewer by so many."""
    answered: int
    withdrawn: int
    running: int
    unanswered: tuple[Unanswered, ...]
    """The most frequent cause first."""
    good: int
    bad: tuple[Entry, ...] = field(repr=False)
    slowest: tuple[Entry, ...] = field(repr=False)
    delayed: int
    """Questions that had to wait for their turn because of the limit."""
    lost_seconds: float
    """That they waited in all."""
    candidates: tuple[Candidate, ...]

    @property
    def without_answer(self) -> int:
        """How many questions got none."""
        return sum(each.count for each in self.unanswered)
