# mypy: disable-error-code="empty-body"
"""Lua scripts about what is remembered of people and channels."""

from redis.asyncio import Redis

from bot.store.keys import Key
from bot.store.scripts.script import script


@script
async def remember(
    redis: "Redis", *, told_key: Key, changed_key: Key, changed: str, told: str, lifetime_ms: int
) -> None:
    """Keep what Slack told, unless the mark of changes is not `changed` any more, as before the asking."""


@script
async def take_home_turn(
    redis: "Redis",
    *,
    home_key: Key,
    turn_key: Key,
    grants_key: Key,
    closed_key: Key,
    ms_ago: int,
    pause_ms: int,
    capacity: int,
    window_ms: int,
) -> list[int]:
    """Take the turn to publish a Home tab, together with a token, if there is something to publish."""


@script
async def read_remembered(redis: "Redis", *, remembered_key: Key) -> tuple[str | None, int]:
    """Return what is kept under a key, and for how long it still is."""


@script
async def read_audience(
    redis: "Redis",
    *,
    channel_key: Key,
    members_key: Key,
    guests_key: Key,
    channel_changed_key: Key,
    guests_changed_key: Key,
) -> tuple[str | None, int, str | None, int, str | None, str]:
    """Return what was told and counted of a channel, how long each is kept, guests before, and marks."""


@script
async def forget_record(redis: "Redis", *, record_key: Key, due_key: Key, record_id: str) -> int:
    """Forget what a question or a job said and whose it was; 0 if it has not ended."""


@script
async def forget_ratings(redis: "Redis", *, ratings_key: Key, told_key: Key, user: str) -> int:
    """Delete the ratings of a user and, under `told_key`, what Genie got of them; 1 if there were any."""
