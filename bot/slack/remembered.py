"""What Redis remembers of what Slack said, for longer than Slack is not asked again."""

from redis.asyncio import Redis

from bot.store.keys import Key


async def remembered(redis: "Redis", key: Key, lifetime_ms: int, fresh_ms: int) -> tuple[str | None, bool]:
    """Return what is kept under a key for a lifetime, and whether it was written within `fresh_ms`."""
    async with redis.pipeline(transaction=False) as pipe:
        pipe.get(key)
        pipe.pttl(key)
        kept, left = await pipe.execute()
    return kept, left > lifetime_ms - fresh_ms
