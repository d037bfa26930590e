"""Reads the SQL of an answer beside the fetching of its rows, in the executor."""

import asyncio
import logging
from collections import OrderedDict

from bot.offload.executor import Executor, ExecutorError
from genie.model import Answer
from render.sql.model import UNREAD, QueryReading

WAIT_SECONDS = 1.0
"""After the rows are there: an answer with charts by names and types is better than a late one."""
_MOST = 64
"""Queries that are kept, so that clicks on an answer do not read its SQL again."""

log = logging.getLogger(__name__)


class QueryReader:
    """Knows what the queries of the latest answers say about their results."""

    def __init__(self, executor: Executor) -> None:
        """`executor` has the parser, which the bot itself does not load."""
        self._executor = executor
        self._tasks: OrderedDict[str, asyncio.Task[QueryReading]] = OrderedDict()

    def begin(self, sql: str) -> asyncio.Task[QueryReading]:
        """Have a query read while something else goes on."""
        task = self._tasks.pop(sql, None) or asyncio.create_task(self._read(sql))
        self._tasks[sql] = task
        while len(self._tasks) > _MOST:
            self._tasks.popitem(last=False)
        return task

    async def reading_of(self, answer: Answer) -> QueryReading:
        """Return what the query of an answer says; UNREAD when that takes too long, or has no use."""
        if answer.query is None or answer.table is None or len(answer.table.rows) <= 1:
            return UNREAD
        task = self.begin(answer.query.sql)
        done, _ = await asyncio.wait({task}, timeout=WAIT_SECONDS)
        if not done:
            log.warning("query.read_late")
        return task.result() if done else UNREAD

    async def _read(self, sql: str) -> QueryReading:
        try:
            return await self._executor.run_next(_read_query, sql)
        except ExecutorError as error:
            log.warning("query.unread", extra={"error": str(error)})
            self._tasks.pop(sql, None)
            return UNREAD


def _read_query(sql: str) -> QueryReading:
    from render.sql.read import read_query  # noqa: PLC0415 (sqlglot must not be loaded in the bot)

    return read_query(sql)
