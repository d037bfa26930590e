# mypy: disable-error-code="empty-body"
"""Lua scripts about the bot's processes and whether their Redis takes writes."""

from redis.asyncio import Redis

from bot.store.keys import Key
from bot.store.scripts.script import script


@script
async def count_processes(redis: "Redis", *, processes_key: Key, name: str, lifetime_ms: int) -> int:
    """Count the processes that live, after a sign of life of one."""


@script
async def write_probe(redis: "Redis", *, probe_key: Key, absent_key: Key) -> int:
    """Write something, which a Redis does not take that could not run the other scripts."""
