"""Records of the version before are read by this one, until none is left a week after the upgrade."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.records.job import Job, JobKind, Stage
from bot.records.lease import JobLease, QuestionLease
from bot.records.progress import Placeholder, State
from bot.records.question import Place, Question, Surface
from bot.store.changes import QuestionChanges
from bot.store.feedback import Feedback, FeedbackStore
from bot.store.jobs import JobStore
from bot.store.keys import Keys
from bot.store.limiter import Rate
from bot.store.questions import QuestionStore
from bot.store.queue import Queue
from bot.store.results import EnqueueResult, Receipt, Resumed, Withdrawn
from genie.model import MessageRef, Rating
from tests.redis.stored import SCENES, restore

pytestmark = pytest.mark.redis

KEYS = Keys("stored")
TEAM, SALES, ADA, BEN = "T0SANDBOX1", "C0SALES001", "U0ADA00001", "U0BEN00002"
ASKED = f"{TEAM}.{SALES}.1795871400.000100"
SPACE = "01ef9c8b7a6512349f0e1d2c3b4a5968"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How a record that was waiting for a worker, or with one that died, is read."""

    scene: str
    what: State | JobKind
    saved: dict[str, Any] = field(default_factory=dict)
    payload: str = ""
    granted: bool = False


DIED = {"attempts": 1}
WAITING = [
    Waiting("received", State.RECEIVED),
    Waiting("received_held", State.RECEIVED, DIED),
    Waiting("command_root", State.RECEIVED, DIED | {"thread": "1795871402.000200"}),
    Waiting("announced_unreachable", State.RECEIVED, {"attempts": 1}),
    Waiting("announced", State.ASKING, {"placeholder": Placeholder.WORKING, "attempts": 0}, granted=True),
    Waiting("asking", State.ASKING, DIED | {"text": "revenue by region last year"}),
    Waiting("asking_ambiguous", State.ASKING, {"failures_in_a_row": 1, "attempts": 1}),
    Waiting("asking_refused", State.ASKING, DIED | {"refused": "Forbidden", "failures_in_a_row": 1}),
    Waiting("asking_backoff", State.ANNOUNCED, {"failures_in_a_row": 3}),
    Waiting(
        "asking_again",
        State.ANNOUNCED,
        {"repeated": 1, "fresh": 1, "polls": 0, "placeholder": Placeholder.ASKING_AGAIN},
    ),
    Waiting("plain", State.ASKING, {"plain": 1}, granted=True),
    Waiting(
        "blocked",
        State.BLOCKED,
        {
            "into": "conversation-blocked-before",
            "failures_in_a_row": 1,
            "polls": 2,
            "placeholder": Placeholder.BLOCKED,
        },
    ),
    Waiting("behind", State.ASKING, DIED),
    Waiting(
        "asked",
        State.ASKED,
        {
            "polls": 3,
            "status": "EXECUTING_QUERY",
            "shown": "Running the query",
            "attempts": 0,
            "ref": MessageRef(SPACE, "conversation-asked", "message-asked"),
        },
    ),
    Waiting(
        "asked_missed",
        State.ASKED,
        {"polls": 2, "failures_in_a_row": 1, "placeholder": Placeholder.STILL_RUNNING},
    ),
    Waiting("answered", State.ANSWERED, DIED | {"message": "message-answered"}),
    Waiting("shown", State.SHOWN, DIED | {"variant": "2", "message": "message-shown"}),
    Waiting("overdue_held", State.OVERDUE, DIED),
    Waiting("private", State.ASKING, {"thread": "1795871422.000200"}, granted=True),
    Waiting("open", JobKind.PRIVATE),
    Waiting("publish", JobKind.PUBLISH),
    Waiting("publish_thread", JobKind.PUBLISH, DIED | {"thread": "1795871428.000200"}),
    Waiting(
        "publish_answered",
        State.ANSWERED,
        {"message": "message-publish_answered", "thread": "1795871431.000200"},
    ),
    Waiting("published", JobKind.FEEDBACK),
    Waiting("dismiss", JobKind.DISMISS),
    Waiting("share", JobKind.SHARE),
    Waiting("share_held", JobKind.SHARE, DIED),
    Waiting("csv", JobKind.EXPORT, {"waiting": 0}, payload="csv"),
    Waiting("xlsx", JobKind.EXPORT, DIED, payload="xlsx"),
    Waiting("csv_waiting", JobKind.EXPORT, {"waiting": 1, "attempts": 0}, payload="csv"),
    Waiting(
        "csv_sent",
        JobKind.EXPORT,
        DIED | {"files": '{"file_id": "F000002BBBB", "title": "All 5 rows as CSV"}'},
        payload="csv",
    ),
    Waiting("csv_retry", JobKind.EXPORT, {"attempts": 1}, payload="csv"),
    Waiting("insights", JobKind.INSIGHTS),
    Waiting("insights_shown", JobKind.INSIGHTS, DIED | {"ts": "1795871900.000300"}),
    Waiting("redraw", JobKind.REDRAW_CHART, payload="donut"),
    Waiting("redraw_held", JobKind.REDRAW_CHART, DIED),
    Waiting("rated", JobKind.FEEDBACK),
    Waiting(
        "rated_reviewed",
        JobKind.FEEDBACK,
        {"reviewed": 1, "failures_in_a_row": 2},
        payload="1795871700000000",
    ),
    Waiting("fresh", JobKind.FRESH),
    Waiting("forget", JobKind.FORGET, {"left": f'[["{SPACE}","conversation-forget"]]'}),
    Waiting(
        "forget_refused",
        JobKind.FORGET,
        {"left": f'[["{SPACE}", "conversation-forget_b"]]', "failures_in_a_row": 3},
    ),
]
ENDED = {"delivered", "overdue", "shared", "share_refused", "csv_done", "insights_refused"}


def test_every_scene_is_used() -> None:
    """No record that was kept as data is left out of these tests."""
    assert {row.scene for row in WAITING} | ENDED == {*SCENES}


@pytest.mark.parametrize("row", WAITING, ids=[row.scene for row in WAITING])
async def test_what_was_waiting_is_claimed_as_what_it_is(redis: "Redis", row: Waiting) -> None:
    """Each record is leased by the new worker with all that was saved of it."""
    await restore(redis, row.scene, seconds=30)
    queue = Queue(redis, KEYS, Rate(20, 60), "new")
    [lease] = (await queue.claim(10)).leases
    saved = {name: getattr(lease.progress, name) for name in row.saved}
    assert saved == row.saved
    if isinstance(lease, JobLease):
        job = lease.job
        assert (job.kind, lease.progress.stage) == (row.what, Stage.QUEUED)
        assert job.place.team == TEAM
        assert job.user in {ADA, BEN}
        assert job.kind is JobKind.PRIVATE or job.payload == row.payload
        assert bool(job.about) is (job.kind not in {JobKind.FRESH, JobKind.FORGET, JobKind.PRIVATE})
    else:
        assert isinstance(lease, QuestionLease)
        assert (lease.progress.state, lease.granted) == (row.what, row.granted)
        assert lease.question.text.endswith("by region last year")


async def test_a_private_question_is_stored_in_its_job(redis: "Redis") -> None:
    """The job carries the question as `/genie` would ask it."""
    await restore(redis, "open")
    [lease] = (await Queue(redis, KEYS, Rate(20, 60), "new").claim(1)).leases
    assert isinstance(lease, JobLease)
    asked = Question.from_json(lease.job.payload)
    assert (asked.id, asked.surface, asked.text) == (
        lease.job.id,
        Surface.COMMAND,
        "revenue by region last year",
    )
    assert asked.response_url == lease.job.response_url


async def test_a_published_answer_is_a_question_of_its_own(redis: "Redis") -> None:
    """Its buttons and ratings find it, and the question from which it was published."""
    await restore(redis, "published")
    private = f"{TEAM}.{SALES}.1795871432.command.private"
    questions, feedback = QuestionStore(redis, KEYS), FeedbackStore(redis, KEYS)
    public = await questions.find(f"{private}.publish")
    assert public is not None
    assert (public.published_from, public.surface) == (private, Surface.COMMAND)
    assert (await feedback.effective(private)).rating is Rating.POSITIVE


async def test_a_question_that_ended_is_remembered(redis: "Redis") -> None:
    """Slack cannot hand it in again, and its answer, ratings and message are found."""
    await restore(redis, "delivered")
    question_id = f"{TEAM}.{SALES}.1795871419.000100"
    questions, feedback = QuestionStore(redis, KEYS), FeedbackStore(redis, KEYS)
    asked, progress = await questions.find(question_id), await questions.progress(question_id)
    assert asked is not None
    assert progress is not None
    assert await questions.accept(asked) is Receipt.DUPLICATE
    assert (progress.state, progress.variant, json.loads(progress.files)) == (
        State.DELIVERED,
        "1",
        {"revenue.csv": "F000001AAAA"},
    )
    assert await feedback.effective(question_id) == Feedback(Rating.POSITIVE, 1_795_871_500_000_005)
    assert await feedback.of(question_id, BEN, 1_795_871_500_000_000) == Feedback(
        Rating.NEGATIVE, 1_795_871_500_000_000, "wrong year"
    )
    assert await feedback.sent_to_genie(question_id) is not None
    assert await feedback.answer_in(asked.place, "1795871419.000300") == (question_id, "1795871419.000100")


async def test_an_overdue_question_is_checked_again(redis: "Redis") -> None:
    """The button below it polls the same message."""
    await restore(redis, "overdue")
    assert await QuestionStore(redis, KEYS).resume(f"{TEAM}.{SALES}.1795871420.000100") is Resumed.RESUMED
    [lease] = (await Queue(redis, KEYS, Rate(20, 60), "new").claim(1)).leases
    assert isinstance(lease, QuestionLease)
    assert (lease.progress.state, lease.progress.message) == (State.ASKED, "message-overdue")
    assert (lease.progress.placeholder, lease.redelivered) == (Placeholder.NONE, False)


@pytest.mark.parametrize(
    ("scene", "kind", "stage", "rerun", "result", "kept"),
    [
        ("shared", JobKind.SHARE, Stage.DONE, True, EnqueueResult.ACCEPTED, {"ts": "1795871800.000300"}),
        (
            "csv_done",
            JobKind.EXPORT,
            Stage.DONE,
            True,
            EnqueueResult.ACCEPTED,
            {"files": '{"file_id": "F000003CCCC", "title": "All 5 rows as CSV"}'},
        ),
        ("csv_done", JobKind.EXPORT, Stage.DONE, False, EnqueueResult.ALREADY, {}),
        ("share_refused", JobKind.SHARE, Stage.REFUSED, True, EnqueueResult.ACCEPTED, {"ts": None}),
        (
            "insights_refused",
            JobKind.INSIGHTS,
            Stage.REFUSED,
            False,
            EnqueueResult.ACCEPTED,
            {"ts": "1795871900.000300"},
        ),
        ("insights", JobKind.INSIGHTS, Stage.QUEUED, False, EnqueueResult.ALREADY, {}),
    ],
)
async def test_a_job_that_ended_may_be_started_again(
    redis: "Redis",
    scene: str,
    kind: JobKind,
    stage: Stage,
    rerun: bool,  # noqa: FBT001
    result: EnqueueResult,
    kept: dict[str, str],
) -> None:
    """One that was refused, or is done and may run again, finds what it saved the first time."""
    await restore(redis, scene)
    jobs = JobStore(redis, KEYS)
    [job_id] = [key.partition(":question:")[2] for key in SCENES[scene]["keys"] if key.count(TEAM) == 2]
    before = await jobs.progress(job_id)
    assert before is not None
    assert before.stage is stage
    job = Job(job_id, kind, Place(TEAM, SALES, "1"), BEN, about="x")
    assert await jobs.enqueue(job, rerun=rerun) is result
    if result is EnqueueResult.ACCEPTED:
        [lease] = (await Queue(redis, KEYS, Rate(20, 60), "new").claim(1)).leases
        assert isinstance(lease, JobLease)
        assert lease.job == job
        assert {name: getattr(lease.progress, name) for name in kept} == kept
        assert not lease.redelivered


def test_a_replica_of_the_version_before_reads_what_this_one_stores() -> None:
    """While replicas are replaced one by one, a question has no field that the older ones do not know."""
    stored = json.loads(SCENES["received"]["keys"][f"{{stored}}:question:{ASKED}"]["value"]["question"])
    asked = Question(ASKED, "x", Place(TEAM, SALES, None), ADA, Surface.MENTION)
    assert {*json.loads(asked.to_json())} <= {*stored}


async def test_a_waiting_question_of_the_version_before_can_be_withdrawn(redis: "Redis") -> None:
    """Its record has none of the fields for that, and gets them."""
    await restore(redis, "received")
    [waiting] = await redis.zrange(KEYS.due, 0, -1)
    assert await QuestionChanges(redis, KEYS).withdraw(str(waiting), ADA) is Withdrawn.WAITING
    queue = Queue(redis, KEYS, Rate(20, 60), worker="new")
    [lease] = (await queue.claim(10)).leases
    assert isinstance(lease, QuestionLease)
    assert lease.progress.withdrawn == 1
    assert await queue.pass_on(lease) == ""
    await queue.finish(lease, State.WITHDRAWN)
    assert await redis.exists(KEYS.due, KEYS.line) == 0
