"""Whether the user groups can be read that the settings name: without that nobody is in them."""

import asyncio
import logging
from collections.abc import Collection, Mapping

from slack_sdk.web.async_client import AsyncWebClient

from bot.config.errors import StartupError
from bot.config.settings import Settings
from bot.slack.api import SlackError, SlackRefused
from bot.slack.user_groups import GROUP, read_group
from bot.startup.scopes import USER_GROUPS
from render.words.operator import check_slack as words

log = logging.getLogger(__name__)

SECONDS = 10.0
"""For all of them; what is not read by then is when somebody asks."""
UNREADABLE = f"nobody is answered or an admin for being in a user group: grant {USER_GROUPS}, or name people"
GONE = "no_such_subteam"


def named_groups(settings: Settings) -> Mapping[str, Collection[str]]:
    """Return the user groups that each setting names."""
    named = {"ALLOWED_USERS": settings.allowed_users, "ADMINS": settings.admins}
    return {setting: [each for each in ids if each.startswith(GROUP)] for setting, ids in named.items()}


async def check_user_groups(slack: AsyncWebClient, named: Mapping[str, Collection[str]]) -> None:
    """Read each group that a setting names; StartupError for one that does not exist.

    Without the scope to read them that is logged.
    """
    for setting, groups in named.items():
        for group in groups:
            try:
                async with asyncio.timeout(SECONDS):
                    await read_group(slack, group)
            except SlackRefused as refused:
                if refused.code == GONE:
                    raise StartupError(words.group_not_known(setting, group)) from None
                facts = {"setting": setting, "slack": refused.code, "effect": UNREADABLE}
                log.warning("user_groups.unreadable", extra=facts)
                break
            except (SlackError, TimeoutError) as error:
                log.info("user_groups.not_read", extra={"setting": setting, "error": type(error).__name__})
