"""Shared limits: however many processes there are, together they stay within a `Rate`.

By Redis's clock. A refusal is a normal result, the seconds to wait, and not an exception.
"""

import asyncio
import math
from dataclasses import dataclass

from redis.asyncio import Redis

from bot.records.question import QUESTIONS, RESEARCH
from bot.store.keys import Key, Keys
from bot.store.scripts import buckets

__all__ = [
    "QUESTIONS",
    "QUESTION_RATE",
    "RESEARCH",
    "RESEARCH_RATE",
    "AdaptiveLimit",
    "Bucket",
    "Line",
    "Rate",
]


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `capacity` in any `window` seconds."""

    capacity: int
    window: float

    @property
    def window_ms(self) -> int:
        """The window in Redis's unit."""
        return round(self.window * 1000)


@dataclass(frozen=True, slots=True)
class Line:
    """The keys of a fair line, in which questions wait for a token of a bucket, and of that bucket."""

    line: Key
    turns: Key
    own: Key
    """Of one asker."""
    clock: Key
    grants: Key
    closed: Key

    @classmethod
    def of(cls, keys: Keys, bucket: str, asker: str = "") -> "Line":
        """Return the line of those that wait for a token of a bucket."""
        line, turns, own, clock = (
            (keys.research_line, keys.research_line_turns, keys.research_line_own, keys.research_line_clock)
            if bucket == RESEARCH
            else (keys.line, keys.line_turns, keys.line_own, keys.line_clock)
        )
        return cls(line, turns, own(asker), clock, keys.grants(bucket), keys.closed(bucket))


QUESTION_RATE, RESEARCH_RATE = Rate(20, 62.0), Rate(5, 62.0)
"""Both limits as they are without settings."""
THROTTLED_SECONDS = 60
"""Seconds for which a complaint of the server slows everybody down."""


class Bucket:
    """A named token bucket of which each token returns one window after it was taken."""

    def __init__(self, redis: "Redis", keys: Keys, name: str, rate: Rate) -> None:
        """Share the bucket with everybody who gives the same name."""
        self.rate = rate
        self._redis, self.grants, self.closed = redis, keys.grants(name), keys.closed(name)

    async def take(self, spare: int = 0) -> float:
        """Take a token if `spare` others are left then: 0, or the seconds until it is worth a new try."""
        wait = await buckets.bucket_take(
            self._redis,
            grants_key=self.grants,
            closed_key=self.closed,
            capacity=self.rate.capacity,
            window_ms=self.rate.window_ms,
            spare=spare,
        )
        return wait / 1000

    async def give_back(self, taken: int) -> None:
        """Put back a token that was not used; `taken` is Redis's time of the grant, in milliseconds."""
        await self._redis.lrem(self.grants, 1, str(taken))

    async def used(self) -> int:
        """Count the tokens that were taken within the last window."""
        return await buckets.bucket_used(self._redis, grants_key=self.grants, window_ms=self.rate.window_ms)

    async def wait(self) -> None:
        """Take a token, however long that takes."""
        while True:
            seconds = await self.take()
            if not seconds:
                return
            await asyncio.sleep(seconds)

    async def close(self, seconds: float) -> None:
        """Give nothing for so long, to anybody: the server said so."""
        await buckets.bucket_close(self._redis, closed_key=self.closed, ms=round(seconds * 1000))


class AdaptiveLimit:
    """A limit that the server does not publish: `quick`, and `slow` for a while after a refusal."""

    def __init__(self, redis: "Redis", keys: Keys, name: str, quick: Rate, slow: Rate) -> None:
        """Share the limit with everybody who gives the same name."""
        self._redis, self._complaint = redis, keys.closed(f"{name}:complaint")
        self._quick, self._slow = Bucket(redis, keys, name, quick), Bucket(redis, keys, f"{name}:slow", slow)

    async def take(self) -> float:
        """Make one call: 0, or the seconds until it may be made."""
        quick, slow = self._quick, self._slow
        wait = await buckets.limit_take(
            self._redis,
            complaint_key=self._complaint,
            quick_grants_key=quick.grants,
            quick_closed_key=quick.closed,
            slow_grants_key=slow.grants,
            slow_closed_key=slow.closed,
            quick_capacity=quick.rate.capacity,
            quick_window_ms=quick.rate.window_ms,
            slow_capacity=slow.rate.capacity,
            slow_window_ms=slow.rate.window_ms,
        )
        return wait / 1000

    async def on_rate_limited(self, retry_after: float) -> None:
        """Obey the server: no call from anybody for so many seconds, and then a slower pace."""
        await self._redis.set(self._complaint, 1, ex=max(THROTTLED_SECONDS, math.ceil(retry_after)))
        await self._slow.close(retry_after)

    async def used(self) -> int | None:
        """Count the calls made lately; None where the server limited us."""
        quick, slow = self._quick, self._slow
        used = await buckets.limit_used(
            self._redis,
            complaint_key=self._complaint,
            quick_grants_key=quick.grants,
            slow_grants_key=slow.grants,
            quick_window_ms=quick.rate.window_ms,
            slow_window_ms=slow.rate.window_ms,
        )
        return None if used < 0 else used

    async def throttled(self) -> bool:
        """Whether the server limited us lately."""
        return bool(await self._redis.exists(self._complaint))
