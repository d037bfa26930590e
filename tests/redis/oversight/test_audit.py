"""The audit trail: one entry for each question and each click that concerns an answer, for so many days."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.records.audit import Audit
from bot.records.job import Job, JobKind, Stage
from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.records.question import Notice, Place
from bot.store.jobs import JobStore
from bot.store.keys import DAY
from bot.store.oversight.audit import PAGE, AuditRow, AuditTrail
from bot.store.scripts.script import LeaseLost
from genie.model import MessageRef
from tests.redis.queue_moves import KEYS, Bot, question

pytestmark = pytest.mark.redis

AUDIT = Audit(days=30)
EXPORT = Job("T1.C1.1.export.csv", JobKind.EXPORT, Place("T1", "C1", "1"), "U2", about="T1.C1.1")


async def trail(redis: "Redis", since: int = 0) -> Sequence[AuditRow]:
    """Read all that ended from `since` on, of the last two days."""
    now = round(time.time() * 1000)
    return [row async for row in AuditTrail(redis, KEYS).rows(since or now - DAY, now + 1000)]


async def polled(redis: "Redis", name: str = "1") -> tuple[Bot, QuestionLease]:
    """Bring a question to where Genie has it."""
    bot = Bot(redis)
    await bot.questions.accept(question(name))
    await bot.announce()
    [lease] = await bot.granted()
    await bot.queue.asked(lease, MessageRef("space-1", f"c{name}", f"m{name}"), poll_in=0)
    [lease] = await bot.claim(1)
    return bot, lease


async def test_an_entry_says_who_asked_what_where_and_as_whom(redis: "Redis") -> None:
    """It is there as soon as its question has ended, with the time of both and without its words."""
    bot, lease = await polled(redis)
    assert await trail(redis) == []
    await bot.queue.finish(lease, State.DELIVERED, audited=AUDIT.of(lease, "answered", "SELECT 1"))
    [row] = await trail(redis)
    assert row.fields == {
        "kind": "question",
        "id": "T1.C1.1",
        "team": "T1",
        "user": "U1",
        "channel": "C1",
        "private": "0",
        "space": "space-1",
        "as": "bot",
        "outcome": "answered",
        "about": "",
        "asked_at": str(lease.progress.received_at),
    }
    assert row.content == {}
    assert 0 < row.asked_at <= row.ended_at <= time.time() * 1000 + 1000


async def test_words_and_sql_are_kept_only_if_wanted(redis: "Redis") -> None:
    """They stand beside the entry, for as long as it does."""
    bot, lease = await polled(redis)
    lease = replace(lease, progress=replace(lease.progress, text="what about 1?"))
    audit = Audit(days=2, content=True)
    await bot.queue.finish(lease, State.DELIVERED, audited=audit.of(lease, "answered", "SELECT 1"))
    [row] = await trail(redis)
    assert row.content == {"question": "what about 1?", "sql": "SELECT 1"}
    lifetimes = [await redis.pttl(key) async for key in redis.scan_iter(match="*audit*")]
    assert len(lifetimes) == 2
    assert all(2 * DAY < each <= 3 * DAY for each in lifetimes)


async def test_a_worker_that_lost_its_lease_writes_no_entry(redis: "Redis") -> None:
    """The successor ends the question, and its entry is the only one."""
    bot, lost = await polled(redis)
    await redis.zadd(KEYS.due, {lost.question.id: 0})
    [lease] = await bot.claim(1)
    with pytest.raises(LeaseLost):
        await bot.queue.finish(lost, State.DELIVERED, audited=AUDIT.of(lost, "crashed"))
    await bot.queue.finish(lease, State.DELIVERED, audited=AUDIT.of(lease, "answered"))
    with pytest.raises(LeaseLost):  # its reply was lost on the way, and it is sent again
        await bot.queue.finish(lease, State.DELIVERED, audited=AUDIT.of(lease, "answered"))
    assert [row.fields["outcome"] for row in await trail(redis)] == ["answered"]


async def test_an_answer_after_the_deadline_takes_the_entry_over(redis: "Redis") -> None:
    """Overdue is no end: one question has one entry, which says how it ended at last."""
    bot, lease = await polled(redis)
    content = Audit(days=30, content=True)
    await bot.queue.finish(lease, State.OVERDUE, audited=content.of(lease, "overdue"))
    assert await bot.questions.resume(lease.question.id) == "resumed"
    [lease] = await bot.claim(1)
    await bot.queue.finish(lease, State.DELIVERED, audited=content.of(lease, "answered", "SELECT 2"))
    [row] = await trail(redis)
    assert (row.fields["outcome"], row.content["sql"]) == ("answered", "SELECT 2")


async def test_each_time_a_file_is_taken_is_an_entry(redis: "Redis") -> None:
    """With who took it, of which answer; two people who press the same button are two."""
    bot, jobs = Bot(redis), JobStore(redis, KEYS)
    for user in ("U2", "U3"):
        await jobs.enqueue(replace(EXPORT, user=user), rerun=True)
        [lease] = await bot.claim_jobs(1)
        await bot.queue.finish(lease, Stage.DONE, audited=AUDIT.of(lease, "exported"))
    found = [(row.fields["kind"], row.fields["user"], row.fields["about"]) for row in await trail(redis)]
    assert found == [("export", "U2", "T1.C1.1"), ("export", "U3", "T1.C1.1")]


async def test_with_rights_of_their_own_the_entry_names_the_person(redis: "Redis") -> None:
    """Where people ask as themselves, it says as whom Databricks was asked."""
    bot, lease = await polled(redis)
    own = replace(lease, progress=replace(lease.progress, asked_as="T1.U1"))
    await bot.queue.finish(lease, State.DELIVERED, audited=Audit(days=30, as_users=True).of(own, "answered"))
    [row] = await trail(redis)
    assert row.fields["as"] == "U1"


async def test_calls_for_help_and_words_for_one_person_are_no_entries(redis: "Redis") -> None:
    """Nothing was asked of the data; and 0 days are no trail at all."""
    _, lease = await polled(redis)
    thanks = replace(lease, question=replace(lease.question, notice=Notice.THANKS))
    assert AUDIT.of(thanks, "notice") is None
    assert Audit(days=0).of(lease, "answered") is None
    await JobStore(redis, KEYS).enqueue(replace(EXPORT, kind=JobKind.TELL_WRITER))
    [job] = await Bot(redis).claim_jobs(1)
    assert AUDIT.of(job, "offer") is None


async def test_a_forgotten_thread_leaves_that_it_was_asked(redis: "Redis") -> None:
    """The words and the SQL go with the thread, as its words promise; who asked stays until its day."""
    bot, lease = await polled(redis)
    audit = Audit(days=30, content=True)
    await bot.queue.finish(lease, State.DELIVERED, audited=audit.of(lease, "answered", "SELECT 1"))
    forget = Job("T1.C1.1.forget.1", JobKind.FORGET, Place("T1", "C1", "1"), "U1")
    assert await JobStore(redis, KEYS).forget(forget) == "accepted"
    [row] = await trail(redis)
    assert (row.fields["user"], row.content) == ("U1", {})


async def test_a_long_trail_is_read_in_pages_and_in_order(redis: "Redis") -> None:
    """Each entry once, the oldest first, from the time that is wanted; memory holds one page."""
    today = int(time.time() * 1000) // DAY
    for day in (today - 1, today):
        async with redis.pipeline(transaction=False) as pipe:
            for number in range(PAGE + 7):
                pipe.xadd(KEYS.audit(str(day)), {"id": f"{day} {number}"}, id=f"{day * DAY + number // 2}-*")
            pipe.expire(KEYS.audit(str(day)), 60)
            await pipe.execute()
    trail = AuditTrail(redis, KEYS)
    found = [row.fields["id"] async for row in trail.rows((today - 1) * DAY, (today + 1) * DAY)]
    assert found == [f"{day} {number}" for day in (today - 1, today) for number in range(PAGE + 7)]
    later = [row.fields["id"] async for row in trail.rows(today * DAY + 200, today * DAY + 202)]
    assert later == [f"{today} {number}" for number in range(400, 404)]


async def test_an_entry_takes_little_room(redis: "Redis") -> None:
    """A year of 500 questions a day is some forty megabytes."""
    _, lease = await polled(redis)
    audited = AUDIT.of(lease, "answered")
    assert audited
    key = KEYS.audit("1")
    async with redis.pipeline(transaction=False) as pipe:
        for number in range(2000):
            id_ = f"T0123456789.C0123456789.{1795324546 + number}.109225"
            ids = {"id": id_, "user": f"U{number:010}", "team": "T0123456789", "channel": "C0123456789"}
            fields: dict[Any, Any] = {**audited.entry.fields, **ids, "space": "01ef" * 8}
            pipe.xadd(key, fields)
        pipe.expire(key, 60)
        await pipe.execute()
    assert (await redis.memory_usage(key, samples=0) or 0) / 2000 < 230
