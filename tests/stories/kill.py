"""Kill -9 of a bot, with no wait for the leases that it leaves behind."""

from signal import SIGKILL

from redis.asyncio import Redis

from bot.records.lease import LEASE_SECONDS
from bot.store.keys import Keys
from tests.stories.world import Bot, World


async def kill(world: World, bot: Bot) -> None:
    """Kill it; the company's questions and jobs are then as if the time of a lease had passed."""
    await bot.end(SIGKILL)
    keys, earlier_ms = Keys(world.environment["REDIS_PREFIX"]), -round(LEASE_SECONDS * 1000)
    async with Redis.from_url(world.environment["REDIS_URL"], decode_responses=True) as redis:
        for id_ in map(str, await redis.zrange(keys.due, 0, -1)):
            await redis.zincrby(keys.due, earlier_ms, id_)
            if await redis.hexists(keys.question(id_), "held_until"):
                await redis.hincrby(keys.question(id_), "held_until", earlier_ms)
