"""Who has which watches, and that each is its owner's alone."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.records.job import Job, JobKind
from bot.records.question import Place
from bot.records.watch import PAUSED_BY_OWNER, Rhythm, WatchKind
from bot.store.jobs import JobStore
from bot.store.oversight.forget_person import forget_person
from bot.store.results import EnqueueResult, WatchAdded
from bot.store.watches import WATCHES_PER_PERSON, WatchStore
from handlers.actions.watches import keep_quiet
from render.watch.model import Baseline, Condition, Sum, When
from tests.redis.queue_moves import KEYS, Bot, question
from tests.redis.watches.watching import OWNER, Replica, at, watch

pytestmark = pytest.mark.redis

OTHER = SlackUser("T1", "U2")
MORNING = at("2026-11-30T07:00")


async def test_a_watch_comes_back_as_it_was_kept(redis: "Redis") -> None:
    """With its condition, its quiet hours and a thread that is not posted yet."""
    store = WatchStore(redis, KEYS)
    crossing = Condition(When.CROSSES, "revenue", above=False, value="0.25")
    kept = [
        watch("V1"),
        watch("V2", condition=crossing, quiet=(22, 6), rhythm=Rhythm.HOURLY, attachment="a", created_at=2),
        watch("V3", kind=WatchKind.QUESTION, place=Place("T1", "C2", None), about="", created_at=3),
    ]
    for each in kept:
        assert await store.add(each, MORNING) is WatchAdded.ADDED
    assert [each.watch for each in await store.of(OWNER)] == kept
    assert [each.progress.due for each in await store.of(OWNER)] == [MORNING] * 3
    assert await store.of(OTHER) == ()


async def test_a_person_has_so_many_watches_and_no_more(redis: "Redis") -> None:
    """However many are set at once; paused ones count, stopped ones do not."""
    store = WatchStore(redis, KEYS)
    marks = [f"V{number}" for number in range(WATCHES_PER_PERSON + 5)]
    told = await asyncio.gather(*(store.add(watch(mark), MORNING) for mark in marks))
    assert told.count(WatchAdded.ADDED) == WATCHES_PER_PERSON
    assert told.count(WatchAdded.TOO_MANY) == 5
    first, second = (each.watch.id for each in (await store.of(OWNER))[:2])
    await store.pause(first, OWNER)
    assert await store.add(watch("W1"), MORNING) is WatchAdded.TOO_MANY
    await store.stop(second, OWNER)
    assert await store.add(watch("W1"), MORNING) is WatchAdded.ADDED
    assert await store.add(watch("W1"), MORNING) is WatchAdded.ALREADY
    assert await store.add(watch("W1", owner=OTHER), MORNING) is WatchAdded.ADDED


async def test_only_its_owner_pauses_resumes_and_stops_a_watch(redis: "Redis") -> None:
    """A paused one is not due, one that goes on is; others change nothing."""
    store, kept = WatchStore(redis, KEYS), watch()
    await store.add(kept, MORNING)
    assert not await store.pause(kept.id, OTHER)
    assert not await store.stop(kept.id, OTHER)
    assert await store.pause(kept.id, OWNER)
    found = await store.find(kept.id)
    assert found
    assert (found.progress.due, found.progress.paused) == (None, PAUSED_BY_OWNER)
    assert not await store.resume(kept.id, OTHER, MORNING)
    assert await store.resume(kept.id, OWNER, MORNING)
    assert await store.resume(kept.id, OWNER, MORNING + 1)
    found = await store.find(kept.id)
    assert found
    assert (found.progress.due, found.progress.paused) == (MORNING, "")
    assert await store.stop(kept.id, OWNER)
    assert await store.find(kept.id) is None
    assert not await store.pause(kept.id, OWNER)


async def test_a_run_saves_what_is_kept_of_its_result(redis: "Redis") -> None:
    """Fingerprints, sums and the mark of their key; failures in a row; a pause with its cause."""
    replica, kept = Replica(redis), watch()
    baseline = Baseline(rows="r", order="o", count=2, sums=(Sum("m", "1.5"),), met=True, at=MORNING)
    await replica.store.add(kept, MORNING)
    await replica.clock.tick(MORNING)
    await replica.end_runs(baseline=baseline, key="k")
    found = await replica.store.find(kept.id)
    assert found
    assert (found.progress.run, found.progress.done, found.progress.key) == (MORNING, MORNING, "k")
    assert found.progress.baseline == baseline
    due = found.progress.due or 0
    await replica.clock.tick(due)
    await replica.end_runs(failures=3, paused="Forbidden")
    found = await replica.store.find(kept.id)
    assert found
    assert (found.progress.failures, found.progress.paused, found.progress.due) == (3, "Forbidden", None)
    assert found.progress.baseline == baseline
    await replica.store.resume(kept.id, OWNER, due)
    found = await replica.store.find(kept.id)
    assert found
    assert found.progress.failures == 0


async def test_forgetting_a_person_deletes_their_watches(redis: "Redis") -> None:
    """Those of others stay, and the next look takes what is gone out of what is due."""
    replica = Replica(redis)
    await replica.store.add(watch("V1"), MORNING)
    await replica.store.add(watch("V2", owner=OTHER), MORNING)
    await forget_person(redis, KEYS, "T1", "U1")
    assert await replica.store.of(OWNER) == ()
    await replica.clock.tick(MORNING)
    assert [lease.job.user for lease in await replica.end_runs()] == ["U2"]
    assert await redis.zscore(KEYS.watches_due(WatchKind.ANSWER), watch("V1").id) is None


async def test_forgetting_a_thread_deletes_its_watches(redis: "Redis") -> None:
    """Of whoever set them there; those of other threads stay."""
    bot, asked, replica = Bot(redis), question("1.0"), Replica(redis)
    await bot.questions.accept(asked)
    await bot.announce()
    [lease] = await bot.granted()
    await bot.answer(lease)
    elsewhere = replace(watch("V3"), place=Place("T1", "C1", "2.0"))
    for each in (watch("V1"), watch("V2", owner=OTHER), elsewhere):
        await replica.store.add(each, MORNING)
    forgetting = Job("T1.C1.1.0.forget.1", JobKind.FORGET, asked.place, "U1")
    assert await JobStore(redis, KEYS).forget(forgetting) is EnqueueResult.ACCEPTED
    assert [each.watch.id for each in await replica.store.of(OWNER)] == [elsewhere.id]
    assert await replica.store.of(OTHER) == ()


@pytest.mark.parametrize(("early_by", "due"), [(1, MORNING + 3_600_000), (0, MORNING)], ids=["later", "now"])
async def test_new_quiet_hours_take_no_run_away_that_is_due(
    redis: "Redis", monkeypatch: pytest.MonkeyPatch, early_by: int, due: int
) -> None:
    """What is due by now is made up when they are over; what comes later is due by them."""
    store = WatchStore(redis, KEYS)
    await store.add(watch(), MORNING)

    async def now() -> int:
        return MORNING - early_by

    monkeypatch.setattr(store, "now", now)
    services: Any = SimpleNamespace(watches=store)
    await keep_quiet(services, OWNER, (20, 9))
    stored = await store.find(watch().id)
    assert stored
    assert (stored.watch.quiet, stored.progress.due) == ((20, 9), due)


async def test_new_quiet_hours_take_no_run_away_that_makes_up_for_another(
    redis: "Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was missed on Monday is due on Tuesday, when quiet hours are over, and not a week later."""
    store = WatchStore(redis, KEYS)
    await store.add(watch(rhythm=Rhythm.MONDAYS), at("2026-12-01T06:00"))

    async def now() -> int:
        return at("2026-11-30T21:00")

    monkeypatch.setattr(store, "now", now)
    services: Any = SimpleNamespace(watches=store)
    for quiet, due in (
        ((20, 9), "2026-12-01T08:00"),
        ((20, 7), "2026-12-01T08:00"),
        ((9, 20), "2026-12-01T19:00"),
    ):
        await keep_quiet(services, OWNER, quiet)
        stored = await store.find(watch().id)
        assert stored
        assert stored.progress.due == at(due)
