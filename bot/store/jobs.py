"""Stores jobs: work that users start beside a question, such as a file or a new conversation."""

from redis.asyncio import Redis

from bot.records.job import Job, JobKind, JobProgress
from bot.records.lease import JobLease
from bot.records.old_records import upgraded
from bot.records.question import Place
from bot.store.availability.replication import Replication
from bot.store.keys import Keys
from bot.store.questions import in_time
from bot.store.results import EnqueueResult
from bot.store.scripts import records, threads


class JobStore:
    """Stores and finds jobs: each is durable in one Redis call. Raises NotStored without Redis."""

    def __init__(self, redis: "Redis", keys: Keys, *, as_users: bool = False) -> None:
        """Keep jobs under `keys`, beside the questions; `as_users`: a thread is its owner's alone."""
        self._redis, self._keys, self._as_users = redis, keys, as_users
        self._replication = Replication(redis, keys)

    async def enqueue(self, job: Job, *, rerun: bool = False) -> EnqueueResult:
        """Leave a job to the worker; pressed twice it is one.

        `rerun`: a job that is done is run again, and finds what it saved the first time.
        """
        return await in_time(self._enqueue(job, rerun=rerun))

    async def _enqueue(self, job: Job, *, rerun: bool) -> EnqueueResult:
        result = await records.enqueue_job(
            self._redis,
            job_key=self._keys.question(job.id),
            due_key=self._keys.due,
            asked_key=self._keys.asked(job.place.team, job.place.channel, job.user),
            job_id=job.id,
            job=job.to_json(),
            asks=job.kind is JobKind.PRIVATE,
            rerun=rerun,
        )
        await self._replication.wait()  # a question that is asked privately is a job at first
        return result

    async def progress(self, job_id: str) -> JobProgress | None:
        """Return how far a job has come, while it is remembered."""
        stored = upgraded(await in_time(self._redis.hgetall(self._keys.question(job_id))))
        return JobProgress.from_hash(stored) if "stage" in stored else None

    async def redraw(self, job: Job) -> None:
        """Have an answer show another chart, and remember that for its thread; the last choice counts."""
        keys, place = self._keys, job.place
        await in_time(
            records.enqueue_redraw(
                self._redis,
                job_key=keys.question(job.id),
                due_key=keys.due,
                thread_key=keys.thread(place, place.thread or ""),
                job_id=job.id,
                job=job.to_json(),
                chart=job.payload,
            )
        )

    async def redraw_again(self, lease: JobLease, seconds: float) -> None:
        """Draw the last choice once more if `lease` was lost: its worker may have been the last to edit."""
        await in_time(
            records.requeue(
                self._redis,
                job_key=self._keys.question(lease.job.id),
                due_key=self._keys.due,
                job_id=lease.job.id,
                owner=lease.owner,
                wait_ms=round(seconds * 1000),
            )
        )

    async def start_fresh(self, job: Job) -> EnqueueResult:
        """Let the thread of `job` begin a new conversation with its next question."""
        keys, place = self._keys, job.place
        return await in_time(
            threads.start_conversation(
                self._redis,
                job_key=keys.question(job.id),
                due_key=keys.due,
                thread_key=keys.thread(place, place.thread or ""),
                job_id=job.id,
                job=job.to_json(),
                asker=job.queue_name,
                owned=self._as_users,
            )
        )

    async def may_forget(self, job: Job) -> EnqueueResult:
        """Tell what `forget` would do."""
        return await self._forget(job, only_check=True)

    async def forget(self, job: Job) -> EnqueueResult:
        """Forget the thread of `job`: what we keep at once, what Databricks keeps as soon as possible."""
        return await self._forget(job, only_check=False)

    async def latest(self, team: str, channel: str, asker: str) -> Place | None:
        """Return the thread in which a user asked last in a channel, perhaps privately."""
        latest = await in_time(self._redis.get(self._keys.latest(team, channel, asker)))
        private, _, thread = str(latest or "").rpartition(" ")
        return Place(team, private or channel, thread) if thread else None

    async def asked_at(self, place: Place) -> Place | None:
        """Return where the first question of a private thread was asked; None for other threads."""
        key = self._keys.thread(place, place.thread or "")
        channel, thread = await in_time(self._redis.hmget(key, ["asked_in", "asked_thread"]))
        return Place(place.team, str(channel), str(thread) if thread else None) if channel else None

    async def _forget(self, job: Job, *, only_check: bool) -> EnqueueResult:
        keys, place = self._keys, job.place
        thread = place.thread or ""
        return await in_time(
            threads.forget_thread(
                self._redis,
                job_key=keys.question(job.id),
                due_key=keys.due,
                thread_key=keys.thread(place, thread),
                thread_line_key=keys.thread_line(place, thread),
                talk_key=keys.talk(place, thread),
                question_prefix=keys.question(""),
                watch_prefix=keys.watch(""),
                audit_prefix=keys.audit(""),
                job_id=job.id,
                job=job.to_json(),
                asker=job.queue_name,
                owned=self._as_users,
                only_check=only_check,
            )
        )
