"""Whom the bot answers: people of its workspace, and guests and other companies' people where it may.

docs/decisions/21-who-asks-and-who-reads.md
"""

from dataclasses import dataclass
from functools import partial

from bot.slack.api import SlackRefused, retrying
from bot.slack.users import Person, Users
from render import words

ASK_SECONDS, ASKS = 5.0, 3
"""For which a step asks Slack about a person before it is repeated."""


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
        """Return why a person is not answered, None for one who is; `external` if the request says so.

        Slack waits for a listener: one of whom it says nothing within a second is taken for a colleague.
        """
        return self._judge(await self.users.person(team, user), external=external)

    async def rejection_in_step(self, team: str, user: str, *, external: bool) -> Rejection | None:
        """Return the same when Slack has said who it is: a step can be repeated; SlackError."""
        asking = partial(self.users.known_person, team, user)
        try:
            person = await retrying(asking, ASKS, ASK_SECONDS)
        except SlackRefused:  # a scope that we lack, or an app that asks
            person = Person()
        return self._judge(person, external=external)

    def _judge(self, person: Person, *, external: bool) -> Rejection | None:
        if (external or person.external) and not self.allow_external:
            return EXTERNAL
        return GUEST if person.guest and not self.allow_guests else None
