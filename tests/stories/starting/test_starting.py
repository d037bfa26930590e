"""A start that fails says in one sentence what is wrong and what to check, and nothing else."""

import signal
import socket

import pytest
from redis.asyncio import Redis

from sandbox.faults import Fault
from tests.stories.world import company

pytestmark = pytest.mark.redis

NOBODY = "http://127.0.0.1:9"
"""An address where nothing listens."""
HTML = "<!doctype html><title>Sign in to the network</title>"


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"SLACK_BOT_TOKEN": ""}, ["SLACK_BOT_TOKEN is not set", "OAuth & Permissions"]),
        ({"SLACK_BOT_TOKEN": "xoxp-1"}, ["SLACK_BOT_TOKEN does not start with xoxb-"]),
        ({"SLACK_APP_TOKEN": ""}, ["SLACK_APP_TOKEN is not set, and neither is SLACK_SIGNING_SECRET"]),
        ({"SLACK_API_URL": "slack.com"}, ["SLACK_API_URL"]),
        pytest.param({"DATABRICKS_HOST": ""}, ["DATABRICKS_HOST is not set"], marks=pytest.mark.slow),
        pytest.param({"DATABRICKS_HOST": "my workspace"}, ["DATABRICKS_HOST"], marks=pytest.mark.slow),
        pytest.param({"DATABRICKS_TOKEN": ""}, ["DATABRICKS_TOKEN is not set"], marks=pytest.mark.slow),
        pytest.param({"GENIE_SPACE": ""}, ["GENIE_SPACE is not set"], marks=pytest.mark.slow),
        pytest.param({"GENIE_SPACE": "sales"}, ["GENIE_SPACE"], marks=pytest.mark.slow),
        pytest.param({"REDIS_URL": "http://redis"}, ["REDIS_URL"], marks=pytest.mark.slow),
        pytest.param({"PORT": "http"}, ["PORT"], marks=pytest.mark.slow),
        pytest.param({"QUESTIONS_PER_MINUTE": "0"}, ["QUESTIONS_PER_MINUTE"], marks=pytest.mark.slow),
        ({"SLACK_BOT_TOKEN": "xoxb-other"}, ["refuses SLACK_BOT_TOKEN (invalid_auth)", "OAuth &"]),
        pytest.param(
            {"SLACK_APP_TOKEN": "xapp-other"},
            ["refuses SLACK_APP_TOKEN (invalid_auth)", "connections:write"],
            marks=pytest.mark.slow,
        ),
        pytest.param(
            {"DATABRICKS_TOKEN": "dapi0"}, ["refuses our sign-in", "DATABRICKS_TOKEN"], marks=pytest.mark.slow
        ),
        pytest.param(
            {"GENIE_SPACE": "01ef" + 28 * "0"},
            [f"GENIE_SPACE 01ef{28 * '0'} does not exist", "/genie/rooms/"],
            marks=pytest.mark.slow,
        ),
        ({"REDIS_URL": "redis://:geheim@127.0.0.1:9/0"}, ["Redis at 127.0.0.1", "REDIS_URL"]),
        pytest.param(
            {"REDIS_URL": "redis://no-such-host.invalid"},
            ["Redis at no-such-host.invalid", "REDIS_URL"],
            marks=pytest.mark.slow,
        ),
        pytest.param(
            {"REDIS_URL": "", "DATA_DIR": "/proc/none"}, ["/proc/none", "DATA_DIR"], marks=pytest.mark.slow
        ),
    ],
)
async def test_a_wrong_setting_is_named(environment: dict[str, str], told: list[str], redis_url: str) -> None:
    """Each missing or wrong setting ends the start with one sentence that names it and says what to do."""
    async with company(redis_url) as world:
        assert_one_sentence(await world.refused_start(**environment), *told)


async def test_a_service_principal_that_is_unknown_is_told(redis_url: str) -> None:
    """Wrong client credentials are named with both variables, and the secret is not shown."""
    async with company(redis_url) as world:
        said = await world.refused_start(
            DATABRICKS_TOKEN="", DATABRICKS_CLIENT_ID="somebody", DATABRICKS_CLIENT_SECRET="geheim"
        )
        assert_one_sentence(said, "invalid_client", "DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET")


async def test_a_space_that_is_not_ours_is_told(redis_url: str) -> None:
    """Without CAN RUN the operator reads whom to ask."""
    async with company(redis_url) as world:
        refusal = '{"error_code": "PERMISSION_DENIED", "message": "no"}'
        world.databricks.faults.add(Fault(path="/api/2.0/genie/spaces/*", status=403, body=refusal))
        assert_one_sentence(await world.refused_start(), "may not be used by this identity", "CAN RUN")


async def test_another_server_in_the_place_of_databricks_is_told(redis_url: str) -> None:
    """Neither is it a Databricks."""
    async with company(redis_url) as world:
        world.databricks.faults.add(Fault(status=200, body=HTML, content_type="text/html", times=None))
        assert_one_sentence(
            await world.refused_start(), "sign-in to Databricks at", "a web page", "DATABRICKS_HOST"
        )


async def test_another_server_in_the_place_of_redis_is_told(redis_url: str) -> None:
    """A web server where Redis should be is told like a Redis that is away."""
    async with company(redis_url) as world:
        address = world.slack.url.removeprefix("http://")
        assert_one_sentence(await world.refused_start(REDIS_URL=f"redis://{address}"), "REDIS_URL")
        assert_one_sentence(await world.refused_start(REDIS_URL=f"rediss://{address}"), "REDIS_URL")


async def test_a_redis_that_knows_us_not_is_told(redis_url: str, redis: "Redis") -> None:
    """A wrong password, and a user who may do nothing, are told without a password on the screen."""
    await redis.acl_setuser("ann", enabled=True, passwords=["+geheim"])
    async with company(redis_url) as world:
        wrong = redis_url.replace("unix://", "unix://ann:geheim-2@")
        assert_one_sentence(await world.refused_start(REDIS_URL=wrong), "refuses the name or password")
        right = redis_url.replace("unix://", "unix://ann:geheim@")
        assert_one_sentence(await world.refused_start(REDIS_URL=right), "refuses us", "user in REDIS_URL")
    await redis.acl_deluser("ann")


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_port_that_is_taken_is_told(mode: str, redis_url: str) -> None:
    """Two programs on one port: the second is told to choose another."""
    async with company(redis_url, mode=mode) as world:
        with socket.create_server(("", int(world.environment["PORT"]))):
            assert_one_sentence(await world.refused_start(), "is taken", "set PORT")


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_good_start_says_nothing_but_that(mode: str, redis_url: str) -> None:
    """No warning of any library meets the operator at a start and a stop in good order."""
    async with company(redis_url, mode=mode) as world:
        bot = await world.start_command()
        assert await bot.end(signal.SIGTERM) == 0
        assert [line for line in bot.log if '"level": "info"' not in line] == []
        assert "bot.started" in bot.log[0]


def assert_one_sentence(said: str, *parts: str) -> None:
    """Check that all an operator reads is one line that holds all `parts`, and no secret."""
    assert said.endswith(".\n")
    assert said.count("\n") == 1, said
    assert [part for part in parts if part not in said] == [], said
    assert "geheim" not in said
