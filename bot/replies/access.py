"""Who may ask and where, by the ids that the settings name, and who sets the bot up.

Names are no ground for a right: people can change them. docs/operating/access.md
"""

from collections.abc import Collection
from dataclasses import dataclass

from bot.slack.api import SlackError, optional
from bot.slack.user_groups import GROUP, UserGroups
from render import words
from render.blockkit.blocks import channel as channel_link


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Decides by ids; where none is named, everybody may ask, everywhere, and nobody is an admin."""

    groups: UserGroups
    channels: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    """Of people and user groups."""
    admins: tuple[str, ...] = ()
    """The same. They may ask wherever others may."""

    async def refusal(self, team: str, user: str, channel: str) -> str:
        """Return the words for a person who may not ask in a channel, empty for one who may.

        In direct messages each person who may ask may do so. SlackError where it is not known whether that
        person is in a user group.
        """
        if refusal := self.channel_refusal(channel):
            return refusal
        if self.users and not await self._is_among(team, user, (*self.users, *self.admins)):
            return words.access.NOT_ALLOWED
        return ""

    def channel_refusal(self, channel: str) -> str:
        """Return the words where nobody may ask in a channel, empty where people may, or outside of any."""
        if not self.channels or not channel or channel.startswith("D") or channel in self.channels:
            return ""
        return words.access.not_here([channel_link(each) for each in self.channels])

    async def is_admin(self, team: str, user: str) -> bool:
        """Tell whether a person sets the bot up; not where Slack does not say so in a second."""
        return await optional(self._is_among(team, user, self.admins), default=False)

    async def _is_among(self, team: str, user: str, named: Collection[str]) -> bool:
        if user in named:
            return True
        unknown: SlackError | None = None
        for group in named:
            if group.startswith(GROUP):
                try:
                    if user in await self.groups.members(team, group):
                        return True
                except SlackError as error:  # another group may have the person
                    unknown = error
        if unknown:
            raise unknown
        return False
