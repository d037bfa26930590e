"""The queue of questions and jobs in Redis: one sorted set of due times, which are leases at the same time.

A score is the time of the next short step and, while a worker has the lease, the time at which another
may claim it. So crash recovery is the scheduling itself.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.identity.model import SlackUser
from bot.records.audit import Audited
from bot.records.job import Stage
from bot.records.lease import LEASE_SECONDS, Lease, QuestionLease, read_lease, unread_lease
from bot.records.old_records import upgraded
from bot.records.progress import State
from bot.store.availability.replication import Replication
from bot.store.keys import Key, Keys
from bot.store.limiter import QUESTIONS, RESEARCH, RESEARCH_RATE, Line, Rate
from bot.store.people import nobody_looks
from bot.store.questions import SETTLE_SECONDS
from bot.store.results import Claim, Place, Then
from bot.store.scripts import changes, records
from bot.store.scripts.script import LeaseLost, NotWanted
from genie.model import MessageRef

log = logging.getLogger(__name__)

L = TypeVar("L", bound=Lease)
Value = Any
"""Of a field of the progress: text, a whole number, or a member of an enum of texts."""
SEEN = frozenset({"state", "placeholder"})
"""Fields of the progress that its person sees."""


class Queue:
    """The queue as a worker uses it: claim questions and jobs, save their progress, give them back."""

    def __init__(
        self,
        redis: "Redis",
        keys: Keys,
        rate: Rate,
        worker: str,
        settle: float = SETTLE_SECONDS,
        changed: Callable[[SlackUser], None] = nobody_looks,
        research_rate: Rate = RESEARCH_RATE,
    ) -> None:
        """Serve as `worker`, a name no other process has; the rates are the limits of POSTs to Genie.

        `changed` is called with a person whose Home tab is open and whose question or job has come further.
        """
        self._redis, self._keys, self._worker = redis, keys, worker
        self._rates = {QUESTIONS: rate, RESEARCH: research_rate}
        self._settle, self._changed = settle, changed
        self._replication = Replication(redis, keys)

    async def claim(self, most: int) -> Claim:
        """Hold up to `most` questions whose next step is due; those granted a token come first."""
        keys, since = self._keys, time.monotonic()
        chat, research = lines = [Line.of(keys, bucket) for bucket in (QUESTIONS, RESEARCH)]
        now, wait, in_flight, leased = await records.claim(
            self._redis,
            due_key=keys.due,
            line_key=chat.line,
            clock_key=chat.clock,
            grants_key=chat.grants,
            closed_key=chat.closed,
            research_line_key=research.line,
            research_clock_key=research.clock,
            research_grants_key=research.grants,
            research_closed_key=research.closed,
            record_prefix=keys.question(""),
            worker=self._worker,
            most=most,
            lease_ms=round(LEASE_SECONDS * 1000),
            capacity=self._rates[QUESTIONS].capacity,
            window_ms=self._rates[QUESTIONS].window_ms,
            research_capacity=self._rates[RESEARCH].capacity,
            research_window_ms=self._rates[RESEARCH].window_ms,
            settle_ms=round(self._settle * 1000),
        )
        if any(turn for _, turn, _, _, _ in leased):
            await self._replication.wait()  # that it is being asked, before it is
        leases: list[Lease] = []
        for record_id, turn, owner, flat, is_research in leased:
            fields = dict(zip(flat[::2], flat[1::2], strict=True))
            try:
                leases.append(read_lease(upgraded(fields), owner, now, since, in_flight, granted=bool(turn)))
            except (AttributeError, KeyError, TypeError, ValueError):
                # It must not stop all the others while versions are being replaced.
                log.warning("question.unreadable", extra={"question": record_id})
                lease = unread_lease(record_id, fields, owner, now, since)
                if await self._must_end(lease, lines[is_research], turn, is_job="job" in fields):
                    leases.append(lease)
        return Claim(tuple(leases), None if wait < 0 else wait / 1000)

    async def _must_end(self, lease: QuestionLease, line: Line, turn: str, *, is_job: bool) -> bool:
        """Leave a record to the version that can read it; True for a question that none has read for long.

        A job that none has read is ended, and may be started again.
        """
        keys, record_id = self._keys, lease.record.id
        try:
            if not await records.leave_unread(
                self._redis,
                record_key=keys.question(record_id),
                due_key=keys.due,
                line_key=line.line,
                grants_key=line.grants,
                record_id=record_id,
                owner=lease.owner,
                worker=self._worker,
                turn=turn,
                granted_at=lease.now,
            ):
                return False
            log.error("question.given_up", extra={"question": record_id})
            if is_job:
                await self.finish(lease, Stage.REFUSED)
        except (RedisError, LeaseLost, NotWanted):
            return False  # it is claimed again when the lease ends
        return not is_job

    async def save(self, lease: L, **fields: Value) -> L:
        """Save fields of the progress and renew the lease."""
        return await self._save(lease, Then.KEEP, LEASE_SECONDS, fields)

    async def advance(self, lease: L, **fields: Value) -> L:
        """Save that a step has ended, and keep the lease for the next one."""
        lease = await self._save(lease, Then.ADVANCE, LEASE_SECONDS, fields)
        return replace(lease, progress=replace(lease.progress, attempts=0))

    async def release(self, lease: Lease, seconds: float, **fields: Value) -> None:
        """Save that a step has ended; the next one is due in `seconds`."""
        await self._save(lease, Then.RELEASE, seconds, fields)

    async def postpone(self, lease: Lease, seconds: float, **fields: Value) -> None:
        """Repeat a step in `seconds` that could not be begun."""
        await self._save(lease, Then.POSTPONE, seconds, fields)

    async def fail(self, lease: Lease, seconds: float, **fields: Value) -> None:
        """Repeat a step in `seconds` that failed and may have done a part of its work: one more attempt."""
        await self._save(lease, Then.FAIL, seconds, fields)

    async def park(self, lease: QuestionLease, **fields: Value) -> None:
        """Give a question back until the one before it in its thread has ended."""
        await self._save(lease, Then.PARK, 0, fields)

    async def _save(self, lease: L, how: Then, seconds: float, fields: dict[str, Value]) -> L:
        is_open = await records.save(
            self._redis,
            record_key=self._keys.question(lease.record.id),
            due_key=self._keys.due,
            thread_line_key=self._thread_line(lease),
            home_key=self._keys.home(lease.identity),
            record_id=lease.record.id,
            owner=lease.owner,
            how=how,
            ms=round(seconds * 1000),
            fields=fields,
        )
        if is_open and not SEEN.isdisjoint(fields):
            self._changed(lease.identity)
        return replace(lease, progress=replace(lease.progress, **fields))

    async def join(self, lease: QuestionLease, *, first: bool = False) -> Place:
        """Stand in the line (again and again is the same as once), at its head if `first`."""
        question, line = lease.question, self._line(lease)
        number, wait, settles_in = await records.join_line(
            self._redis,
            question_key=self._keys.question(question.id),
            line_key=line.line,
            turns_key=line.turns,
            own_key=line.own,
            clock_key=line.clock,
            grants_key=line.grants,
            closed_key=line.closed,
            thread_line_key=self._thread_line(lease),
            question_id=question.id,
            owner=lease.owner,
            asker=question.queue_name,
            written_at=question.written_at,
            first=first,
            capacity=self._rates[question.bucket].capacity,
            window_ms=self._rates[question.bucket].window_ms,
            settle_ms=round(self._settle * 1000),
        )
        return Place(number if number >= 0 else None, wait / 1000, settles_in / 1000)

    async def asked(
        self, lease: QuestionLease, ref: MessageRef, *, poll_in: float, found: bool = False
    ) -> bool:
        """Save where Genie has the question; False if a message that was `found` belongs to another one.

        Of research `ref` has the id of the response in place of a message; its lease is kept, to read on.
        """
        keys, question = self._keys, lease.question
        recorded, is_open = await records.record_asked(
            self._redis,
            question_key=keys.question(question.id),
            due_key=keys.due,
            message_key=keys.message(ref.message_id or ref.conversation_id),
            thread_key=keys.thread(question.place, lease.thread),
            no_charts_key=keys.no_charts(ref.space_id, research=question.research),
            conversation_key=keys.conversation(ref.conversation_id),
            line_key=self._line(lease).line,
            home_key=keys.home(lease.identity),
            question_id=question.id,
            owner=lease.owner,
            space=ref.space_id,
            conversation=ref.conversation_id,
            message=ref.message_id,
            research=question.research,
            found=found,
            poll_in_ms=round((LEASE_SECONDS if question.research else poll_in) * 1000),
        )
        await self._replication.wait()
        if is_open:
            self._changed(lease.identity)
        return bool(recorded)

    async def finish(
        self, lease: Lease, end: State | Stage, outcome: str = "", *, audited: Audited | None = None
    ) -> None:
        """End a question or a job, keep, count and audit its `outcome`; the thread's next question begins."""
        line = self._line(lease)
        is_open = await records.finish(
            self._redis,
            record_key=self._keys.question(lease.record.id),
            due_key=self._keys.due,
            line_key=line.line,
            own_key=line.own,
            thread_line_key=self._thread_line(lease),
            figures_key=self._keys.figures(lease.now),
            home_key=self._keys.home(lease.identity),
            record_id=lease.record.id,
            owner=lease.owner,
            field="stage" if isinstance(end, Stage) else "state",
            value=end,
            outcome=outcome,
            audit_prefix=self._keys.audit(""),
            audit_days=audited.days if audited else 0,
            content=audited.content if audited else "",
            entry=audited.entry.fields if audited else {},
        )
        if is_open:
            self._changed(lease.identity)

    async def pass_on(self, lease: QuestionLease) -> str:
        """Give what a withdrawn question has to the words that its message was edited into.

        These get its message and its place in line. Return the `ts` of a message that nobody takes over.
        """
        keys, question, line = self._keys, lease.question, self._line(lease)
        return await changes.pass_on(
            self._redis,
            question_key=keys.question(question.id),
            origin_key=keys.question(question.origin),
            due_key=keys.due,
            line_key=line.line,
            own_key=line.own,
            question_prefix=keys.question(""),
            question_id=question.id,
            owner=lease.owner,
        )

    async def check_wanted(self, lease: Lease) -> int:
        """Return its `stopping`; NotWanted if it was withdrawn, LeaseLost if another worker has the lease."""
        owner, withdrawn, stopping = await self._redis.hmget(
            self._keys.question(lease.record.id), ["owner", "withdrawn", "stopping"]
        )
        if owner != lease.owner:
            raise LeaseLost
        if withdrawn:
            raise NotWanted
        return int(stopping or 0)

    async def is_shown(self, lease: Lease) -> bool:
        """Tell whether the answer is in Slack by now, which it may not have been at the claim."""
        state = await self._redis.hget(self._keys.question(lease.record.id), "state")
        return state == State.SHOWN

    async def active(self) -> int:
        """Count the questions that have not ended."""
        return int(await self._redis.zcard(self._keys.due))

    def _line(self, lease: Lease) -> Line:
        bucket = lease.question.bucket if isinstance(lease, QuestionLease) else QUESTIONS
        return Line.of(self._keys, bucket, lease.record.queue_name)

    def _thread_line(self, lease: Lease) -> Key:
        return self._keys.thread_line(lease.record.place, lease.thread)
