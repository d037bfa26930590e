"""Who is in a user group is asked of Slack, remembered, and nobody where Slack will not tell."""

import logging
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.config.errors import StartupError
from bot.slack.api import SlackUnavailable
from bot.slack.user_groups import UserGroups
from bot.startup.group_check import check_user_groups
from bot.store.keys import GROUP_FRESH, GROUP_LIFETIME, Keys
from sandbox.faults import Fault
from sandbox.slack import Settings, Slack
from sandbox.slack.state.settings import SCOPES

pytestmark = pytest.mark.redis

TEAM, FINANCE, DISABLED = "T0SANDBOX1", "S0FINANCE1", "S0FORMER01"
ADA, BEN, CHLOE = "U0ADA00001", "U0BEN00002", "U0CHLOE003"
KEYS = Keys("test")
METHOD = "usergroups.users.list"


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as slack:
        yield slack


def groups_of(slack: Slack, redis: "Redis") -> UserGroups:
    """Be one process."""
    return UserGroups(client_of(slack), redis, KEYS)


def client_of(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


def calls(slack: Slack) -> int:
    return sum(call.method == METHOD for call in slack.request_log)


async def test_a_group_is_asked_about_once(slack: Slack, redis: "Redis") -> None:
    """For some minutes the same answer serves every process."""
    assert await groups_of(slack, redis).members(TEAM, FINANCE) == {ADA, BEN}
    assert await groups_of(slack, redis).members(TEAM, FINANCE) == {ADA, BEN}
    assert calls(slack) == 1


async def test_changes_of_a_group_are_learnt(slack: Slack, redis: "Redis") -> None:
    """After some minutes Slack is asked again; while it is away, its last word counts for a day."""
    groups = groups_of(slack, redis)
    await groups.members(TEAM, FINANCE)
    slack.workspace.user_groups[FINANCE].users = {CHLOE}
    await redis.pexpire(KEYS.user_group(TEAM, FINANCE), GROUP_LIFETIME - GROUP_FRESH - 1000)
    slack.faults.add(Fault(f"/api/{METHOD}", status=503))
    assert await groups.members(TEAM, FINANCE) == {ADA, BEN}
    assert await groups.members(TEAM, FINANCE) == {CHLOE}


async def test_a_group_is_not_known_while_slack_is_away(slack: Slack, redis: "Redis") -> None:
    """That is no answer, and not remembered as one."""
    slack.faults.add(Fault(f"/api/{METHOD}", status=503))
    with pytest.raises(SlackUnavailable):
        await groups_of(slack, redis).members(TEAM, FINANCE)
    assert await groups_of(slack, redis).members(TEAM, FINANCE) == {ADA, BEN}


async def test_a_group_that_is_gone_has_nobody(slack: Slack, redis: "Redis") -> None:
    """So has one that cannot be read, for some minutes."""
    assert await groups_of(slack, redis).members(TEAM, DISABLED) == frozenset()
    assert await groups_of(slack, redis).members(TEAM, DISABLED) == frozenset()
    assert calls(slack) == 1


async def test_a_group_that_does_not_exist_stops_the_start(slack: Slack) -> None:
    """One sentence names the setting and the group."""
    client = client_of(slack)
    await check_user_groups(client, {"ALLOWED_USERS": (FINANCE,), "ADMINS": ()})
    with pytest.raises(StartupError, match=r"^ADMINS names the user group S0NOWHERE1, which .*\.$"):
        await check_user_groups(client, {"ALLOWED_USERS": (), "ADMINS": (FINANCE, "S0NOWHERE1")})


async def test_the_start_tells_that_groups_cannot_be_read(
    redis: "Redis", caplog: pytest.LogCaptureFixture
) -> None:
    """Once for each setting that names one, with what is off then."""
    async with Slack(Settings(scopes=SCOPES - {"usergroups:read"})) as slack:
        with caplog.at_level(logging.WARNING):
            await check_user_groups(client_of(slack), {"ADMINS": (FINANCE, "S0DATATEAM")})
        (record,) = caplog.records
        assert (record.message, record.__dict__["setting"]) == ("user_groups.unreadable", "ADMINS")
        assert record.__dict__["slack"] == "missing_scope"
        assert "grant usergroups:read" in record.__dict__["effect"]
        assert await groups_of(slack, redis).members(TEAM, FINANCE) == frozenset()


async def test_the_start_does_not_wait_for_a_slack_that_is_away(slack: Slack, redis: "Redis") -> None:
    """The group is read when somebody asks."""
    slack.faults.add(Fault(f"/api/{METHOD}", status=503))
    await check_user_groups(client_of(slack), {"ADMINS": (FINANCE,)})
    assert await groups_of(slack, redis).members(TEAM, FINANCE) == {ADA, BEN}
