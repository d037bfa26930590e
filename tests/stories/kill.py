"""Kill -9 of a bot, and what its successor finds: leases that are over, or events that Slack sends again."""

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


async def kill_unheard(world: World, bot: Bot) -> None:
    """Kill it, and wait until Slack sends again what it did not take: a successor gets that first of all.

    Slack waits some seconds for an acknowledgement; until then a quick successor goes on with what it knows.
    """
    await bot.end(SIGKILL)
    await world.slack.until(
        lambda: all(each.acked_at or each.attempts > 1 for each in world.slack.deliveries)
    )
