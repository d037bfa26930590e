"""Who asks, and how a client of Genie is had for that person."""

from collections.abc import Callable
from dataclasses import dataclass

from genie.client import Genie


@dataclass(frozen=True, slots=True)
class SlackUser:
    """A person, as Slack names one: ids are unique in their workspace only."""

    team: str
    id: str

    @property
    def queue_name(self) -> str:
        """The person's name in the store."""
        return f"{self.team}.{self.id}"


class NotSignedIn(Exception):  # noqa: N818 - named for what happened
    """Databricks cannot be asked as a person who has yet to sign in there, or has to again.

    No GenieError: Genie has refused nothing, and no step can do anything about it but wait.
    """


class NotTheOwner(Exception):  # noqa: N818 - named for what is the matter
    """Where people ask as themselves, an answer serves its owner alone, with whose rights it was asked."""

    def __init__(self, owner: SlackUser) -> None:
        super().__init__()
        self.owner = owner


GenieOf = Callable[[SlackUser], Genie]
"""Return the client that asks Databricks with the rights of a person; its calls raise NotSignedIn, too."""
