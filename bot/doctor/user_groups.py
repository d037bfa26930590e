"""A look at the user groups that the settings name: who is in them may ask, or sets the bot up."""

from collections.abc import AsyncGenerator

from bot.doctor.model import Finding, green, red, yellow
from bot.doctor.surroundings import Surroundings
from bot.slack.api import SlackError, SlackRefused
from bot.slack.user_groups import read_group
from bot.startup.group_check import GONE, named_groups
from render.words.operator import check_slack as words

NAME = "slack.user_groups"


async def look_at_user_groups(around: Surroundings) -> AsyncGenerator[Finding, None]:
    """Read each group, one after the other, as Slack lets few be read in a minute."""
    for setting, groups in named_groups(around.settings).items():
        for group in groups:
            yield await _at_group(around, setting, group)


async def _at_group(around: Surroundings, setting: str, group: str) -> Finding:
    try:
        members = await read_group(around.slack, group)
    except SlackRefused as refused:
        if refused.code == GONE:
            return red(NAME, words.group_not_known(setting, group))
        return red(NAME, words.group_refused(setting, group, refused.code))
    except SlackError as error:
        return yellow(NAME, words.group_unknown(setting, group, error.code))
    if not members:
        return yellow(NAME, words.group_empty(setting, group))
    return green(NAME, words.group(setting, group, len(members)))
