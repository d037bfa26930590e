"""Slack's rate limits: per method and workspace, by tier, and about one post a second in a channel.

https://docs.slack.dev/apis/web-api/rate-limits
"""

import math
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Limits:
    """How often a method may be called. Tests that need more say so."""

    per_minute: Mapping[str, int] = field(
        default_factory=lambda: {"tier2": 20, "tier3": 50, "tier4": 100, "status": 60, "special": 600}
    )
    posts_per_second: float = 1.0
    """Steady rate of `chat.postMessage` in one channel."""
    post_burst: int = 10
    """How many posts a channel takes at once after a rest."""

    @classmethod
    def none(cls) -> "Limits":
        """No limits that a test could meet."""
        return cls(dict.fromkeys(("tier2", "tier3", "tier4", "status", "special"), 10**9), 10.0**9, 10**9)


class RateLimiter:
    """Counts calls and says how long the caller must wait; 0 when the call may pass."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}
        self._posts: dict[str, float] = {}

    def wait_for(self, method: str, tier: str) -> int:
        """Count one call of a method; give whole seconds for `Retry-After` when it is one too many."""
        now = self._clock()
        calls = self._calls.setdefault(method, deque())
        while calls and calls[0] <= now - 60:
            calls.popleft()
        if len(calls) >= self._limits.per_minute[tier]:
            return max(1, math.ceil(calls[0] + 60 - now))
        calls.append(now)
        return 0

    def wait_for_post(self, channel: str) -> int:
        """Count one post into a channel; give whole seconds for `Retry-After` when it is one too many.

        The bucket is kept as the time at which it will be full again.
        """
        now = self._clock()
        step = 1 / self._limits.posts_per_second
        full_at = max(now, self._posts.get(channel, now)) + step
        excess = full_at - now - self._limits.post_burst * step
        if excess > _ROUNDING:
            return max(1, math.ceil(excess))
        self._posts[channel] = full_at
        return 0
