"""Whether the user groups can be read that the settings name: without that nobody is in them."""

import asyncio
import logging
from collections.abc import Collection, Mapping

from bot.config.errors import StartupError
from bot.slack.api import SlackError, SlackRefused
from bot.slack.user_groups import GROUP, UserGroups
from bot.startup.scopes import USER_GROUPS

log = logging.getLogger(__name__)

SECONDS = 10.0
"""For all of them; what is not read by then is when somebody asks."""
UNREADABLE = f"nobody is answered or an admin for being in a user group: grant {USER_GROUPS}, or name people"
GONE = "no_such_subteam"


async def check_user_groups(groups: UserGroups, named: Mapping[str, Collection[str]]) -> None:
    """Read each group that a setting names; StartupError for one that does not exist.

    Without the scope to read them that is logged.
    """
    for setting, ids in named.items():
        for group in ids:
            if not group.startswith(GROUP):
                continue
            try:
                await asyncio.wait_for(groups.read(group), SECONDS)
            except SlackRefused as refused:
                if refused.code == GONE:
                    raise StartupError(
                        f"{setting} names the user group {group}, which Slack does not know: copy its id "
                        "from the group's page in Slack, or take it out."
                    ) from None
                facts = {"setting": setting, "slack": refused.code, "effect": UNREADABLE}
                log.warning("user_groups.unreadable", extra=facts)
                break
            except (SlackError, TimeoutError) as error:
                log.info("user_groups.not_read", extra={"setting": setting, "error": type(error).__name__})
