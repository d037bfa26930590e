"""Who is in a user group, as Slack says.

https://docs.slack.dev/reference/methods/usergroups.users.list
"""

import json
import logging

from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import SlackRefused, ask_slack, optional
from bot.slack.remembered import remembered
from bot.store.keys import GROUP_FRESH, GROUP_LIFETIME, Keys

GROUP = "S"
"""With this letter begins the id of a user group."""

log = logging.getLogger(__name__)


async def read_group(slack: AsyncWebClient, group: str) -> frozenset[str]:
    """Return the ids of a group's members, as Slack says now; SlackError."""
    told = await ask_slack(slack.usergroups_users_list(usergroup=group))
    return frozenset(str(user) for user in told.get("users") or ())


class UserGroups:
    """Looks user groups up in Slack, each once in some minutes."""

    def __init__(self, slack: AsyncWebClient, redis: "Redis", keys: Keys) -> None:
        """Remember them in Redis."""
        self._slack, self._redis, self._keys = slack, redis, keys

    async def members(self, team: str, group: str) -> frozenset[str]:
        """Return the ids of a group's members; nobody where Slack will not tell them.

        SlackError where Slack does not answer, and has not within a day.
        """
        found, is_fresh = await self._remembered(team, group)
        if found is None:
            return await self._ask(team, group)
        return found if is_fresh else await optional(self._ask(team, group), found)

    async def _remembered(self, team: str, group: str) -> tuple[frozenset[str] | None, bool]:
        """Return what Slack said last, and whether that was within some minutes."""
        key = self._keys.user_group(team, group)
        kept, is_fresh = await remembered(self._redis, key, GROUP_LIFETIME, GROUP_FRESH)
        return frozenset(json.loads(kept)) if kept else None, is_fresh

    async def _ask(self, team: str, group: str) -> frozenset[str]:
        try:
            found = await read_group(self._slack, group)
        except SlackRefused as refused:  # without the scope, or of a group that is gone
            log.warning("user_group.unreadable", extra={"group": group, "slack": refused.code})
            found = frozenset()
        key = self._keys.user_group(team, group)
        await self._redis.set(key, json.dumps(sorted(found)), px=GROUP_LIFETIME)
        return found
