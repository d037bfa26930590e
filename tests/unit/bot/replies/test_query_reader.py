"""What the queries of answers say, read in the executor beside the fetching of their rows."""

import asyncio
from typing import Any, cast

import pytest

from bot.offload.executor import Executor, ExecutorError
from bot.replies import query_reader
from bot.replies.query_reader import QueryReader
from genie.model import Answer, Column, MessageRef, Query, Table
from render.sql.model import UNREAD, QueryReading

READ = QueryReading(limited=True)
ROWS = Table((Column("n", "LONG"),), (("1",), ("2",)))


def answer(sql: str = "SELECT 1", table: Table = ROWS) -> Answer:
    """Return an answer with two rows."""
    return Answer(MessageRef("s", "c", "m"), query=Query("a", sql=sql), table=table)


class Parser:
    """Takes the place of the executor: counts what it reads, waits until it may, and fails on demand."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.may_end = asyncio.Event()
        self.may_end.set()
        self.error: ExecutorError | None = None

    async def run_next(self, _: Any, sql: str) -> QueryReading:
        """Read one query."""
        self.read.append(sql)
        await self.may_end.wait()
        if self.error:
            raise self.error
        return READ


async def test_a_query_is_read_once() -> None:
    """It begins with the rows, and clicks on the same answer take what was read then."""
    parser = Parser()
    reader = QueryReader(cast("Executor", parser))
    reader.begin("SELECT 1")
    assert [await reader.reading_of(answer()) for _ in range(3)] == [READ] * 3
    assert parser.read == ["SELECT 1"]


async def test_an_answer_does_not_wait_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes too late for the answer serves the next click."""
    monkeypatch.setattr(query_reader, "WAIT_SECONDS", 0.01)
    parser = Parser()
    parser.may_end.clear()
    reader = QueryReader(cast("Executor", parser))
    assert await reader.reading_of(answer()) is UNREAD
    parser.may_end.set()
    await reader.begin("SELECT 1")
    assert await reader.reading_of(answer()) is READ


async def test_a_reading_that_failed_is_tried_again() -> None:
    """A lost process costs one answer its reading, not all later ones."""
    parser = Parser()
    parser.error = ExecutorError("lost")
    reader = QueryReader(cast("Executor", parser))
    assert await reader.reading_of(answer()) is UNREAD
    parser.error = None
    assert await reader.reading_of(answer()) is READ


async def test_only_several_rows_need_their_query() -> None:
    """One row is no chart and has no sums."""
    parser = Parser()
    one = Table(ROWS.columns, ROWS.rows[:1])
    assert await QueryReader(cast("Executor", parser)).reading_of(answer(table=one)) is UNREAD
    assert parser.read == []


async def test_the_oldest_queries_are_forgotten() -> None:
    """So that the memory of a bot that runs for months does not grow."""
    parser = Parser()
    reader = QueryReader(cast("Executor", parser))
    for at in range(100):
        await reader.begin(f"SELECT {at}")
    await reader.begin("SELECT 99")
    await reader.begin("SELECT 0")
    assert parser.read.count("SELECT 99") == 1
    assert parser.read.count("SELECT 0") == 2
