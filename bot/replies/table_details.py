"""What Unity Catalog tells a person about the tables behind an answer: in good time, or not at all."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from bot.identity.model import NotSignedIn
from bot.store.questions import NotStored
from genie.client import Genie
from genie.errors import BadRequest, Forbidden, GenieError, NotEnabled, NotFound
from genie.model import TableDetails, TableName

log = logging.getLogger(__name__)

MOST_TABLES = 8
"""Of one query; they share Databricks' limit of requests with the answers that people wait for."""
KEPT_SECONDS = 600.0
_MOST_KEPT = 1_000
NOTHING = TableDetails()


class TableDetailsCache:
    """Details in the memory of the process, of each identity by itself: one client asks as one identity."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Genie, TableName], tuple[float, TableDetails]] = OrderedDict()

    async def read(self, genie: Genie, name: TableName) -> TableDetails:
        """Return what this identity may know of a table; never fails, and remembers a refusal, too."""
        kept_until, details = self._kept.get((genie, name), (0.0, NOTHING))
        if kept_until > time.monotonic():
            return details
        try:
            details = await genie.table_details(name)
        except (Forbidden, NotFound, NotEnabled, BadRequest):
            details = NOTHING
        except (GenieError, NotSignedIn, NotStored) as error:
            log.info("tables.not_read", extra={"error": type(error).__name__})
            return NOTHING
        self._keep((genie, name), details)
        return details

    def _keep(self, key: tuple[Genie, TableName], details: TableDetails) -> None:
        self._kept[key] = time.monotonic() + KEPT_SECONDS, details
        self._kept.move_to_end(key)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)


class TableLookup:
    """Reads the details of some tables side by side until its end; what is not there then is left out."""

    def __init__(self, cache: TableDetailsCache) -> None:
        self._cache = cache
        self._tasks: dict[TableName, asyncio.Task[TableDetails]] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def begin(self, genie: Genie, names: Sequence[TableName]) -> None:
        """Start to read the first of some tables."""
        for name in list(dict.fromkeys(names))[:MOST_TABLES]:
            self._tasks[name] = asyncio.create_task(self._cache.read(genie, name))

    async def wait(self, seconds: float) -> Mapping[TableName, TableDetails]:
        """Return what is known, as soon as all of it is there or when the seconds are over."""
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=seconds)
        done = {name: task.result() for name, task in self._tasks.items() if task.done()}
        return {name: details for name, details in done.items() if details != NOTHING}
