"""`python -m bot check` as an operator types it."""

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE

import pytest
from redis.asyncio import Redis

from sandbox.faults import Fault
from tests.stories.starting.doctor.office import looked_at, named, office
from tests.stories.world import ROOT, World

pytestmark = pytest.mark.redis


async def check(world: World, *arguments: str) -> tuple[int, str, str]:
    """Run it; return its exit status and what it wrote."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "check", *arguments),
        cwd=ROOT,
        env=world.environment,
        stdout=PIPE,
        stderr=PIPE,
    )
    printed, logged = await process.communicate()
    assert process.returncode is not None
    return process.returncode, printed.decode(), logged.decode()


async def test_people_read_a_line_for_each_thing(redis_url: str, redis: "Redis") -> None:
    """Its colour is a word, the last line counts, and with nothing red the status is 0."""
    async with office(redis_url, redis) as world:
        code, printed, logged = await check(world)
    lines = printed.splitlines()
    assert (code, logged) == (0, "")
    assert {line.split()[0] for line in lines[:-2]} <= {"green", "yellow"}
    assert any(line.split()[:2] == ["green", "space"] for line in lines)
    assert lines[-1].endswith("0 red")
    assert "\033" not in printed


@pytest.mark.slow
async def test_programs_read_json(redis_url: str, redis: "Redis") -> None:
    """One object has the worst level and every finding; with something red the status is 1."""
    async with office(redis_url, redis) as world:
        world.environment["SLACK_BOT_TOKEN"] = "xoxb-other"
        code, printed, logged = await check(world, "--json")
    told = json.loads(printed)
    assert (code, logged, told["level"]) == (1, "", "red")
    (found,) = [each for each in told["checks"] if each["check"] == "slack.bot_token"]
    assert found["level"] == "red"
    assert "xoxb-other" not in printed


async def test_it_ends_in_time_whatever_hangs(redis_url: str, redis: "Redis") -> None:
    """Each look has its time, they pass side by side, and what answered is told."""
    async with office(redis_url, redis) as world:
        for server in (world.slack, world.databricks):
            server.faults.add(Fault(delay=60.0, times=None))
        began = time.monotonic()
        findings = await looked_at(world, seconds=1.0)
        assert time.monotonic() - began < 10
    for name in ("slack.bot_token", "slack.app_token", "space", "databricks.identity"):
        assert "No answer within 1 seconds" in named(findings, name)[0].text
    assert named(findings, "redis")[0].level == "green"


async def test_no_socket_is_opened_and_no_question_asked(redis_url: str, redis: "Redis") -> None:
    """A look takes no event from the bot that runs, and none of its questions."""
    async with office(redis_url, redis) as world:
        await looked_at(world)
        assert world.slack.socket.opened == 0
        assert world.databricks.questions() == []
        assert {call.method for call in world.slack.request_log} <= {
            *("api.test", "auth.test", "apps.connections.open", "users.info")
        }
