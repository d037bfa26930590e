"""A process that is killed after Databricks has taken a refresh token, and before the new one is kept."""

import asyncio
import os
import signal
import sys
from unittest.mock import patch

from redis.asyncio import Redis

from bot.identity.grants import Grants, KeptGrant
from tests.unit.bot.identity.replicas import ANA, replica


async def _die(_grants: Grants, _kept: KeptGrant, _refresh_token: str) -> bool:
    os.kill(os.getpid(), signal.SIGKILL)
    return False


async def main(redis_url: str, databricks_url: str, client_id: str, client_secret: str) -> None:
    """Ask as Ana."""
    async with (
        Redis.from_url(redis_url, decode_responses=True) as redis,
        replica(redis, databricks_url, client_id, client_secret) as people,
    ):
        with patch.object(Grants, "renew", _die):
            await people.genie_of(ANA).space("any")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
