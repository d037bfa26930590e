# mypy: disable-error-code="empty-body"
"""Lua scripts about what is remembered of people."""

from redis.asyncio import Redis

from bot.store.keys import Key
from bot.store.scripts.script import script


@script
async def remember_person(
    redis: "Redis", *, person_key: Key, changed_key: Key, person: str, lifetime_ms: int
) -> None:
    """Keep what Slack said about a person, unless the account has changed since the asking may have begun."""
