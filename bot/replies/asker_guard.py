"""Whom the bot answers: people of its workspace, and guests and other companies' people where it may.

docs/decisions/21-who-asks-and-who-reads.md
"""

from dataclasses import dataclass

from bot.slack.users import Users
from render import words


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a person is not answered."""

    outcome: str
    """For the log."""
    sentence: str
    """For that person alone."""


GUEST = Rejection("guest", words.questions.GUEST)
EXTERNAL = Rejection("external", words.questions.EXTERNAL_PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskerGuard:
    """Decides whether a person is answered: as what Slack says, and what came with the request."""

    users: Users
    allow_guests: bool = False
    allow_external: bool = False

    async def rejection(self, team: str, user: str, *, external: bool) -> Rejection | None:
        """Return why a person is not answered, None for one who is; `external` if the request says so."""
        person = await self.users.person(team, user)
        if (external or person.external) and not self.allow_external:
            return EXTERNAL
        return GUEST if person.guest and not self.allow_guests else None
