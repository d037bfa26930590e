"""What the bot makes of those that it depends on before anything else sees them."""

from functools import partial

import aiohttp
import pytest
from redis.asyncio import Redis

from bot.startup.clients import REQUESTS, paced
from bot.store.keys import Keys
from bot.store.limiter import Bucket
from genie.client import Genie
from genie.errors import Unavailable
from genie.http.auth import PersonalToken
from genie.http.transport import Timeouts
from genie.model import MessageRef
from tests.unit.genie.genie_server import GenieServer


async def test_without_redis_a_look_at_genie_is_an_error_of_ours(server: GenieServer) -> None:
    """Whoever calls Genie meets GenieError alone, and nothing is sent beyond the shared budget."""
    async with (
        aiohttp.ClientSession() as http,
        Redis.from_url("redis://127.0.0.1:9") as away,
    ):
        requests = Bucket(away, Keys("test"), "requests", REQUESTS)
        pace, timeouts = partial(paced, requests), Timeouts(read=0.5)
        genie = Genie(http, server.url, PersonalToken("dapi1"), pace=pace, timeouts=timeouts)
        with pytest.raises(Unavailable):
            await genie.message(MessageRef("s", "c", "m"))
    assert server.seen == []
