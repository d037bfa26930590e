"""Each broken set-up is named with its fault and its cure, and hides nothing else."""

import time

import pytest
from redis.asyncio import Redis

from bot.doctor.model import Level
from sandbox.databricks import Databricks, Rights
from tests.stories.starting.doctor.office import Installation, SetUp, looked_at, named, office
from tests.stories.starting.doctor.set_ups import OF_SETTINGS, OF_SLACK, PEOPLE, refusing
from tests.stories.starting.doctor.set_ups_behind import OF_DATABRICKS, OF_SIGN_IN, SUMMARY, register

pytestmark = pytest.mark.redis

SET_UPS = (*OF_SETTINGS, *OF_SLACK, *OF_DATABRICKS, *OF_SIGN_IN)


@pytest.mark.parametrize("set_up", SET_UPS, ids=[each.name.replace(" ", "-") for each in SET_UPS])
async def test_a_broken_set_up_is_named(set_up: SetUp, redis_url: str, redis: "Redis") -> None:
    """One sentence has what is wrong and what to do, and no secret is told."""
    async with office(redis_url, redis, set_up) as world:
        findings = await looked_at(
            world, clock=lambda: time.time() + set_up.clock_off, seconds=set_up.seconds
        )
        assert any(map(set_up.said.fits, findings)), findings
        told = " ".join(each.text for each in findings)
        assert [name for name in SECRETS if (value := world.environment.get(name)) and value in told] == []


SECRETS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DATABRICKS_TOKEN", "DATABRICKS_CLIENT_SECRET")


async def test_another_workspace_is_named(redis_url: str, redis: "Redis") -> None:
    """A workspace that is there, and that does not know our token, is told with its address."""
    async with Databricks() as other, office(redis_url, redis) as world:
        world.environment["DATABRICKS_HOST"] = other.url
        (found,) = named(await looked_at(world), "databricks.identity")
        assert f"Databricks at {other.url} does not accept our sign-in (UNAUTHENTICATED)" in found.text
        assert found.level is Level.RED
        assert "check DATABRICKS_HOST" in found.text


async def test_a_whole_set_up_is_green(redis_url: str, redis: "Redis") -> None:
    """Nothing is said against an installation that has all that it needs."""
    await redis.config_set("appendonly", "yes")
    channels = {"FEEDBACK_CHANNEL": "C0SALES001", "EXPERT_CHANNEL": "C0FINANCE2"}
    named_ones = channels | {"ADMINS": "U0ADA00001,S0FINANCE1"}
    whole = Installation(environment=PEOPLE | SUMMARY | named_ones, breaks=register())
    async with office(redis_url, redis, whole) as world:
        findings = await looked_at(world)
    await redis.config_set("appendonly", "no")
    # There is no bot that answers at its public address.
    assert [each for each in findings if each.level is not Level.GREEN] == named(
        findings, "sign_in.public_url"
    )
    assert {each.check for each in findings} >= {"space", "warehouse", "tables", "serving", "redis.memory"}
    (group,) = named(findings, "slack.user_groups")
    assert group.text == "The user group S0FINANCE1 of ADMINS has 2 people."
    assert "The app is the one of manifest.yml" in named(findings, "slack.manifest")[0].text


async def test_a_title_cannot_steer_a_terminal(redis_url: str, redis: "Redis") -> None:
    """What others have named is told without what would colour, move or hide text."""
    named_so = Installation(databricks={"spaces": ("Sales\033[2J\nred  redis \u202eown",)})
    async with office(redis_url, redis, named_so) as world:
        (found,) = named(await looked_at(world), "space")
    assert "Sales [2J red  redis  own" in found.text


async def test_a_secret_that_a_server_repeats_is_not_told(redis_url: str, redis: "Redis") -> None:
    """Whatever Slack answers, our token is not in what is printed."""
    async with office(redis_url, redis) as world:
        world.slack.faults.add(refusing("auth.test", world.slack.bot_token))
        (found,) = named(await looked_at(world), "slack.bot_token")
    assert "refuses SLACK_BOT_TOKEN (…)" in found.text


async def test_where_people_ask_the_rights_of_the_bot_decide_nothing(redis_url: str, redis: "Redis") -> None:
    """With IDENTITY=user its own identity needs no right to data."""
    lacks_all = Rights(can_edit=True, can_use=False, serving="", missing_grant="SELECT on Table 'x'")
    people = Installation(environment=PEOPLE | SUMMARY, databricks={"token_rights": lacks_all})
    async with office(redis_url, redis, people) as world:
        findings = await looked_at(world)
    for name in ("warehouse", "tables", "serving"):
        assert {each.level for each in named(findings, name)} == {Level.GREEN}


async def test_several_faults_are_told_at_once(redis_url: str, redis: "Redis") -> None:
    """Wrong settings hide neither each other nor what can be looked at without them."""
    async with office(redis_url, redis) as world:
        world.environment |= {"SLACK_BOT_TOKEN": "xoxp-1", "GENIE_SPACE": "", "DATABRICKS_TOKEN": ""}
        world.environment["REDIS_URL"] = "redis://127.0.0.1:9"
        findings = await looked_at(world)
    assert [each.text.partition(" ")[0] for each in named(findings, "settings")] == [
        "SLACK_BOT_TOKEN",
        "DATABRICKS_TOKEN",
        "GENIE_SPACE",
    ]
    assert "Not looked at: set SLACK_BOT_TOKEN right first." in named(findings, "slack.bot_token")[0].text
    assert named(findings, "slack.app_token")[0].level is Level.GREEN
    assert "Redis at 127.0.0.1:9 does not answer" in named(findings, "redis")[0].text
    assert named(findings, "network.databricks")[0].level is Level.GREEN
