"""How the run of a watch ends, and what is said of it, to whom."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.failures import causes
from bot.identity.model import NotSignedIn
from bot.jobs.watch.job import HELD_UP_MS, MAX_FAILURES
from bot.jobs.watch.may_run import CLOSED_ACCOUNT, LEFT_CHANNEL, SIGNED_OUT, Rest
from bot.records.watch import PAUSED_BY_OWNER
from genie.errors import Forbidden, Unavailable
from render import words
from tests.redis.watches.company import BASELINE, MORNING, Company, opened
from tests.redis.watches.watching import HOUR, OWNER, at, watch

pytestmark = pytest.mark.redis


@pytest.fixture
async def company(redis: "Redis") -> Company:
    """Have one watch, of each morning."""
    made = opened(redis)
    await made.replica.store.add(watch(), MORNING)
    return made


async def test_a_run_tells_what_it_found_and_keeps_it(company: Company) -> None:
    """Once, in the thread; without a change it says nothing."""
    await company.run(MORNING)
    assert company.told == [("thread", "It went up.")]
    kept = (await company.stored()).progress
    assert (kept.baseline, kept.key, kept.failures) == (BASELINE, "mark", 0)
    company.sentence = ""
    await company.run(MORNING + 24 * HOUR)
    assert company.closed == ["told", "silent"]
    assert len(company.told) == 1


@pytest.mark.parametrize("rest", [SIGNED_OUT, LEFT_CHANNEL, Rest("guest", words.questions.GUEST)])
async def test_a_watch_that_may_not_run_rests_and_tells_its_owner_alone(company: Company, rest: Rest) -> None:
    """Once, with the reason; it looks at nothing, and goes on when its owner says so."""
    company.rest = rest
    await company.run(MORNING)
    await company.run(MORNING + 24 * HOUR)
    [(whom, text)] = company.told
    assert whom == "owner"
    assert rest.sentence in text
    resting = (await company.stored()).progress
    assert (resting.paused, resting.due, resting.baseline) == (rest.outcome, None, None)
    company.rest = None
    await company.replica.store.resume(watch().id, OWNER, MORNING + 48 * HOUR)
    await company.run(MORNING + 48 * HOUR)
    assert company.closed == ["rests", "told"]


async def test_a_sign_in_that_ends_on_the_way_ends_the_runs(company: Company) -> None:
    """No link is sent, and nothing waits: the owner reads it once."""
    company.errors = [NotSignedIn()]
    await company.run(MORNING)
    assert [whom for whom, _ in company.told] == ["owner"]
    assert (await company.stored()).progress.paused == SIGNED_OUT.outcome


async def test_the_watches_of_a_closed_account_are_deleted(company: Company) -> None:
    """Nobody is there to be told."""
    company.rest = CLOSED_ACCOUNT
    await company.run(MORNING)
    assert await company.replica.store.of(OWNER) == ()
    assert (company.told, company.closed) == ([], ["closed account"])


async def test_three_failures_in_a_row_are_told_once(company: Company) -> None:
    """In the thread, with the cause; then it rests."""
    company.errors = [Forbidden() for _ in range(MAX_FAILURES)]
    for day in range(MAX_FAILURES + 2):
        await company.run(MORNING + day * 24 * HOUR)
    [(whom, text)] = company.told
    assert whom == "thread"
    assert words.failures.FORBIDDEN in text
    assert company.closed == ["Forbidden"] * MAX_FAILURES
    assert (await company.stored()).progress.paused == "Forbidden"


async def test_what_cannot_be_told_in_the_thread_is_told_to_the_owner(company: Company) -> None:
    """A channel that is archived takes nothing any more."""
    company.dead = True
    for day in range(MAX_FAILURES):
        await company.run(MORNING + day * 24 * HOUR)
    [(whom, text)] = company.told
    assert whom == "owner"
    assert words.failures.SLACK_REFUSED in text


async def test_a_trouble_that_passes_is_tried_again_at_once(company: Company) -> None:
    """It is left to the worker, which comes back in seconds; the third time counts as a failure."""
    company.errors = [Unavailable() for _ in range(3)]
    await company.replica.clock.tick(MORNING)
    [lease] = await company.replica.bot.claim_jobs(9)
    for attempts in range(2):
        with pytest.raises(Unavailable):
            await company.job.run(replace(lease, progress=replace(lease.progress, attempts=attempts)))
    await company.job.run(replace(lease, progress=replace(lease.progress, attempts=2)))
    assert (await company.stored()).progress.failures == 1
    assert company.told == []


async def test_runs_that_crash_end_in_words_too(company: Company, redis: "Redis") -> None:
    """The bot itself is at fault, and the watch says so when that has happened three times."""
    await company.run(MORNING)
    for day in range(1, MAX_FAILURES + 1):
        await company.replica.clock.tick(MORNING + day * 24 * HOUR)
        for lease in await company.replica.bot.claim_jobs(9):
            await redis.zrem(company.replica.keys.due, lease.job.id)
    await company.run(MORNING + 4 * 24 * HOUR)
    assert causes.CRASHED.words in company.told[-1][1]
    assert (await company.stored()).progress.paused == "crashed"


@pytest.mark.parametrize("how", ["stop", "pause"])
async def test_a_watch_that_is_stopped_on_the_way_says_nothing(company: Company, how: str) -> None:
    """What a run finds afterwards is neither told nor kept."""
    store = company.replica.store
    company.meanwhile = lambda: getattr(store, how)(watch().id, OWNER)
    await company.run(MORNING)
    assert company.told == []
    assert company.closed == ["stopped"]


@pytest.mark.parametrize("trouble", [Forbidden(), NotSignedIn()])
async def test_a_watch_that_is_paused_on_the_way_says_nothing_of_its_trouble(
    company: Company, trouble: Exception
) -> None:
    """Its owner has paused it, and may resume it: it did not fail, and is paused for no other reason."""
    company.errors = [Forbidden(), Forbidden(), trouble]
    for day in range(MAX_FAILURES):
        if day == MAX_FAILURES - 1:
            company.meanwhile = lambda: company.replica.store.pause(watch().id, OWNER)
        await company.run(MORNING + day * 24 * HOUR)
    assert company.told == []
    assert (await company.stored()).progress.paused == PAUSED_BY_OWNER


async def test_a_run_that_ended_before_its_worker_died_does_nothing(company: Company) -> None:
    """It is saved that it was done: whoever takes over closes the job."""
    await company.replica.clock.tick(MORNING)
    [lease] = await company.replica.bot.claim_jobs(9)
    await company.replica.store.end_run(lease.job, MORNING, watch_id=watch().id)
    await company.job.run(lease)
    assert (company.told, company.closed) == ([], ["stopped"])


@pytest.mark.parametrize(("held_up", "ended"), [(HELD_UP_MS + 1, "put off"), (1_000, "told")])
async def test_a_run_that_was_held_up_waits_for_the_end_of_quiet_hours(
    company: Company, held_up: int, ended: str
) -> None:
    """Nothing is told at night, and what was left out is made up; one that is just repeated goes on."""
    await company.run(MORNING)
    await company.replica.clock.tick(MORNING + 24 * HOUR)
    [lease] = await company.replica.bot.claim_jobs(9)
    night = at("2026-12-01T22:00")
    late = replace(lease, now=night, progress=replace(lease.progress, received_at=night - held_up))
    await company.job.run(late)
    assert company.closed[-1] == ended
    assert (await company.stored()).progress.due == at("2026-12-02T07:00")


async def test_a_watch_follows_its_owner_to_another_time_zone(company: Company) -> None:
    """Its 8:00 is that of the new clock: in the morning of the old one it is night there."""
    await company.run(MORNING)
    company.zone = "America/New_York"
    for hours in (24, 24 + 6):
        await company.run(MORNING + hours * HOUR)
        kept = await company.stored()
        assert kept.watch.time_zone == company.zone
        assert (kept.progress.due or 0) % (24 * HOUR) == 13 * HOUR
    assert company.closed == ["told", "put off", "told"]
