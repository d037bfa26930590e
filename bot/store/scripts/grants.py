# mypy: disable-error-code="empty-body"
"""Lua scripts about what people gave at their sign-in."""

from redis.asyncio import Redis

from bot.store.keys import Key
from bot.store.scripts.script import script


@script
async def save_grant(
    redis: "Redis",
    *,
    grant_key: Key,
    waiting_key: Key,
    due_key: Key,
    signed_out_key: Key,
    question_prefix: str,
    sign_in: str,
    encrypted: str,
) -> int:
    """Keep a new grant, in place of any other, and make due what waits for it; return how many."""


@script
async def replace_grant(redis: "Redis", *, grant_key: Key, old: str, new: str) -> int:
    """Keep what a grant has become, unless it is another one by now; return whether it is kept."""


@script
async def end_grant(redis: "Redis", *, grant_key: Key, tried: str) -> int:
    """Delete a grant, unless it is another one by now; return whether it was deleted."""


@script
async def take_grant(redis: "Redis", *, grant_key: Key) -> tuple[str, str] | tuple[()]:
    """Delete a grant and return it."""


@script
async def unlock_grant(redis: "Redis", *, lock_key: Key, owner: str) -> int:
    """Free a lock, unless it has become another one's."""
