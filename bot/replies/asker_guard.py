"""Whom the bot answers: people of its workspace, and guests and other companies' people where it may.

docs/decisions/21-who-asks-and-who-reads.md
"""

from dataclasses import dataclass
from functools import partial

from bot.replies.access import Access
from bot.slack.api import SlackRefused, optional, retrying
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
NOT_KNOWN = Rejection("not known", words.access.NOT_KNOWN)
APP = "B"
"""With this letter begins the id of an app without a user of its own; ALLOWED_BOTS says which may ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskerGuard:
    """Decides whether a person is answered: as what Slack says, and what came with the request."""

    users: Users
    access: Access
    allow_guests: bool = False
    allow_external: bool = False

    async def rejection(self, team: str, user: str, channel: str, *, external: bool) -> Rejection | None:
        """Return why a person is not answered, None for one who is; `external` if the request says so.

        `channel` is where the person asks or presses, empty outside of any. Slack waits for a listener: one
        of whom it says nothing within a second is taken for a colleague, and for a member of no user group.
        """
        person = await self.users.person(team, user)
        if rejection := self._judge(person, external=external):
            return rejection
        return await optional(self._not_allowed(person, team, user, channel), NOT_KNOWN)

    async def rejection_in_step(
        self, team: str, user: str, channel: str, *, external: bool
    ) -> Rejection | None:
        """Return the same when Slack has said who it is: a step can be repeated; SlackError."""
        asking = partial(self.users.known_person, team, user)
        try:
            person = await retrying(asking, ASKS, ASK_SECONDS)
        except SlackRefused:  # a scope that we lack, or an app that asks
            person = Person()
        judging = partial(self._not_allowed, person, team, user, channel)
        return self._judge(person, external=external) or await retrying(judging, ASKS, ASK_SECONDS)

    def _judge(self, person: Person, *, external: bool) -> Rejection | None:
        if (external or person.external) and not self.allow_external:
            return EXTERNAL
        return GUEST if person.guest and not self.allow_guests else None

    async def _not_allowed(self, person: Person, team: str, user: str, channel: str) -> Rejection | None:
        """Return why a person may not ask by the ids in the settings; SlackError."""
        if person.bot or user.startswith(APP):  # other apps are not heard
            refusal = self.access.channel_refusal(channel)
        else:
            refusal = await self.access.refusal(team, user, channel)
        return Rejection("not allowed", refusal) if refusal else None
