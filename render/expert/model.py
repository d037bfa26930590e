"""What an expert has said about an answer, and how far a question before the experts has come."""

from dataclasses import dataclass, field
from enum import StrEnum


class ReviewState(StrEnum):
    """How far a question before the experts has come."""

    OPEN = "open"
    TAKEN = "taken"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    UNANSWERED = "unanswered"
    """An expert could not answer it."""

    @property
    def is_final(self) -> bool:
        """Whether nobody decides any more."""
        return self not in {ReviewState.OPEN, ReviewState.TAKEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What an answer says about the SQL for which an expert stands."""

    by: str
    """The expert's name; data."""
    at: int
    """Milliseconds since 1970."""
    sql: str = field(default="", repr=False)
    same: bool | None = None
    """Whether Genie's SQL is the same; None where Genie wrote none, or that cannot be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the message in the experts' channel shows; all texts are data."""

    question_id: str
    question: str = field(repr=False)
    sender: str
    """Name of the person who asks the experts."""
    space: str = ""
    private: bool = False
    reading: str = field(default="", repr=False)
    sql: str = field(default="", repr=False)
    cause: str = ""
    link: str = ""
    """Leads to the thread, for those who may read it."""
    state: ReviewState = ReviewState.OPEN
    expert: str = ""
    """Name of the expert who has taken or decided it."""
    at: int = 0
    words: str = field(default="", repr=False)
    corrected_sql: str = field(default="", repr=False)
