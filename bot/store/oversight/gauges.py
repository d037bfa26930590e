"""Reads the gauges of the work and the limit, which all processes share, from Redis."""

from redis.asyncio import Redis

from bot.observability.gauges import Gauges
from bot.records.watch import WatchKind
from bot.store.availability.processes import LIFETIME_SECONDS
from bot.store.keys import Keys
from bot.store.limiter import QUESTIONS, Rate
from bot.store.questions import in_time
from bot.store.scripts import records


class GaugeReader:
    """Reads the gauges in one call; NotStored without Redis."""

    def __init__(self, redis: "Redis", keys: Keys, rate: Rate) -> None:
        """`rate` is the limit of question POSTs."""
        self._redis, self._keys, self._rate = redis, keys, rate

    async def read(self) -> Gauges:
        """Return them as they are at this moment."""
        keys = self._keys
        length, oldest, unfinished, due, used, closed, processes, watches, watches_due = await in_time(
            records.read_gauges(
                self._redis,
                line_key=keys.line,
                due_key=keys.due,
                grants_key=keys.grants(QUESTIONS),
                closed_key=keys.closed(QUESTIONS),
                processes_key=keys.processes,
                watches_key=keys.watches_due(WatchKind.ANSWER),
                schedules_key=keys.watches_due(WatchKind.QUESTION),
                record_prefix=keys.question(""),
                window_ms=self._rate.window_ms,
                alive_ms=round(LIFETIME_SECONDS * 1000),
            )
        )
        return Gauges(
            line_length=length,
            line_oldest_seconds=oldest / 1000,
            unfinished=unfinished,
            due_seconds=due / 1000,
            limit_used=used,
            limit_capacity=self._rate.capacity,
            limit_closed_seconds=closed / 1000,
            processes=processes,
            watches=watches,
            watches_due_seconds=watches_due / 1000,
        )
