"""Whom the bot answers: people of its workspace, and guests and other companies' people where it may.

docs/decisions/21-who-asks-and-who-reads.md
"""

import asyncio
from dataclasses import dataclass
from functools import partial

from bot.replies.access import Access
from bot.slack.api import SlackRefused, optional, retrying
from bot.slack.users import Person, Users
from render import words

ASK_SECONDS, ASKS = 5.0, 3
"""For which Slack is asked about a person while nobody waits for a listener."""


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
"""With this letter begins the id of an app without a user of its own."""


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
        asking = optional(self.access.refusal(team, user, channel), None)
        person, refusal = await asyncio.gather(self.users.person(team, user), asking)
        if rejection := self._judge(person, external=external):
            return rejection
        if _is_app(person, user):
            refusal = self.access.channel_refusal(channel)
        return NOT_KNOWN if refusal is None else _not_allowed(refusal)

    async def rejection_in_step(
        self, team: str, user: str, channel: str, *, external: bool
    ) -> Rejection | None:
        """Return the same when Slack has said who it is: a step can be repeated; SlackError."""
        person = await ask_for_person(self.users, team, user)
        if rejection := self._judge(person, external=external):
            return rejection
        if _is_app(person, user):
            return _not_allowed(self.access.channel_refusal(channel))
        if not (person.known or external):
            return NOT_KNOWN  # it may be a guest: Slack describes every colleague
        refusing = partial(self.access.refusal, team, user, channel)
        return _not_allowed(await retrying(refusing, ASKS, ASK_SECONDS))

    def _judge(self, person: Person, *, external: bool) -> Rejection | None:
        if (external or person.external) and not self.allow_external:
            return EXTERNAL
        return GUEST if person.guest and not self.allow_guests else None


async def ask_for_person(users: Users, team: str, user: str) -> Person:
    """Return what Slack says about a person, asked more than once where it does not answer; SlackError.

    Nothing where Slack refuses to say it: a person is judged without that.
    """
    asking = partial(users.known_person, team, user)
    try:
        return await retrying(asking, ASKS, ASK_SECONDS)
    except SlackRefused:  # a scope that we lack, or an app that asks
        return Person()


def _is_app(person: Person, user: str) -> bool:
    """Tell whether an app asks, of ALLOWED_BOTS, as others are not heard: ALLOWED_USERS is about people."""
    return person.bot or user.startswith(APP)


def _not_allowed(refusal: str) -> Rejection | None:
    return Rejection("not allowed", refusal) if refusal else None
