"""A Redis whose clock stands still until it is moved: everything else of it is real."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha1
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import NoScriptError

CLOCK_KEY = "law:clock"
BEGINNING = 1_795_324_546_000
"""Milliseconds."""
ASKS_THE_CLOCK = "redis.call('TIME')"
READS_THE_KEY = f"""
local function law_time()
    local ms = tonumber(redis.call('GET', '{CLOCK_KEY}'))
    return {{math.floor(ms / 1000), ms % 1000 * 1000}}
end
"""


class VirtualRedis(Redis):
    """Runs the bot's own scripts on a real server; only their one question for the time is answered by us."""

    def __init__(self, **options: Any) -> None:
        """Connect as any client does."""
        super().__init__(**options)
        self.now_ms = BEGINNING
        self._digests: dict[str, str] = {}

    async def sleep_ms(self, ms: float) -> None:
        """Move the clock."""
        self.now_ms += max(round(ms), 0)
        await self.set(CLOCK_KEY, self.now_ms, ex=3600)

    async def execute_command(self, *args: Any, **options: Any) -> Any:
        """Send a command; a script with another clock."""
        match args:
            case ("SCRIPT LOAD", script):
                args = ("SCRIPT LOAD", self._changed(script))
            case ("EVAL", script, *rest):
                args = ("EVAL", self._changed(script), *rest)
            case ("EVALSHA", digest, *rest):
                if digest not in self._digests:
                    raise NoScriptError
                args = ("EVALSHA", self._digests[digest], *rest)
        send: Any = super().execute_command
        return await send(*args, **options)

    def _changed(self, script: "str | bytes") -> str:
        text = script.decode() if isinstance(script, bytes) else script
        changed = READS_THE_KEY + text.replace(ASKS_THE_CLOCK, "law_time()")
        self._digests |= dict.fromkeys((_digest(text), _digest(changed)), _digest(changed))
        return changed


def _digest(script: str) -> str:
    return sha1(script.encode(), usedforsecurity=False).hexdigest()


@asynccontextmanager
async def virtual_redis(url: str) -> AsyncIterator[VirtualRedis]:
    """Open an empty server whose clock stands at the beginning."""
    redis = VirtualRedis.from_url(url, decode_responses=True)
    assert isinstance(redis, VirtualRedis)
    async with redis:
        await redis.flushdb()
        await redis.sleep_ms(0)
        yield redis
        await redis.flushdb()
