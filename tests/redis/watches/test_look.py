"""What a look compares, and with which key."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from redis.asyncio import Redis

from bot.jobs.watch.look import FingerprintKey, Look
from bot.offload.executor import Executor
from bot.records.watch import StoredWatch, WatchProgress
from bot.replies.query_reader import QueryReader
from bot.store.people import PeopleStore
from bot.wiring.watches import fingerprint_key
from genie.model import COMPLETED, Column, Message, MessageRef, Query, Table
from render.sql.model import UNREAD
from render.watch.model import Condition, When
from tests.redis.queue_moves import KEYS
from tests.redis.watches.watching import MORNING, slack_says, users, watch

pytestmark = pytest.mark.redis

TOKEN = "xoxb-1"
CHANGED = Condition(When.CHANGED)
ABOVE = Condition(When.CROSSES, "revenue", above=True, value="10")


class Databricks:
    """One message with two queries; the rows are what a test says."""

    def __init__(self) -> None:
        self.revenue = "5"
        self.asked: list[tuple[str | None, bool]] = []

    async def message(self, ref: MessageRef) -> Message:
        queries = (Query("q1", sql="SELECT 1"), Query("q2", sql="SELECT 2"))
        return Message(ref, COMPLETED, attachments=queries)

    async def rows(self, _ref: MessageRef, query: Query, *, expired: bool) -> Table:
        self.asked.append((query.attachment_id, expired))
        return Table((Column("revenue", "LONG"),), ((self.revenue,),))

    def begin(self, _sql: str) -> None: ...

    async def reading_of(self, _answer: object) -> object:
        return UNREAD

    async def run(self, work: Any) -> Any:
        return work()


async def looks(redis: "Redis", databricks: Databricks, token: str = TOKEN) -> Look:
    """Return what looks, in a company with a token."""
    await slack_says(redis)
    return Look(
        genie_of=cast("Any", lambda _user: databricks),
        query_reader=cast("QueryReader", databricks),
        executor=cast("Executor", databricks),
        composer=cast("Any", None),
        chart_images=cast("Any", None),
        users=users(redis),
        people=PeopleStore(redis, KEYS),
        key=fingerprint_key(token),
    )


async def test_a_look_runs_the_query_of_the_answer_again(redis: "Redis") -> None:
    """The one that was watched, where a message has several; nothing is told of the first look."""
    databricks = Databricks()
    look = await looks(redis, databricks)
    first = await look.look(StoredWatch(watch(attachment="q1"), WatchProgress()), MORNING)
    await look.look(StoredWatch(watch(), WatchProgress()), MORNING)
    assert databricks.asked == [("q1", True), ("q2", True)]
    assert first.sentence == ""
    again = WatchProgress(done=1, baseline=first.baseline, key=look.key.mark)
    assert (await look.look(StoredWatch(watch(), again), MORNING)).sentence


async def test_with_another_key_a_watch_begins_anew_in_silence(redis: "Redis") -> None:
    """What was kept cannot be compared; a value that was above its limit before is no news either."""
    databricks = Databricks()
    databricks.revenue = "20"
    old, new = await looks(redis, databricks), await looks(redis, databricks, "xoxb-2")
    for condition in (CHANGED, ABOVE):
        watched = watch(condition=condition)
        kept = (await old.look(StoredWatch(watched, WatchProgress()), MORNING)).baseline
        progress = WatchProgress(done=1, baseline=kept, key=old.key.mark)
        found = await new.look(StoredWatch(watched, progress), MORNING)
        assert found.sentence == ""
        assert found.baseline.rows != kept.rows
        assert (await old.look(StoredWatch(watched, progress), MORNING)).sentence == ""


async def test_a_value_that_is_beyond_its_limit_already_is_told_at_once(redis: "Redis") -> None:
    """Nobody waits for a crossing that was before the watch."""
    databricks = Databricks()
    databricks.revenue = "20"
    look = await looks(redis, databricks)
    assert (await look.look(StoredWatch(watch(condition=ABOVE), WatchProgress()), MORNING)).sentence


def test_the_key_is_not_the_token_and_its_mark_is_not_the_key() -> None:
    """What is written to Redis beside fingerprints says nothing about either."""
    key = fingerprint_key("xoxb-1")
    assert isinstance(key, FingerprintKey)
    assert key.mark not in key.secret.hex()
    assert b"xoxb-1" not in key.secret
    assert "secret" not in repr(SimpleNamespace(key=key))
    assert fingerprint_key("xoxb-2").mark != key.mark
