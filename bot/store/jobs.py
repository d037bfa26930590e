"""What people order besides asking: more of an answer, or that a thread begins anew or is forgotten."""

from redis.asyncio import Redis

from bot.question import Lease, Place, Question, State
from bot.store import scripts
from bot.store.keys import Keys
from bot.store.questions import in_time
from bot.store.results import EnqueueResult


class JobStore:
    """The door for orders: each is durable in one Redis call, and raises NotStored without Redis."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Keep orders under `keys`, beside the questions."""
        self._redis, self._keys = redis, keys

    async def enqueue(self, order: Question, state: State, *, rerun: bool = False) -> EnqueueResult:
        """Leave an order to the worker, whose step for `state` carries it out; pressed twice it is one.

        `anew`: one that has ended may be given again, and its step finds what was saved the first time.
        """
        return await in_time(
            scripts.enqueue_job(
                self._redis,
                job_key=self._keys.question(order.id),
                due_key=self._keys.due,
                job_id=order.id,
                job=order.to_json(),
                state=state,
                rerun=rerun,
            )
        )

    async def redraw(self, order: Question) -> None:
        """Have an answer show another chart, and remember that for its thread; the last order counts."""
        keys, place = self._keys, order.place
        await in_time(
            scripts.enqueue_redraw(
                self._redis,
                job_key=keys.question(order.id),
                due_key=keys.due,
                thread_key=keys.thread(place, place.thread or ""),
                job_id=order.id,
                job=order.to_json(),
                chart=order.wish,
            )
        )

    async def redraw_again(self, lease: Lease, seconds: float) -> None:
        """Carry out what was ordered last, if `held` is overtaken: it may have been the last to edit."""
        await in_time(
            scripts.requeue(
                self._redis,
                job_key=self._keys.question(lease.question.id),
                due_key=self._keys.due,
                job_id=lease.question.id,
                owner=lease.owner,
                wait_ms=round(seconds * 1000),
            )
        )

    async def start_fresh(self, order: Question) -> EnqueueResult:
        """Let the thread of `order` begin a new conversation with its next question."""
        keys, place = self._keys, order.place
        return await in_time(
            scripts.start_conversation(
                self._redis,
                job_key=keys.question(order.id),
                due_key=keys.due,
                thread_key=keys.thread(place, place.thread or ""),
                job_id=order.id,
                job=order.to_json(),
            )
        )

    async def may_forget(self, order: Question) -> EnqueueResult:
        """Tell what `forget` would do."""
        return await self._forget(order, only_check=True)

    async def forget(self, order: Question) -> EnqueueResult:
        """Forget the thread of `order`: what we hold at once, what Databricks holds as soon as possible."""
        return await self._forget(order, only_check=False)

    async def latest(self, team: str, channel: str, asker: str) -> Place | None:
        """Return the thread in which somebody asked last in a channel, perhaps privately."""
        latest = await in_time(self._redis.get(self._keys.latest(team, channel, asker)))
        private, _, thread = str(latest or "").rpartition(" ")
        return Place(team, private or channel, thread) if thread else None

    async def asked_in(self, place: Place) -> str:
        """Return the channel in which somebody asked privately what a thread answers; empty for others."""
        key = self._keys.thread(place, place.thread or "")
        return str(await in_time(self._redis.hget(key, "asked_in")) or "")

    async def _forget(self, order: Question, *, only_check: bool) -> EnqueueResult:
        keys, place = self._keys, order.place
        thread = place.thread or ""
        return await in_time(
            scripts.forget_thread(
                self._redis,
                job_key=keys.question(order.id),
                due_key=keys.due,
                thread_key=keys.thread(place, thread),
                thread_line_key=keys.thread_line(place, thread),
                question_prefix=keys.question(""),
                job_id=order.id,
                job=order.to_json(),
                asker=order.queue_name,
                only_check=only_check,
            )
        )
