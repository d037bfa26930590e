"""Polling: what a poll of a running message leads to, besides the next one."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

import pytest
from redis.asyncio import Redis

from bot.identity.identities import shared_identity
from bot.records.lease import QuestionLease
from bot.replies.query_reader import QueryReader
from bot.slack.status import StatusLine
from bot.steps.answer import AnswerStep
from bot.steps.poll import PollStep
from genie.client import Genie
from genie.model import Message, MessageRef, Query
from tests.redis.queue_moves import KEYS, Bot, question
from tests.redis.responses import Responses

pytestmark = pytest.mark.redis

REF = MessageRef("s", "c", "m")
SQL = "SELECT 1"


class Running:
    """A Genie whose message runs a query, a reader of queries, and a status line, in one."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.read: list[str] = []

    async def message(self, ref: MessageRef) -> Message:
        """Say that the query runs."""
        return Message(ref, "EXECUTING_QUERY", attachments=(Query("a", sql=SQL),))

    def begin(self, sql: str) -> None:
        """Read a query."""
        self.read.append(sql)

    async def show(self, _lease: QuestionLease, _status: str) -> Mapping[str, str]:
        """Show nothing."""
        return {}


async def next_poll(redis: "Redis", running: Running, seconds_spent: float = 0, in_flight: int = 1) -> float:
    """Poll once, in a step that has taken so long already; return the seconds until the next poll."""
    bot = Bot(redis)
    step = PollStep(
        queue=bot.queue,
        responder=Responses(bot).responder,
        genie_of=shared_identity(cast("Genie", running)),
        status=cast("StatusLine", running),
        answer=cast("AnswerStep", None),
        query_reader=cast("QueryReader", running),
        deadline_seconds=600,
    )
    await bot.questions.accept(question("1"))
    await bot.announce()
    [lease] = await bot.granted()
    await bot.queue.asked(lease, REF, poll_in=0)
    [lease] = await bot.claim(1)
    asked_at = lease.now - 20_000
    lease = replace(
        lease,
        since=time.monotonic() - seconds_spent,
        in_flight=in_flight,
        progress=replace(lease.progress, asked_at=asked_at, polls=1),
    )
    await step.run(lease)
    due: Any = await redis.zscore(KEYS.due, lease.question.id)
    return float(due - lease.now) / 1000


async def test_a_query_is_read_while_it_runs(redis: "Redis") -> None:
    """So that this takes no time when its rows are there."""
    running = Running()
    await next_poll(redis, running)
    assert running.read == [SQL]


async def test_a_slow_status_line_delays_no_poll(redis: "Redis") -> None:
    """The time that a step has taken counts as waiting."""
    assert await next_poll(redis, Running(), seconds_spent=3600) < 0.3


async def test_a_crowd_is_polled_less_often(redis: "Redis") -> None:
    """Sixty in flight share the requests that a workspace answers."""
    assert await next_poll(redis, Running(), in_flight=60) > 0.6
