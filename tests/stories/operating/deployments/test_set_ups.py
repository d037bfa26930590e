"""Each set-up is started as its own file says, between the sandbox's Slack and Databricks."""

import asyncio
import contextlib
import os
import re
import shlex
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml

from sandbox.databricks.genie.timing import Timing
from tests import redis_servers
from tests.redis_servers import Server, running
from tests.stories.operating.deployments.dockerfile import ROOT, container_command
from tests.stories.world import GENIE, Launch, World, company, free_port, kinds

pytestmark = [pytest.mark.redis, pytest.mark.slow]

QUESTION = f"{GENIE} revenue by region last year"
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
APP: dict[str, Any] = yaml.safe_load((ROOT / "app.yaml").read_text())
OUR_PYTHON = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
"""With our Python as the platform's."""
HEROKU_SECONDS, APP_SECONDS = 30.0, 15.0
"""From SIGTERM to SIGKILL."""


async def path(port: str, name: str) -> int:
    """Ask for a path as the platform's probe does."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{name}") as reply:
        return reply.status


async def answered(world: World, thread: str | None = None) -> str:
    """Ask, and see the answer; return the thread."""
    asked = await world.ask(QUESTION if thread is None else "and by month?", thread=thread)
    assert "data_table" in kinds(await world.answer(thread or asked, 1 if thread is None else 2))
    return thread or asked


async def ends_within(world: World, seconds: float) -> None:
    """See the only bot end well after SIGTERM, in the time that the platform leaves it."""
    async with asyncio.timeout(seconds):
        assert await world.bots[0].end(signal.SIGTERM) == 0


async def test_heroku_starts_it(tmp_path: Path) -> None:
    """The web process of the Procfile, on the dyno's PORT, with a Redis that signed its own certificate."""
    (web,) = re.findall(r"^web: (.+)$", (ROOT / "Procfile").read_text(), re.MULTILINE)
    tls, options = await redis_servers.with_tls(tmp_path)
    server = Server(tmp_path / "redis", *redis_servers.PLAIN, *options, "--requirepass", "p4ss")
    server.password = "p4ss"
    port = str(free_port())
    store = {"REDIS_URL": f"rediss://:p4ss@127.0.0.1:{tls}", "REDIS_TLS_VERIFY": "false"}
    dyno = {"DYNO": "web.1", "PORT": port} | store
    async with running(server), company(None) as world:
        await world.start_command(Launch(("bash", "-c", web)), **OUR_PYTHON | dyno)
        await answered(world)
        assert (await path(port, "/healthz"), await path(port, "/readyz")) == (200, 200)
        await ends_within(world, HEROKU_SECONDS)


async def test_databricks_starts_it_as_an_app(tmp_path: Path) -> None:
    """The command and variables of `app.yaml`, with what Databricks sets; the App is a service principal."""
    port = str(free_port())
    async with company(None) as world:
        data, slack = world.databricks, world.slack
        resources = {
            "genie-space": data.space_id,
            "slack-bot-token": slack.bot_token,
            "slack-app-token": slack.app_token,
        }
        given = {each["name"]: each.get("value") or resources[each["valueFrom"]] for each in APP["env"]}
        from_databricks = {
            "DATABRICKS_APP_NAME": "genie-slack-bot",
            "DATABRICKS_APP_PORT": port,
            "DATABRICKS_CLIENT_ID": data.client_id,
            "DATABRICKS_CLIENT_SECRET": data.client_secret,
        }
        local = {"DATA_DIR": str(tmp_path), "PORT": "", "DATABRICKS_TOKEN": "", "REDIS_URL": ""}
        environment = OUR_PYTHON | given | from_databricks | local
        await world.start_command(Launch(tuple(APP["command"])), **environment)
        await answered(world)
        assert (await path(port, "/healthz"), await path(port, "/readyz")) == (200, 200)
        await ends_within(world, APP_SECONDS)


@contextlib.asynccontextmanager
async def composed(folder: Path) -> AsyncIterator[tuple[Server, dict[str, str]]]:
    """Run the store of `compose.yaml`; yield it with the variables of a bot beside it."""
    place = folder / "valkey"
    command = [str(place) if each == "/data" else each for each in COMPOSE["valkey"]["command"]]
    store = Server(place, *command[1:])
    given = {
        name: value.replace("valkey:6379", store.address)
        for name, value in COMPOSE["bot"]["environment"].items()
        if name != "PORT"  # which is a container's own
    }
    async with running(store):
        yield store, OUR_PYTHON | given


async def test_compose_starts_replicas_that_share_their_work(tmp_path: Path) -> None:
    """One of two bots is killed while Genie works, then the Valkey: everybody is answered, and once."""
    launch = Launch(tuple(container_command()))
    async with (
        composed(tmp_path) as (store, given),
        company(None, timing=Timing(total=lambda _: 2.0)) as world,
    ):
        bots = [await world.start_command(launch, **given, PORT=str(free_port())) for _ in range(2)]
        threads = [await world.ask(QUESTION) for _ in range(6)]
        await world.asked(6)
        assert await bots[0].end(signal.SIGKILL) == -signal.SIGKILL
        for thread in threads:
            assert "data_table" in kinds(await world.answer(thread))
        assert len(world.databricks.questions()) == 6

        await store.stop(signal.SIGKILL)
        await store.start()
        await answered(world, threads[0])
        assert len({each.conversation_id for each in world.databricks.questions()}) == 6


async def test_the_store_of_compose_keeps_questions_and_is_healthy_when_it_answers(tmp_path: Path) -> None:
    """What it is told to do: append to a file, evict nothing; its health check fails while it is away."""
    client = shutil.which("valkey-cli") or shutil.which("redis-cli")
    test, program, *arguments = COMPOSE["valkey"]["healthcheck"]["test"]
    assert (test, program) == ("CMD", "valkey-cli")
    async with composed(tmp_path) as (store, _):
        for name, value in {"appendonly": "yes", "maxmemory-policy": "noeviction"}.items():
            assert (await store.command("CONFIG", "GET", name))[name] == value
        if client is None:
            pytest.skip("no client of Redis or Valkey")
        check = shlex.join([client, "-p", str(store.port), *arguments])
        assert await (await asyncio.create_subprocess_shell(check)).wait() == 0
        await store.stop()
        assert await (await asyncio.create_subprocess_shell(check)).wait() != 0
