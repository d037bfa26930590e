"""The bot over every Redis that people run; what cannot work is said at the start, and who is to blame."""

from pathlib import Path

import pytest

from sandbox.databricks.genie.timing import Timing
from tests import redis_servers
from tests.redis_servers import PLAIN, SERVICE, Server, running, until
from tests.redis_troubles import FORBIDDEN, FULL, READ_ONLY, Trouble
from tests.stories.starting.test_starting import assert_one_sentence
from tests.stories.world import GENIE, company, kinds

pytestmark = pytest.mark.redis

SLOWLY = Timing(total=lambda _: 3.0)
QUESTION = f"{GENIE} revenue by region last year"


@pytest.mark.slow
async def test_an_answer_outlives_a_failover_by_a_sentinel(tmp_path: Path) -> None:
    """While Genie works primary and replica change places: one question to Genie, one answer."""
    async with (
        redis_servers.replicated(tmp_path) as (primary, replica),
        redis_servers.sentinels(tmp_path, primary, 1) as (sentinel,),
        company(f"redis+sentinel://{sentinel.address}/{SERVICE}/0", timing=SLOWLY) as world,
    ):
        await world.start_bot()
        asked = await world.ask(QUESTION)
        await world.until(lambda: any(each.kind == "poll" for each in world.databricks.request_log))
        await primary.command("WAIT", 1, 10_000)  # what only the primary has is lost with it
        await until(lambda: sentinel.command("SENTINEL", "FAILOVER", SERVICE))
        await until(lambda: redis_servers.leads(sentinel, replica))
        assert "data_table" in kinds(await world.answer(asked))
        await until(lambda: redis_servers.follows(primary))  # until then it takes writes, which are lost
        later = await world.ask(QUESTION)
        assert "data_table" in kinds(await world.answer(later))
        assert len(world.databricks.questions()) == 2
        assert await replica.command("DBSIZE")


@pytest.mark.slow
async def test_a_node_of_a_cluster_is_enough(tmp_path: Path) -> None:
    """The address of any node will do; two processes share the work."""
    async with (
        redis_servers.cluster(tmp_path) as (node, *others),
        company(f"redis://{node.address}") as world,
    ):
        await world.start_bot()
        await world.start_bot(PORT="0", REDIS_URL=f"redis+cluster://{others[0].address}")
        threads = [await world.ask(QUESTION) for _ in range(4)]
        for thread in threads:
            assert "data_table" in kinds(await world.answer(thread))
        assert len(world.databricks.questions()) == 4


@pytest.mark.parametrize(
    ("trouble", "parts"),
    [
        (READ_ONLY, ["is a replica", "its primary into REDIS_URL"]),
        (FULL, ["out of memory", "maxmemory"]),
        (FORBIDDEN, ["refuses us", "user in REDIS_URL"]),
    ],
    ids=lambda each: each.begin.__name__ if isinstance(each, Trouble) else "",
)
async def test_a_redis_that_takes_no_writes_stops_the_start(
    trouble: Trouble, parts: list[str], tmp_path: Path
) -> None:
    """The sentence names Redis and what to do, and neither Slack nor Databricks."""
    server = Server(tmp_path / "server", *PLAIN)
    async with (
        running(server),
        server.client() as operator,
        company(f"redis://{server.address}") as world,
    ):
        await trouble.begin(server, operator)
        assert_one_sentence(await world.refused_start(), "Redis at 127.0.0.1", *parts)


async def test_sentinels_without_that_service_stop_the_start(tmp_path: Path) -> None:
    """A wrong name of the service, and Sentinels that are away."""
    async with (
        redis_servers.replicated(tmp_path) as (primary, _),
        redis_servers.sentinels(tmp_path, primary, 1) as (sentinel,),
        company(f"redis+sentinel://:geheim@{sentinel.address}/other") as world,
    ):
        assert_one_sentence(await world.refused_start(), "Sentinels at 127.0.0.1", "service's name")
        away = "redis+sentinel://:geheim@127.0.0.1:9/mymaster"
        assert_one_sentence(await world.refused_start(REDIS_URL=away), "Sentinels at 127.0.0.1:9")
