"""Which kinds of requests Slack has sent: what an app is subscribed to cannot be read with its tokens.

A kind is a key whose age is what it has lived of its life, so that no clock but Redis's counts.
"""

import asyncio
import time
from contextvars import Context

from redis.asyncio import Redis

from bot.store.keys import HEARD_LIFETIME, Keys
from bot.store.questions import NotStored, in_time

CLICKS, COMMANDS = "clicks", "commands"
KINDS = (
    "app_home_opened",
    "app_mention",
    "channel_shared",
    "member_joined_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "reaction_added",
    "reaction_removed",
    "user_change",
    CLICKS,
    COMMANDS,
)
"""The events of manifest.yml, and what else Slack sends."""
PAUSE_SECONDS = 600.0
"""For which a process does not write again that a kind came."""


class HeardStore:
    """Keeps when each kind of request came last, give or take ten minutes."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Keep it under `keys`."""
        self._redis, self._keys = redis, keys
        self._noted: dict[str, float] = {}
        self._writing: set[asyncio.Task[None]] = set()

    def note(self, kind: str) -> None:
        """Keep that a kind came, without waiting for Redis; unknown ones are not kept."""
        now = time.monotonic()
        if kind not in KINDS or now - self._noted.get(kind, -PAUSE_SECONDS) < PAUSE_SECONDS:
            return
        self._noted[kind] = now
        task = asyncio.create_task(self._write(kind), context=Context())  # it is no part of the request
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def _write(self, kind: str) -> None:
        try:
            await in_time(self._redis.set(self._keys.heard(kind), 1, px=HEARD_LIFETIME))
        except NotStored:
            self._noted.pop(kind, None)

    async def ages(self) -> dict[str, float]:
        """Return the seconds since each kind came last, without those that did not; NotStored."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for kind in KINDS:
                pipe.pttl(self._keys.heard(kind))
            left = await in_time(pipe.execute())
        return {
            kind: (HEARD_LIFETIME - each) / 1000 for kind, each in zip(KINDS, left, strict=True) if each >= 0
        }
