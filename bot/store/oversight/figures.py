"""How the bot fares now and fared in the last days, for its admins; the same for every surface."""

import time
from collections import Counter

from redis.asyncio import Redis

from bot.records.progress import ANSWERED, FAILED, INCOMPLETE, STOPPED
from bot.store.keys import DAY, Keys
from bot.store.limiter import QUESTIONS, Bucket, Rate
from genie.model import Rating
from render.home.model import Figures

DAYS = 7
IDLE_MS = 6 * 60 * 1000
"""What is not due for longer waits for a sign-in."""


class FigureStore:
    """Reads the figures. RedisError without Redis."""

    def __init__(self, redis: "Redis", keys: Keys, rate: Rate) -> None:
        """`rate` is the limit of question POSTs."""
        self._redis, self._keys = redis, keys
        self._bucket = Bucket(redis, keys, QUESTIONS, rate)

    async def place(self, asker: str) -> int:
        """Return the place in line of an asker's first question there, from 1; 0 without one."""
        asked = await self._redis.zrange(self._keys.line_own(asker), 0, -1)
        async with self._redis.pipeline(transaction=False) as pipe:
            for question_id in asked:
                pipe.zrank(self._keys.line, str(question_id))
            found = await pipe.execute()
        return min((rank + 1 for rank in found if rank is not None), default=0)

    async def read(self) -> Figures:
        """Return the figures of this moment, and of the last days."""
        keys, now = self._keys, round(time.time() * 1000)
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.zcard(keys.line)
            pipe.zcard(keys.research_line)
            pipe.zcount(keys.due, "-inf", now + IDLE_MS)
            for day in range(DAYS):
                pipe.hgetall(keys.figures(now - day * DAY))
            questions, research, due, *days = await pipe.execute()
        waiting = questions + research
        counted: Counter[str] = Counter()
        for day in days:
            counted.update({str(name): int(number) for name, number in day.items()})
        failures = Counter(
            {name.removeprefix(FAILED): count for name, count in counted.items() if name.startswith(FAILED)}
        )
        return Figures(
            waiting=waiting,
            working=max(0, due - waiting),
            used=await self._bucket.used(),
            capacity=self._bucket.rate.capacity,
            window=self._bucket.rate.window,
            days=DAYS,
            answered=counted[ANSWERED] + counted[INCOMPLETE],
            withdrawn=counted["withdrawn"] + counted[STOPPED],
            failures=tuple(failures.most_common()),
            good=max(0, counted[Rating.POSITIVE.value]),
            bad=max(0, counted[Rating.NEGATIVE.value]),
        )
