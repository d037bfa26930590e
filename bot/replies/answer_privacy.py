"""Which answers only their asker gets at first, since of those who would read them some may not.

docs/decisions/21-who-asks-and-who-reads.md
"""

import asyncio
import logging
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from bot.identity.model import SlackUser
from bot.records.question import Place
from bot.slack.api import SlackUnavailable, retrying
from bot.slack.channels import ChannelAudience, ChannelKind, Channels
from bot.store.people import PeopleStore

log = logging.getLogger(__name__)

LOOK_SECONDS, LOOKS = 5.0, 4
"""For which a question waits to know who would read its answer; then it goes to its asker alone."""


class UserAnswers(StrEnum):
    """Where answers go that people get with rights of their own."""

    PRIVATE = "private"
    THREAD = "thread"
    """Into the thread in public channels; elsewhere to the asker alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPrivacy:
    """Decides where the answer to a question goes."""

    channels: Channels
    people: PeopleStore
    own_rights: UserAnswers | None = None
    """None where the bot's identity asks for everybody."""

    @property
    def always_private(self) -> bool:
        """Whether every answer to a question of a channel is, whatever people set."""
        return self.own_rights is UserAnswers.PRIVATE

    async def readers(self, place: Place) -> ChannelAudience:
        """Return who would read an answer there, as far as that is known in a second."""
        return await self.channels.glance(place.team, place.channel)

    async def forget(self, place: Place) -> None:
        """Look anew at a channel in which others are now; NotStored."""
        await self.channels.forget(place.team, place.channel)

    async def note_account(self, user: SlackUser, *, guest: bool) -> None:
        """Count the guests of channels anew if an account has become that of a guest; NotStored."""
        await self.channels.note_account(user.team, user.id, guest=guest)

    async def can_post(self, place: Place) -> bool | None:
        """Tell whether the bot is in a channel; None where that is not known in a second."""
        return await self.channels.has_us(place.channel)

    async def is_there(self, place: Place, user: str) -> bool:
        """Tell whether a person is known to be in a channel, so that what they ask may be posted there."""
        return await self.channels.has_person(place.channel, user)

    async def has_left(self, place: Place, user: str) -> bool:
        """Tell whether a person is known not to be in a channel any more, and cannot read what it says."""
        hidden = {ChannelKind.PRIVATE, ChannelKind.GROUP}
        return (await self.readers(place)).kind in hidden and await self.channels.lacks_person(
            place.channel, user
        )

    async def wants_private(self, place: Place, asker: str) -> bool:
        """Tell whether an answer to a question in this place goes to its asker alone; SlackError.

        Where Slack is not allowed to tell who is there, the asker alone has been looked at.
        """
        if place.is_direct:
            return False
        if self.always_private:
            return True
        if (await self.people.preferences(place.team, asker)).private:
            return True
        audience = await self._look(place)
        if self.own_rights is UserAnswers.THREAD and audience.kind is not ChannelKind.PUBLIC:
            return True
        return audience.may_have_outsiders

    async def may_have_outsiders(self, place: Place) -> bool:
        """Tell whether guests or people of other companies may read what is posted there; SlackError."""
        return (await self._look(place)).may_have_outsiders

    async def _look(self, place: Place) -> ChannelAudience:
        """Return who reads along; what is not known in time is `pending`."""
        reading = partial(self.channels.read, place.team, place.channel)
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                found = await retrying(reading, LOOKS, LOOK_SECONDS)
                # A count that failed, since Redis was away for a moment, is begun once more.
                return await reading() if found.pending else found
        except (SlackUnavailable, TimeoutError):
            log.info("channel.not_known")
            return ChannelAudience(pending=True)
