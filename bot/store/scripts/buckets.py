# mypy: disable-error-code="empty-body"
"""Lua scripts about the token buckets of shared limits."""

from redis.asyncio import Redis

from bot.store.keys import Key
from bot.store.scripts.script import script


@script
async def bucket_take(
    redis: "Redis", *, grants_key: Key, closed_key: Key, capacity: int, window_ms: int, spare: int
) -> int:
    """Take a token if `spare` are left then; return 0, or the time until that is so."""


@script
async def limit_take(
    redis: "Redis",
    *,
    complaint_key: Key,
    quick_grants_key: Key,
    quick_closed_key: Key,
    slow_grants_key: Key,
    slow_closed_key: Key,
    quick_capacity: int,
    quick_window_ms: int,
    slow_capacity: int,
    slow_window_ms: int,
) -> int:
    """Take a token of the quick bucket, or of the slow one after a complaint."""


@script
async def limit_used(
    redis: "Redis",
    *,
    complaint_key: Key,
    quick_grants_key: Key,
    slow_grants_key: Key,
    quick_window_ms: int,
    slow_window_ms: int,
) -> int:
    """Count the tokens of both buckets that are out; -1 after a complaint."""


@script
async def bucket_close(redis: "Redis", *, closed_key: Key, ms: int) -> int:
    """Close a bucket for everybody."""


@script
async def bucket_used(redis: "Redis", *, grants_key: Key, window_ms: int) -> int:
    """Count the tokens that are out."""
