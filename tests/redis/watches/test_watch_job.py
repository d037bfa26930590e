"""How the run of a watch ends, and what is said of it, to whom."""

from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest
from redis.asyncio import Redis

from bot.failures import causes
from bot.identity.model import NotSignedIn
from bot.jobs.watch.ask import AskAgain
from bot.jobs.watch.job import HELD_UP_MS, MAX_FAILURES, WatchJob
from bot.jobs.watch.look import FingerprintKey, Look, Looked
from bot.jobs.watch.may_run import CLOSED_ACCOUNT, LEFT_CHANNEL, SIGNED_OUT, MayRun, Rest
from bot.jobs.watch.tell import Tell
from bot.records.job import Stage
from bot.records.lease import JobLease
from bot.records.progress import FAILED, State
from bot.records.watch import PAUSED_BY_OWNER, StoredWatch, Watch, WatchKind
from bot.replies.responder import Responder
from bot.replies.watching.view import watch_views
from bot.slack.api import SlackRefused
from bot.store.changes import QuestionChanges
from genie.errors import Forbidden, Unavailable
from genie.model import COMPLETED, Answer
from render import words
from render.blockkit.blocks import Block
from render.blockkit.reply import Reply
from render.watch.model import Baseline
from tests.redis.queue_moves import KEYS
from tests.redis.watches.watching import HOUR, OWNER, SPACES, Replica, at, watch

pytestmark = pytest.mark.redis

MORNING = at("2026-11-30T07:00")
BASELINE = Baseline(rows="r", count=1, at=MORNING)


@dataclass
class Company:
    """What a run meets, and what it says."""

    replica: Replica
    changes: QuestionChanges
    errors: list[Exception] = field(default_factory=list)
    """Of the looks that come, one after the other."""
    sentence: str = "It went up."
    rest: Rest | None = None
    zone: str = ""
    dead: bool = False
    """Slack takes nothing in the thread."""
    meanwhile: Any = None
    """Done while Slack is asked about the owner, or a look takes its time."""
    told: list[tuple[str, str]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    @property
    def job(self) -> WatchJob:
        """The job among these."""
        return WatchJob(
            queue=self.replica.bot.queue,
            responder=cast("Responder", self),
            watches=self.replica.store,
            may_run=cast("MayRun", self),
            look=cast("Look", self),
            ask=AskAgain(questions=self.replica.bot.questions, changes=self.changes, catalog=SPACES),
            tell=cast("Tell", self),
            view_of=watch_views("https://a.slack.com/", "UBOT", SPACES),
        )

    as_users = False
    key = FingerprintKey(b"k", "mark")

    async def refusal(self, kept: Watch) -> Rest | None:
        if self.meanwhile and (self.rest or kept.kind is WatchKind.QUESTION):
            await self.meanwhile()
        return self.rest

    async def time_zone(self, _watch: Watch) -> str:
        return self.zone

    async def look(self, _stored: StoredWatch, _now: int) -> Looked:
        if self.meanwhile:
            await self.meanwhile()
        if self.errors:
            raise self.errors.pop(0)
        return Looked(cast("Answer", None), BASELINE, self.sentence)

    async def picture(self, _watch: Watch, _answer: Answer) -> Block | None:
        return None

    async def in_thread(self, _lease: JobLease, _watch: Watch, reply: Reply, _image: Block | None) -> None:
        if self.dead:
            raise SlackRefused("is_archived")
        self.told.append(("thread", reply.text))

    async def owner(self, _lease: JobLease, _watch: Watch, reply: Reply) -> None:
        self.told.append(("owner", reply.text))

    async def wherever(self, lease: JobLease, kept: Watch, reply: Reply) -> None:
        try:
            await self.in_thread(lease, kept, reply, None)
        except SlackRefused:
            await self.owner(lease, kept, reply)

    async def close(self, lease: JobLease, outcome: Any) -> None:
        self.closed.append(getattr(outcome, "name", outcome))
        await self.replica.bot.queue.finish(lease, Stage.DONE)

    async def run(self, now: int) -> None:
        """Run what is due."""
        await self.replica.clock.tick(now)
        for lease in await self.replica.bot.claim_jobs(9):
            progress = replace(lease.progress, received_at=now)
            await self.job.run(replace(lease, now=now, progress=progress))

    async def stored(self) -> StoredWatch:
        """Return the watch."""
        found = await self.replica.store.find(watch().id)
        assert found
        return found


def opened(redis: "Redis") -> Company:
    """Open a company in which nothing is watched."""
    return Company(Replica(redis), QuestionChanges(redis, KEYS))


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


@pytest.mark.parametrize("how", ["stop", "pause"])
@pytest.mark.parametrize("started", [False, True], ids=["waiting", "started"])
async def test_a_schedule_that_is_stopped_asks_nothing(redis: "Redis", how: str, *, started: bool) -> None:
    """Also where its run waits for a worker, or was about to ask: what it asks is withdrawn then."""
    company, asked = opened(redis), watch(kind=WatchKind.QUESTION)
    store, bot = company.replica.store, company.replica.bot
    await store.add(asked, MORNING)
    await company.replica.clock.tick(MORNING)
    [lease] = await bot.claim_jobs(9)
    if started:
        company.meanwhile = lambda: getattr(store, how)(asked.id, OWNER)
        await company.job.run(lease)
        await redis.zadd(KEYS.due, {lease.job.id: 0})
        [lease] = await bot.claim_jobs(1)
    else:
        await getattr(store, how)(asked.id, OWNER)
    await company.job.run(lease)
    assert company.closed == ["stopped"]
    assert [each.progress.withdrawn for each in await bot.claim(9)] == ([1] if started else [])


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


async def test_a_question_that_waits_until_quiet_hours_is_asked_when_they_are_over(redis: "Redis") -> None:
    """In a long line, or as no process lived: nothing is answered at night."""
    company, asked = opened(redis), watch(kind=WatchKind.QUESTION)
    await company.replica.store.add(asked, MORNING)
    await company.replica.clock.tick(MORNING)
    bot, night = company.replica.bot, at("2026-11-30T22:00")
    for now in (MORNING, night):
        [lease] = await bot.claim_jobs(1)
        progress = replace(lease.progress, received_at=MORNING)
        await company.job.run(replace(lease, now=now, progress=progress))
        await redis.zadd(KEYS.due, {lease.job.id: 0}, xx=True)
    assert company.closed == ["put off"]
    assert [each.progress.withdrawn for each in await bot.claim(9)] == [1]
    kept = await company.replica.store.find(asked.id)
    assert kept
    assert kept.progress.due == at("2026-12-01T07:00")


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


async def test_a_schedule_asks_one_question_and_ends_with_it(redis: "Redis") -> None:
    """As its owner, behind what people ask, in a conversation of its own; looked at until it has ended.

    Kept before its space was settled as it is set, it is asked in the one that its words name.
    """
    company, bot = opened(redis), Replica(redis, "b").bot
    asked = watch(kind=WatchKind.QUESTION, text="finance: units by region", about="", space="")
    await company.replica.store.add(asked, MORNING)
    await company.run(MORNING)
    assert company.closed == []
    await bot.announce()
    [lease] = await bot.granted()
    question = lease.question
    assert (question.text, question.asker, question.scheduled) == (asked.text, "U1", asked.id)
    assert (question.space, question.fresh) == ("f", True)
    await bot.answer(lease)
    await redis.zadd(company.replica.keys.due, {f"{asked.id}.{MORNING}": 0})
    await company.run(MORNING)
    assert company.closed == ["asked"]


async def test_a_schedule_whose_questions_have_no_answer_rests_with_their_cause(redis: "Redis") -> None:
    """Also where that is no failed call to Databricks."""
    company, bot = opened(redis), Replica(redis, "b").bot
    asked, cause = watch(kind=WatchKind.QUESTION), causes.STATUS_CAUSES[COMPLETED]
    await company.replica.store.add(asked, MORNING)
    for day in range(MAX_FAILURES):
        due = MORNING + day * 24 * HOUR
        await company.run(due)
        [lease] = await bot.claim(9)
        await bot.queue.finish(lease, State.DELIVERED, FAILED + cause.name)
        await redis.zadd(company.replica.keys.due, {f"{asked.id}.{due}": 0})
        await company.run(due)
    found = await company.replica.store.find(asked.id)
    assert found
    assert found.progress.paused == cause.name
    assert cause.words in company.told[-1][1]
