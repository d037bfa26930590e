"""A cause: one row of the table of why questions fail."""

from dataclasses import dataclass
from enum import Enum

from genie.errors import Fault
from render import words


class Retry(Enum):
    """Who may ask Genie again, or poll again; the values are words of the operator's guide."""

    NEVER = "no"
    MANUAL = "by a button"
    AUTO_ONCE = "once by the bot, then by a button"
    BACKOFF = "by the bot for a while, then by a button"
    WHEN_IDLE = "by the bot when the running question has ended, then by a button"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a question got no answer, for the asker, for the operator and for the bot itself."""

    name: str
    """One word for the log."""
    fault: Fault
    retry: Retry
    words: str
    """What the asker reads."""
    do: str
    """What the operator reads: what it means, and what to check."""
    retry_after: float = 0.0
    """Seconds until a retry is worth it, if the server does not name any."""
    fresh: bool = False
    """Only a new conversation helps."""
    note: str = ""
    """What the answer says when it came in that new conversation."""
    tolerated: int = 0
    """Polls in a row that may fail like this before a running question is given up."""
    own: str = ""
    """What an asker reads whose own rights were not enough, where that is something else."""
    right: str = ""
    """The right that was missing, if Databricks named it."""

    def told(self, *, as_users: bool) -> str:
        """Return what the asker reads; `as_users`: people ask with their own rights, not with the bot's."""
        if as_users and self.right:
            return words.own_rights.missing(self.right)
        return (as_users and self.own) or self.words

    @property
    def transient(self) -> bool:
        """Whether the bot waits until it is over."""
        return self.retry in {Retry.BACKOFF, Retry.WHEN_IDLE}

    @property
    def log(self) -> dict[str, str]:
        """What a line of the log says about it."""
        return {"fault": self.fault.value, "do": self.do}
