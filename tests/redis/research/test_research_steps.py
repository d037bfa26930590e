"""The steps of research: what is saved when, and what a stop, a cut or the end of the process does."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest
from redis.asyncio import Redis

from bot.identity.identities import shared_identity
from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.steps.research import follow
from bot.steps.research.begin import BeginStep
from bot.steps.research.follow import FollowStep
from bot.steps.research.look import Look
from bot.store.limiter import RESEARCH, RESEARCH_RATE, Bucket
from bot.store.scripts.script import NotWanted
from bot.store.spaces import SpaceStore
from bot.store.threads import ThreadStore
from genie.agent_model import (
    ItemSeen,
    ResponseCreated,
    ResponseEnded,
    ResponseEvent,
    ResponseRef,
    ResponseState,
    ResponseStatus,
)
from genie.client import Genie
from genie.errors import AgentModeOff, Ambiguous, GenieError, NotFound, StreamBroken
from render import words
from render.research.model import RunView
from tests.redis.queue_moves import KEYS, Bot, Person
from tests.redis.research.test_research_queue import research
from tests.redis.responses import Responses, choose_space, private_first

pytestmark = pytest.mark.redis

REF = ResponseRef("s", "c1", "r1")
ENDED = ResponseEnded(REF, ResponseStatus.INCOMPLETE, ())
Told = ResponseEvent | GenieError | Callable[[], Awaitable[object]]


@dataclass
class Databricks:
    """Tells events, raises errors and waits, in turn; keeps what was asked of it."""

    told: list[Told]
    posts: int = 0
    cancelled: list[ResponseRef] = field(default_factory=list)
    stored: ResponseStatus | None = None
    """Refuses to end a run, which is so far by then."""
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once it answers a cancel."""

    def __post_init__(self) -> None:
        """Answer at once."""
        self.answers.set()

    async def research(
        self, _space: str, _text: str, _into: str, *, visualization: bool
    ) -> AsyncGenerator[ResponseEvent]:
        """Begin a run."""
        self.posts += 1 if visualization else 100
        for each in self.told:
            if isinstance(each, GenieError):
                raise each
            if callable(each):
                await each()
            else:
                yield each

    async def cancel_response(self, ref: ResponseRef) -> None:
        """End it at its next step, unless it refuses that."""
        self.cancelled.append(ref)
        await self.answers.wait()
        if self.stored:
            raise NotFound(status=404)

    async def response_message(self, *_args: object) -> None:
        """Have no message of it yet."""

    async def response_items(self, *_args: object) -> ResponseState:
        """Tell how far it is."""
        assert self.stored
        return ResponseState(self.stored, ())

    async def find_responses(self, *_args: Any, **_given: Any) -> tuple[ResponseRef, ...]:
        """Find nothing."""
        return ()


class Reports:
    """Keeps the ends that would be told."""

    def __init__(self, bot: Bot, look: Look) -> None:
        """End them in the queue of `bot`."""
        self._bot, self.ends, self.look = bot, list[tuple[str, int]](), look

    async def end(self, lease: QuestionLease, state: ResponseState) -> None:
        """Keep how it ended, and whether Genie had heard of a stop."""
        self.ends.append((state.status.value, lease.progress.stopping))
        await self._bot.queue.finish(lease, State.DELIVERED)

    def run_view(self, lease: QuestionLease, _items: object) -> RunView:
        """Show nothing of it."""
        return RunView(question_id=lease.question.id)


@dataclass
class Slack:
    """Takes each edit."""

    short: bool = False
    """Those for progress are used up."""

    async def tell(self, *_args: object, urgent: bool) -> bool:
        """Take it, if need be only what is `urgent`."""
        return urgent or not self.short

    async def show(self, *_args: object) -> dict[str, str]:
        """Show no status."""
        return {}


@dataclass
class Run:
    """One question for research, its token, and the step that begins it."""

    bot: Bot
    redis: "Redis"
    step: BeginStep
    genie: Databricks
    reports: Reports
    responses: Responses
    slack: Slack
    lease: QuestionLease

    async def saved(self, *names: str) -> list[str | None]:
        """Return fields of its record."""
        stored = await self.redis.hmget(KEYS.question(self.lease.question.id), list(names))
        return [each if each is None else str(each) for each in stored]


async def run_of(redis: "Redis", *told: Told, name: str = "1") -> Run:
    """Bring a question to its token, in a bot whose Genie tells that."""
    bot, genie = Bot(redis), Databricks([*told])
    genie_of = shared_identity(cast("Genie", genie))
    reports = Reports(bot, Look(genie_of=genie_of, threads=ThreadStore(redis, KEYS)))
    responses = Responses(bot)
    await bot.questions.accept(research(name))
    await bot.announce()
    [lease] = await bot.granted()
    common: dict[str, Any] = {
        "queue": bot.queue,
        "responder": responses.responder,
        "genie_of": genie_of,
    }
    slack = Slack()
    step = BeginStep(
        threads=ThreadStore(redis, KEYS),
        wait_for_conversation=cast("Any", slack),
        private_first=private_first(bot),
        choose_space=choose_space(bot, redis),
        same_question=cast("Any", NeverShared()),
        question_bucket=Bucket(redis, KEYS, RESEARCH, RESEARCH_RATE),
        max_token_age_seconds=5.0,
        spaces=SpaceStore(redis, KEYS),
        context=cast("Any", Context()),
        follow=FollowStep(
            messages=cast("Any", slack), status=cast("Any", slack), report=cast("Any", reports), **common
        ),
        **common,
    )
    return Run(bot, redis, step, genie, reports, responses, slack, lease)


class NeverShared:
    """Shares nothing."""

    async def is_shared(self, _lease: QuestionLease) -> bool:
        """Return that."""
        return False


class Context:
    """Adds nothing."""

    async def added(self, lease: QuestionLease, _space: str) -> QuestionLease:
        """Return the question as it is."""
        return lease


async def test_where_a_run_is_was_saved_before_more_is_read(redis: "Redis") -> None:
    """Whoever takes over finds it; the lease goes on, as the same step reads on."""
    found: list[list[str | None]] = []

    async def look() -> None:
        found.append(await run.saved("state", "response", "conversation", "owner"))

    run = await run_of(redis, ResponseCreated(REF), look, ENDED)
    await run.step.run(run.lease)
    assert found == [[State.ASKED, "r1", "c1", run.lease.owner]]
    assert (run.reports.ends, run.genie.posts) == ([("incomplete", 0)], 1)


@pytest.mark.parametrize("told", [[StreamBroken()], [ItemSeen((), done=True), StreamBroken()]])
async def test_a_stream_that_breaks_is_looked_at_and_never_asked_again(
    redis: "Redis", told: list[Told]
) -> None:
    """The run stays where it was saved, and is due soon without a token."""
    run = await run_of(redis, ResponseCreated(REF), *told)
    await run.step.run(run.lease)
    assert await run.saved("state", "response", "owner") == [State.ASKED, "r1", None]
    assert run.genie.posts == 1
    assert await redis.zscore(KEYS.due, run.lease.question.id)


async def test_a_process_that_stops_hands_a_run_over_at_once(redis: "Redis") -> None:
    """Its step is cancelled while it reads: the next process does not wait until the lease has ended."""
    reading = asyncio.Event()

    async def wait() -> None:
        reading.set()
        await asyncio.Event().wait()

    run = await run_of(redis, ResponseCreated(REF), wait)
    task = asyncio.create_task(run.step.run(run.lease))
    await reading.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    [lease] = await Bot(redis, name="other").claim(1)
    assert (lease.progress.state, lease.progress.response, lease.progress.attempts) == (State.ASKED, "r1", 0)


async def test_what_nobody_wants_any_more_is_read_no_further(redis: "Redis") -> None:
    """A deleted message ends the reading; the step of withdrawals goes on from there."""

    async def withdraw() -> None:
        await Person(redis, KEYS).withdraw(run.lease.question.id)

    run = await run_of(redis, withdraw, ResponseCreated(REF), ENDED)
    with pytest.raises(NotWanted):
        await run.step.run(run.lease)
    assert not run.reports.ends


async def test_a_process_reads_so_many_runs_only(redis: "Redis") -> None:
    """What is beyond them takes no slot: it is looked at every few seconds."""
    run = await run_of(redis, ResponseCreated(REF), ENDED)
    run.step.follow.reading.update(map(str, range(follow.MAX_READ)))
    await run.step.run(run.lease)
    assert await run.saved("state", "owner") == [State.ASKED, None]
    assert not run.reports.ends


@pytest.mark.parametrize(
    ("error", "plain"),
    [(Ambiguous(status=500), "1"), (Ambiguous(status=500, detail="Busy."), None), (Ambiguous(), None)],
)
async def test_a_wish_that_may_have_been_refused_is_left_out(
    redis: "Redis", error: Ambiguous, plain: str | None
) -> None:
    """So agent mode answers a body of another shape; the run is looked up first all the same."""
    run = await run_of(redis, error)
    await run.step.run(run.lease)
    assert await run.saved("state", "plain") == [State.ASKING, plain]


async def test_where_agent_mode_is_off_chat_mode_is_asked(redis: "Redis") -> None:
    """The first one finds that out and costs no token; the next one that day does not try."""
    for name, posts in (("1", 1), ("2", 0)):
        run = await run_of(redis, AgentModeOff(status=404), name=name)
        await run.step.run(run.lease)
        assert (run.genie.posts, run.responses.outcomes) == (posts, [])
        assert await run.step.question_bucket.used() == 0
        [lease] = await run.bot.granted()
        assert (lease.question.research, lease.progress.note) == (False, words.research.WITHOUT)


async def test_nothing_is_asked_deeper_without_agent_mode(redis: "Redis") -> None:
    """Chat mode has answered that already: the asker is told what is missing."""
    run = await run_of(redis, AgentModeOff(status=404))
    deeper = replace(run.lease, question=replace(run.lease.question, deepens="T1.C1.0"))
    await run.step.run(deeper)
    assert run.responses.outcomes == ["AgentModeOff"]
