"""Where a question comes from, and how far it or an order may have come."""

from enum import StrEnum


class Surface(StrEnum):
    """Where in Slack somebody asked."""

    MENTION = "mention"
    REPLY = "reply"
    DIRECT = "direct"
    COMMAND = "command"
    BUTTON = "button"
    MENU = "menu"
    """No question but an order about its thread, which goes the same way."""


class State(StrEnum):
    """How far a question has come; each is saved before the next step begins."""

    RECEIVED = "received"
    ANNOUNCED = "announced"
    ASKING = "asking"
    BLOCKED = "blocked"
    """Another question is running in the conversation; its end is waited for without a token."""
    ASKED = "asked"
    ANSWERED = "answered"
    SHOWN = "shown"
    """The answer is in Slack; its chart and files may still be on their way."""
    DELIVERED = "delivered"
    OVERDUE = "overdue"
    """The deadline passed and the thread was told; "Check again" goes on from here."""
    TELLING = "telling"
    """The thread has begun anew, which is to be told there."""
    FORGETTING = "forgetting"
    """The conversations of a thread are to be deleted."""
    SHARING = "sharing"
    """An answer is to be shown in the channel of its thread."""
    OPENING = "opening"
    """A question is to be asked in a direct message, so that only its asker sees the answer."""
    PUBLISHING = "publishing"
    """An answer that only its asker sees is to be posted for everybody."""
    DISMISSING = "dismissing"
    """It is to be taken away."""
    REDRAWING = "redrawing"
    """An answer is to show another chart."""
    REFUSED = "refused"
    """An order came to nothing, and may be given again."""
    RATED = "rated"
    """Somebody has rated an answer, which Genie is to be told."""
    EXPORTING = "exporting"
    """The rows of an answer are to be shared as a file."""
    INSIGHTS = "insights"
    """The figures of an answer are to be computed and put into words."""
