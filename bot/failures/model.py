"""What a cause of trouble is: one row of the table that decides what becomes of a question."""

from dataclasses import dataclass
from enum import Enum

from genie.errors import Fault


class Again(Enum):
    """Who may ask Genie once more, or look once more."""

    NO = "no"
    BUTTON = "by a button"
    ONCE = "once by the bot, then by a button"
    PATIENTLY = "by the bot for a while, then by a button"
    WHEN_FREE = "by the bot when the running question has ended, then by a button"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a question got no answer, for the asker, for the operator and for the bot itself."""

    name: str
    """One word for the log."""
    fault: Fault
    again: Again
    words: str
    """What the asker reads."""
    do: str
    """What the operator reads: what it means, and what to check."""
    after: float = 0.0
    """Seconds until it is worth a new try, if the server does not name any."""
    fresh: bool = False
    """Only a new conversation helps."""
    note: str = ""
    """What an answer says that came in that new conversation."""
    looks: int = 0
    """Looks at a running question that may end like this before it is given up."""

    @property
    def passes(self) -> bool:
        """Whether the bot may wait until it is over."""
        return self.again in {Again.PATIENTLY, Again.WHEN_FREE}

    @property
    def log(self) -> dict[str, str]:
        """What a line of the log says about it."""
        return {"fault": self.fault.value, "do": self.do}
