"""Whether a watch may still run: its owner may ask, reads where it tells, and asks with the same rights.

docs/decisions/27-a-watch-runs-as-its-owner.md
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.failures import causes
from bot.identity.model import SlackUser
from bot.records.watch import Watch, WatchKind
from bot.replies.answer_privacy import AnswerPrivacy
from bot.replies.asker_guard import AskerGuard
from bot.slack.users import Users
from bot.spaces.catalog import Catalog
from render import words


@dataclass(frozen=True, slots=True)
class Rest:
    """Why a watch runs no more."""

    outcome: str
    """For the log, and kept with the watch."""
    sentence: str = ""
    """For its owner alone."""
    ends: bool = False
    """It is deleted, and nobody is there to be told."""


CLOSED_ACCOUNT = Rest("closed account", ends=True)
LEFT_CHANNEL = Rest("left channel", words.watches.LEFT_CHANNEL)
IDENTITY_CHANGED = Rest(causes.IDENTITY_CHANGED.name, words.watches.OTHER_RIGHTS)
SPACE_REMOVED = Rest("space removed", words.watches.SPACE_REMOVED)
SIGNED_OUT = Rest(causes.NOT_SIGNED_IN.name, words.watches.SIGNED_OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class MayRun:
    """Looks at the owner of a watch before each run, as before each question."""

    guard: AskerGuard
    users: Users
    privacy: AnswerPrivacy
    catalog: Catalog
    signed_in: Callable[[SlackUser], Awaitable[object]]
    """Raises NotSignedIn for a person who has to sign in before Genie is asked."""
    as_users: bool

    async def time_zone(self, watch: Watch) -> str:
        """Return the time zone that the owner of a watch has by now; empty where Slack does not say it."""
        return (await self.users.person(watch.owner.team, watch.owner.id)).time_zone

    async def refusal(self, watch: Watch) -> Rest | None:
        """Return why it may not; None if it may. SlackError, NotSignedIn."""
        owner, place = watch.owner, watch.place
        rejection = await self.guard.rejection_in_step(owner.team, owner.id, place.channel, external=False)
        person = (await self.users.remembered(owner.team, [owner.id])).get(owner.id)
        if person and person.deleted:
            return CLOSED_ACCOUNT
        if rejection:
            return Rest(rejection.outcome, rejection.sentence)
        if watch.kind is WatchKind.ANSWER and watch.asked_as != (owner.queue_name if self.as_users else ""):
            return IDENTITY_CHANGED
        if watch.kind is WatchKind.QUESTION and not self.catalog.find(self.catalog.space_of(watch.space)):
            return SPACE_REMOVED
        if not place.is_direct and await self.privacy.has_left(place, owner.id):
            return LEFT_CHANNEL
        await self.signed_in(owner)
        return None
