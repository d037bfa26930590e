# mypy: disable-error-code="empty-body"
"""Lua scripts about watches. Their times are arguments, so that a month can be tried in seconds."""

from redis.asyncio import Redis

from bot.store.keys import Key
from bot.store.results import Started, WatchAdded
from bot.store.scripts.script import Fields, script


@script
async def add_watch(
    redis: "Redis",
    *,
    watch_key: Key,
    watches_key: Key,
    own_key: Key,
    thread_key: Key,
    watch_prefix: str,
    watch_id: str,
    watch: str,
    created_at: int,
    due: int,
    most: int,
) -> WatchAdded:
    """Keep a watch, unless its owner has too many."""


@script
async def set_watch_paused(
    redis: "Redis",
    *,
    watch_key: Key,
    watches_key: Key,
    own_key: Key,
    watch_id: str,
    paused: str,
    due: int,
) -> int:
    """Pause a watch or let it go on; 0 for one that is gone."""


@script
async def revise_watch(
    redis: "Redis", *, watch_key: Key, watches_key: Key, watch_id: str, watch: str, due: int
) -> int:
    """Keep a watch as its owner has it now; 0 for one that is gone."""


@script
async def start_watch(
    redis: "Redis",
    *,
    watches_key: Key,
    watch_key: Key,
    own_key: Key,
    thread_key: Key,
    running_key: Key,
    job_key: Key,
    due_key: Key,
    watch_id: str,
    due_at: int,
    next_due: int,
    now: int,
    job_id: str,
    job: str,
    recurring: bool,
    most: int,
) -> Started:
    """Leave the run of a watch that is due to a worker, and make it due again."""


@script
async def put_off_watch(redis: "Redis", *, watches_key: Key, watch_id: str, due_at: int, later: int) -> int:
    """Make a watch due later, unless it is due at another time by now."""


@script
async def end_watch_run(
    redis: "Redis",
    *,
    watch_key: Key,
    watches_key: Key,
    job_key: Key,
    watch_id: str,
    run: int,
    failures: int,
    paused: str,
    again_at: int,
    fields: Fields,
) -> int:
    """Save how a run ended; 0 if the watch is gone, or another run is its last one."""
