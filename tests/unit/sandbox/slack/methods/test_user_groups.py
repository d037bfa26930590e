"""The local Slack's user groups, and in which words it refuses them."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Limits, Settings, Slack
from sandbox.slack.state.settings import SCOPES

GROUP, DISABLED = "S0FINANCE1", "S0FORMER01"


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack(Settings(limits=Limits.none())) as slack:
        yield slack


def client(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


async def refusal(slack: Slack, group: str) -> str:
    with pytest.raises(SlackApiError) as refused:
        await client(slack).usergroups_users_list(usergroup=group)
    return str(refused.value.response["error"])


async def test_a_group_has_members(slack: Slack) -> None:
    """By their ids."""
    told = await client(slack).usergroups_users_list(usergroup=GROUP)
    assert told["users"] == ["U0ADA00001", "U0BEN00002"]


async def test_a_disabled_group_is_found_by_who_asks_for_such(slack: Slack) -> None:
    """By nobody else, as one that never was."""
    assert await refusal(slack, DISABLED) == "no_such_subteam"
    assert await refusal(slack, "S0NOWHERE1") == "no_such_subteam"
    told = await client(slack).usergroups_users_list(usergroup=DISABLED, include_disabled=True)
    assert told["users"] == ["U0ADA00001"]


async def test_a_plan_may_have_no_groups(slack: Slack) -> None:
    """Then Slack asks for another plan."""
    slack.workspace.has_user_groups = False
    assert await refusal(slack, GROUP) == "plan_upgrade_required"


async def test_reading_groups_has_a_scope_of_its_own() -> None:
    """Without it nothing is told."""
    async with Slack(Settings(scopes=SCOPES - {"usergroups:read"})) as slack:
        assert await refusal(slack, GROUP) == "missing_scope"
