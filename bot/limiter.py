"""Shared limits: however many processes there are, together they stay within a `Rate`.

By Redis's clock. A refusal is a normal result, the seconds to wait, and not an exception.
"""

import asyncio
from dataclasses import dataclass

from redis.asyncio import Redis

from bot.keys import Keys
from bot.scripts import Script


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `capacity` in any `window` seconds."""

    capacity: int
    window: float

    @property
    def window_ms(self) -> int:
        """The window in Redis's unit."""
        return round(self.window * 1000)


class Bucket:
    """A named token bucket of which each token returns one window after it was taken."""

    def __init__(self, redis: "Redis", keys: Keys, name: str, rate: Rate) -> None:
        """Share the bucket with everybody who gives the same name."""
        self.rate = rate
        self._keys = [keys.grants(name), keys.closed(name)]
        self._take = Script(redis, "take")
        self._close = Script(redis, "close")

    async def take(self, *, reserve: int = 0) -> float:
        """Take a token, leaving `reserve` tokens to others: 0, or the seconds until it is worth a new try."""
        capacity = self.rate.capacity
        wait = await self._take(self._keys, capacity, self.rate.window_ms, min(reserve, capacity - 1))
        return int(wait) / 1000

    async def wait(self) -> None:
        """Take a token, however long that takes."""
        while True:
            seconds = await self.take()
            if not seconds:
                return
            await asyncio.sleep(seconds)

    async def close(self, seconds: float) -> None:
        """Give nothing for so long, to anybody: the server said so."""
        await self._close(self._keys[1:], round(seconds * 1000))
