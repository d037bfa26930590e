"""Sockets break: the bot comes back by itself and answers what was asked meanwhile."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

import pytest

from sandbox.faults import Fault
from tests.stories.world import GENIE, World, company, kinds

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"


async def drop(world: World) -> None:
    world.slack.socket.drop()


async def drop_and_refuse(world: World) -> None:
    """Cut the socket, and refuse the address with which the bot comes back."""
    world.slack.socket.refuse_tickets(1)
    world.slack.socket.drop()


async def renew(world: World) -> None:
    await world.slack.socket.disconnect("refresh_requested")


async def renew_and_refuse(world: World) -> None:
    """Ask for a new connection and then refuse it."""
    world.slack.socket.refuse_tickets(1)
    await world.slack.socket.disconnect("warning")
    world.slack.socket.drop()


async def drop_without_addresses(world: World) -> None:
    """Cut the socket while Slack gives no addresses, as in an outage."""
    world.slack.faults.add(Fault(path="/api/apps.connections.open", status=503, body="<html>", times=1))
    world.slack.socket.drop()


@pytest.mark.parametrize(
    "trouble",
    [
        drop,
        pytest.param(drop_and_refuse, marks=pytest.mark.slow),
        renew,
        pytest.param(renew_and_refuse, marks=pytest.mark.slow),
        pytest.param(drop_without_addresses, marks=pytest.mark.slow),
    ],
)
async def test_a_lost_connection_comes_back(
    trouble: Callable[[World], Awaitable[None]], redis_url: str
) -> None:
    """Whatever ends a connection, what is asked right after is answered soon, and once."""
    async with company(redis_url) as world:
        bot = await world.start_bot()
        opened = world.slack.socket.opened
        await trouble(world)
        asked = await world.ask(QUESTION)
        await world.slack.until(lambda: world.slack.socket.opened > opened)
        answer = await world.answer(asked)
        assert "data_table" in kinds(answer)
        assert len(world.ours(asked)) == 1
        assert len(world.databricks.questions()) == 1
        await world.until(lambda: any("question.ended" in line for line in bot.log))
        async with asyncio.timeout(10):
            assert await bot.end(signal.SIGTERM) == 0
        assert "Unclosed" not in "".join(bot.log)
        assert "never retrieved" not in "".join(bot.log)


async def test_the_bot_starts_although_its_first_address_is_refused(redis_url: str) -> None:
    """The SDK would try a refused address for ever; the watchdog asks for another one."""
    async with company(redis_url) as world:
        world.slack.socket.refuse_tickets(1)
        await world.start_bot()
        asked = await world.ask(QUESTION)
        assert "data_table" in kinds(await world.answer(asked))
