"""Records as an older version stored them: scenes of `tests/payloads/stored`, each a whole Redis."""

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from redis.asyncio import Redis

FOLDER = Path(__file__).parents[1] / "payloads" / "stored"
SCENES: dict[str, dict[str, Any]] = {
    name: scene
    for path in sorted(FOLDER.glob("*.json"))
    for name, scene in json.loads(path.read_text()).items()
}
MILLISECONDS = re.compile(r"\b1795871\d{6}\b")
"""Times by Redis's clock; Slack's have fewer or more digits before the point."""


async def restore(redis: "Redis", name: str, seconds: float = 15, change: Callable[[str], str] = str) -> None:
    """Write the records of a scene, as if the older version stopped so long ago; `change` gives other ids."""
    scene = SCENES[name]
    later = int((time.time() - seconds) * 1000) - scene["now"]
    text = MILLISECONDS.sub(lambda found: str(int(found[0]) + later), json.dumps(scene["keys"]))
    for key, stored in json.loads(change(text)).items():
        value = stored["value"]
        match stored["type"]:
            case "hash":
                await redis.hset(key, mapping=value)
            case "zset":
                await redis.zadd(key, value)
            case "list":
                await redis.rpush(key, *value)
            case "string":
                await redis.set(key, value)
        await redis.pexpire(key, stored["ttl"])
