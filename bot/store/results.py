"""Results of the Lua scripts, named."""

from dataclasses import dataclass
from enum import StrEnum

from bot.records.lease import Lease


class Receipt(StrEnum):
    """Whether a question was stored."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    UNKNOWN_THREAD = "unknown thread"
    """It is a reply in a thread that the bot has no part in."""
    TOO_MANY_BY_PERSON = "too many by person"
    """As many questions of its asker wait already as may."""
    TOO_MANY_IN_CHANNEL = "too many in channel"


class Revised(StrEnum):
    """What became of an edited message."""

    REVISED = "revised"
    """Its new words are asked."""
    UNCHANGED = "unchanged"
    """It says what it said before, or the edit is known."""
    ANSWERED = "answered"
    """The old words have ended: their asker decides whether the new ones are asked."""
    OFFERED = "offered"
    """The same, and they were asked about an earlier edit just before."""
    TOO_MANY_BY_PERSON = Receipt.TOO_MANY_BY_PERSON
    """The old words were not asked, and as many questions wait as may."""
    TOO_MANY_IN_CHANNEL = Receipt.TOO_MANY_IN_CHANNEL
    UNKNOWN = "unknown"
    """It was no question."""


class Shared(StrEnum):
    """Whether a question takes the Genie message of one with the same words."""

    ASK = "ask"
    """There is none: it is asked."""
    WAIT = "wait"
    """The other one is just being asked."""
    SHARED = "shared"
    """It has the message of the other one now."""


class Withdrawn(StrEnum):
    """What a question was doing when it was withdrawn."""

    WAITING = "waiting"
    """Genie has not got it, and never will."""
    RUNNING = "running"
    """Genie cannot be stopped: it works on, and nobody hears of the result."""
    ENDED = "ended"
    """It has ended, by an answer or otherwise: nothing changed."""
    NOT_YOURS = "not yours"
    UNKNOWN = "unknown"


class Resumed(StrEnum):
    """Whether an answer that missed its deadline is polled again."""

    RESUMED = "resumed"
    RUNNING = "running"
    """It is polled already, or the answer is here."""
    GONE = "gone"
    """The question is forgotten."""


class EnqueueResult(StrEnum):
    """Whether a job was left to a worker."""

    ACCEPTED = "accepted"
    ALREADY = "already"
    BUSY = "busy"
    """A question of the thread is being answered."""
    UNKNOWN_THREAD = "unknown thread"
    """The thread is not known, or is not the user's to change."""


class FeedbackResult(StrEnum):
    """What a rating changed."""

    RECORDED = "recorded"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    UNKNOWN = "unknown"
    """The answer is forgotten, or never was one."""


class Decided(StrEnum):
    """What became of an expert's word."""

    DONE = "done"
    HELD = "held"
    """An expert has the question, perhaps the same one."""
    ALREADY = "already"
    """It is decided."""
    OWN = "own"
    """The expert asked it."""
    UNKNOWN = "unknown"
    """It is forgotten."""


class Then(StrEnum):
    """What happens to a lease once its fields are saved."""

    KEEP = "keep"
    ADVANCE = "advance"
    """It is kept for the next step."""
    RELEASE = "release"
    """The step has ended; the next one is due later."""
    POSTPONE = "postpone"
    """The same step is due later."""
    FAIL = "fail"
    """The same step is due later, and this attempt at it counts."""
    PARK = "park"
    """The step has ended, and the question waits until the one before it in its thread has ended."""


class SpaceChoice(StrEnum):
    """Whether a question goes on in the space that somebody chose."""

    CHOSEN = "chosen"
    ALREADY = "already"
    """It is chosen, or the question has ended."""
    GONE = "gone"
    """The question is forgotten."""


class SignInWait(StrEnum):
    """Whether a question or a job waits until its person has signed in."""

    WAITING = "waiting"
    OVER = "over"
    """It has waited for as long as it may."""
    SIGNED_OUT = "signed out"
    """Its person signed out after it was asked."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the line: 0 is its head, None behind an earlier question of the same thread."""

    number: int | None
    seconds: float
    settles_in: float = 0.0
    """Seconds in which the event of an earlier question may still arrive; until then no place is told."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Result of a claim: the leases, and the seconds until more may be due (None: unknown)."""

    leases: tuple[Lease, ...]
    wait: float | None


class WatchAdded(StrEnum):
    """Whether a watch was kept."""

    ADDED = "added"
    ALREADY = "already"
    TOO_MANY = "too many"
    """Its owner has as many as a person may have."""


class Started(StrEnum):
    """Whether the run of a watch was left to a worker."""

    STARTED = "started"
    TAKEN = "taken"
    """Another process started it, or it is due at another time by now."""
    RUNNING = "running"
    """The run before has not ended: it is started then."""
    FULL = "full"
    """As many runs as may are on their way."""
    GONE = "gone"
    """It was stopped or paused, and is due no more."""
