"""Results of the Lua scripts, named."""

from enum import StrEnum


class Receipt(StrEnum):
    """Whether a question was stored."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    UNKNOWN_THREAD = "unknown thread"
    """It is a reply in a thread that the bot has no part in."""


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
    """The thread is not known, or the user has not asked in it."""


class FeedbackResult(StrEnum):
    """What a rating changed."""

    RECORDED = "recorded"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    UNKNOWN = "unknown"
    """The answer is forgotten, or never was one."""


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
