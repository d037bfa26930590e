"""What is due is started: once over all processes, and never while its last run is on its way."""

import asyncio
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.jobs.watch.clock import MOST, Recurring
from bot.records.job import Job, JobKind
from bot.records.question import Place
from bot.records.watch import Rhythm, WatchKind, kind_of, watch_id
from bot.store.keys import WATCH_RUN_LIFETIME
from bot.store.results import Started
from bot.store.watches import MOST_RUNNING
from tests.redis.queue_moves import KEYS
from tests.redis.watches.watching import HOUR, OWNER, Replica, at, watch

pytestmark = pytest.mark.redis

MORNING = at("2026-11-30T07:00")
DAY = 24 * HOUR


async def test_two_replicas_start_what_is_due_once(redis: "Redis") -> None:
    """And the next morning again; the job of each run has an id of its own."""
    replicas = Replica(redis, "a"), Replica(redis, "b")
    await replicas[0].store.add(watch(), MORNING)
    for day in range(3):
        now = MORNING + day * DAY + 2_000
        await asyncio.gather(*(each.clock.tick(now) for each in replicas))
        [lease] = await replicas[day % 2].end_runs()
        assert lease.job.id == f"{watch().id}.{MORNING + day * DAY}"
        await asyncio.gather(*(each.clock.tick(now) for each in replicas))
        assert await replicas[0].end_runs() == []


async def test_a_process_that_stalled_starts_nothing_once_more(redis: "Redis") -> None:
    """It saw what was due, and another process has run that to its end meanwhile."""
    stalled, other = Replica(redis, "a"), Replica(redis, "b")
    await stalled.store.add(watch(), MORNING)
    assert await stalled.store.due(MORNING, 9, {}) == [[(watch().id, MORNING)], []]
    await other.clock.tick(MORNING)
    [lease] = await other.end_runs()
    late = stalled.store.start(watch().id, MORNING, lease.job, next_due=MORNING + DAY, now=MORNING)
    assert await late is Started.TAKEN
    assert await other.end_runs() == []


async def test_nothing_is_started_before_its_time(redis: "Redis") -> None:
    """A look that finds nothing due says so."""
    replica = Replica(redis)
    await replica.store.add(watch(), MORNING)
    assert not await replica.clock.tick(MORNING - 1)
    assert await replica.end_runs() == []


async def test_what_was_missed_is_made_up_once(redis: "Redis") -> None:
    """After three days away: one run now, and then as always."""
    replica = Replica(redis)
    await replica.store.add(watch(rhythm=Rhythm.HOURLY), MORNING)
    back = MORNING + 3 * DAY + HOUR // 3
    await replica.clock.tick(back)
    assert len(await replica.end_runs()) == 1
    await replica.clock.tick(back)
    assert await replica.end_runs() == []
    found = await replica.store.find(watch().id)
    assert found
    assert found.progress.due == MORNING + 3 * DAY + HOUR


async def test_what_was_missed_is_not_made_up_in_quiet_hours(redis: "Redis") -> None:
    """A Monday's run that was missed until the evening is made up on Tuesday, when quiet hours are over."""
    replica = Replica(redis)
    await replica.store.add(watch(rhythm=Rhythm.MONDAYS), MORNING)
    await replica.clock.tick(MORNING)
    await replica.end_runs()
    monday = MORNING + 7 * DAY
    await replica.clock.tick(monday + 14 * HOUR)
    assert await replica.end_runs() == []
    await replica.clock.tick(monday + 23 * HOUR)
    assert len(await replica.end_runs()) == 1
    found = await replica.store.find(watch().id)
    assert found
    assert found.progress.due == monday + 7 * DAY


async def test_a_run_waits_for_the_one_before(redis: "Redis") -> None:
    """It is started when that has ended, and no run is left out for it."""
    replica = Replica(redis)
    await replica.store.add(watch(rhythm=Rhythm.HOURLY), MORNING)
    await replica.clock.tick(MORNING)
    [first] = await replica.bot.claim_jobs(9)
    await replica.clock.tick(MORNING + HOUR)
    assert await replica.bot.claim_jobs(9) == []
    await replica.end(first)
    await replica.clock.tick(MORNING + HOUR)
    assert len(await replica.end_runs()) == 1


async def test_so_many_run_at_one_time_and_the_rest_after_them(redis: "Redis") -> None:
    """What people ask has the other workers; nothing is left out."""
    replica, count = Replica(redis), MOST_RUNNING * 2 + 3
    for number in range(count):
        await replica.store.add(watch(f"V{number}", owner=SlackUser("T1", f"U{number}")), MORNING)
    runs = []
    while await replica.clock.tick(MORNING):
        ended = await replica.end_runs()
        assert len(ended) <= MOST_RUNNING
        runs += [lease.job.id for lease in ended]
    assert len(runs) == len(set(runs)) == count


@pytest.mark.parametrize("stuck", WatchKind)
async def test_a_kind_whose_runs_wait_holds_up_no_other(redis: "Redis", stuck: WatchKind) -> None:
    """Ten questions may wait in line for hours, and more may be due: each watch runs all the same, once."""
    replicas, ended, waiting = (Replica(redis, "a"), Replica(redis, "b")), [], []
    for kind in sorted(WatchKind, key=lambda kind: kind is not stuck):
        for number in range(MOST + 5):
            await replicas[0].store.add(watch(kind=kind, owner=SlackUser("T1", f"U{number}")), MORNING)
        await replicas[0].clock.tick(MORNING)
    for _ in range(MOST):
        await asyncio.gather(*(each.clock.tick(MORNING) for each in replicas))
        for lease in await replicas[0].bot.claim_jobs(100):
            if kind_of(lease.job.id) is stuck:
                waiting.append(lease.job.id)
            else:
                ended.append(lease.job.user)
                await replicas[0].end(lease)
    assert sorted(ended) == sorted(f"U{number}" for number in range(MOST + 5))
    assert len(waiting) == MOST_RUNNING


async def test_a_run_that_crashed_counts_as_a_failure(redis: "Redis") -> None:
    """It ended without a word: the next one finds that."""
    replica = Replica(redis)
    await replica.store.add(watch(), MORNING)
    await replica.clock.tick(MORNING)
    [lease] = await replica.bot.claim_jobs(9)
    await redis.zrem(KEYS.due, lease.job.id)
    await replica.clock.tick(MORNING + DAY)
    found = await replica.store.find(watch().id)
    assert found
    assert (found.progress.failures, found.progress.run) == (1, MORNING + DAY)


async def test_a_stopped_or_paused_watch_does_not_run(redis: "Redis") -> None:
    """Not even one that was due, and what its last run finds is not kept."""
    replica, stopped, paused = Replica(redis), watch("V1"), watch("V2")
    for each in (stopped, paused):
        await replica.store.add(each, MORNING)
    await replica.clock.tick(MORNING)
    leases = await replica.bot.claim_jobs(9)
    await replica.store.stop(stopped.id, OWNER)
    await replica.store.pause(paused.id, OWNER)
    for lease in leases:
        await replica.end(lease)
    assert not await replica.clock.tick(MORNING + DAY)
    assert await redis.exists(KEYS.watch(stopped.id)) == 0


async def test_the_record_of_a_run_goes_soon_after_its_end(redis: "Redis") -> None:
    """Hundreds of runs of a month take no memory; the watch itself stays while it runs."""
    replica = Replica(redis)
    await replica.store.add(watch(), MORNING)
    await replica.clock.tick(MORNING)
    [lease] = await replica.end_runs()
    assert 0 < await redis.pttl(KEYS.question(lease.job.id)) <= WATCH_RUN_LIFETIME
    assert await redis.pttl(KEYS.watch(watch().id)) > 90 * DAY


async def test_a_watch_of_a_later_version_is_left_to_that(redis: "Redis") -> None:
    """It stays, and holds nothing up that is due after it."""
    replica, later = Replica(redis), watch("V1")
    await replica.store.add(later, MORNING - 1)
    await redis.hset(KEYS.watch(later.id), "watch", '{"kind": "dashboard"}')
    await replica.store.add(watch("V2"), MORNING)
    await replica.clock.tick(MORNING)
    assert [lease.job.id for lease in await replica.end_runs()] == [f"{watch('V2').id}.{MORNING}"]
    assert (await redis.zscore(KEYS.watches_due(WatchKind.ANSWER), later.id) or 0) > MORNING


async def test_watches_of_a_version_with_one_set_of_due_times_run_on(redis: "Redis") -> None:
    """Its scheduled questions, too, whose ids do not say their kind."""
    replica, asked = Replica(redis), watch("V2", kind=WatchKind.QUESTION)
    kept = [watch("V1"), replace(asked, id=watch_id(OWNER, "V2"))]
    await redis.zadd("{test}:watches:due", {each.id: MORNING for each in kept})
    for each in kept:
        await redis.hset(KEYS.watch(each.id), "watch", each.to_json())
    for day in range(2):
        await replica.clock.tick(MORNING + day * DAY)
        runs = [lease.job.id for lease in await replica.end_runs()]
        assert sorted(runs) == [f"{each.id}.{MORNING + day * DAY}" for each in kept]


async def test_other_work_recurs_by_the_same_clock(redis: "Redis") -> None:
    """Once over all processes, whichever of them it was started with; it is no person's watch."""

    def digest(job_id: str) -> Job:
        return Job(job_id, JobKind.WATCH, Place("T1", "C9", None), "UBOT")

    work = Recurring("digest", Rhythm.MONDAYS, "UTC", digest)
    replicas = Replica(redis, "a", work), Replica(redis, "b", work)
    monday = at("2026-11-30T08:00")
    for now in (monday - DAY, monday - 1, monday + 1):
        await asyncio.gather(*(each.clock.tick(now) for each in replicas))
    assert [lease.job.id for lease in await replicas[0].end_runs()] == [f"digest.{monday}"]
    await asyncio.gather(*(each.clock.tick(monday + DAY) for each in replicas))
    assert await replicas[1].end_runs() == []
    await replicas[1].clock.tick(monday + 7 * DAY)
    assert len(await replicas[0].end_runs()) == 1
