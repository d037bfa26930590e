"""Each `.lua` file of this folder as one callable."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from redis.asyncio import Redis

LUA = Path(__file__).parent / "lua"


class Script:
    """One atomic step in Redis; it is loaded on first use and again after Redis has forgotten it."""

    def __init__(self, redis: "Redis", name: str) -> None:
        """Read `name`.lua, with the functions that scripts share before it."""
        source = "".join(
            (LUA / f"{part}.lua").read_text() for part in ("bucket", "schedule", "line", "thread", name)
        )
        self._script = redis.register_script(source)

    async def __call__(self, keys: Sequence[str], *arguments: str | float) -> Any:
        """Run it; redis.exceptions.RedisError when Redis cannot."""
        return await self._script(keys=keys, args=arguments)
