"""What Redis remembers of what Slack said, for longer than Slack is not asked again."""

from redis.asyncio import Redis

from bot.store.keys import Key
from bot.store.scripts import people


async def remembered(redis: "Redis", key: Key, lifetime_ms: int, fresh_ms: int) -> tuple[str | None, bool]:
    """Return what is kept under a key for a lifetime, and whether it was written within `fresh_ms`."""
    kept, left = await people.read_remembered(redis, remembered_key=key)
    return kept, left > lifetime_ms - fresh_ms
