# mypy: disable-error-code="empty-body"
"""Lua scripts that Redis runs, each of them atomic.

The body of each function is the file `lua/<name>.lua`. It raises redis.exceptions.RedisError when Redis
cannot run it, and LeaseLost if `owner` has lost the lease. Times are milliseconds by Redis's clock.
"""

from redis.asyncio import Redis

from bot.question import Stage, State
from bot.store.keys import Key
from bot.store.lua_script import Fields, script
from bot.store.results import EnqueueResult, FeedbackResult, Receipt, Resumed, Then


@script
async def accept_question(
    redis: "Redis",
    *,
    question_key: Key,
    due_key: Key,
    thread_key: Key,
    thread_line_key: Key,
    line_key: Key,
    turns_key: Key,
    own_key: Key,
    clock_key: Key,
    latest_key: Key,
    asked_key: Key,
    by_person_key: Key,
    in_channel_key: Key,
    grants_key: Key,
    closed_key: Key,
    question_prefix: str,
    question_id: str,
    question: str,
    thread: str,
    only_known_thread: bool,
    again: bool,
    asker: str,
    written_at: int,
    settle_ms: int,
    most_by_person: int,
    most_in_channel: int,
    capacity: int,
    window_ms: int,
) -> Receipt:
    """Store a question once; `thread` is empty as long as its root message is not posted."""


@script
async def resume_polling(redis: "Redis", *, question_key: Key, due_key: Key, question_id: str) -> Resumed:
    """Poll again for an answer that missed its deadline."""


@script
async def enqueue_job(
    redis: "Redis",
    *,
    job_key: Key,
    due_key: Key,
    asked_key: Key,
    job_id: str,
    job: str,
    asks: bool,
    rerun: bool,
) -> EnqueueResult:
    """Leave a job to a worker."""


@script
async def enqueue_redraw(
    redis: "Redis",
    *,
    job_key: Key,
    due_key: Key,
    thread_key: Key,
    job_id: str,
    job: str,
    chart: str,
) -> EnqueueResult:
    """Leave the job to draw another chart to a worker, in place of an earlier one."""


@script
async def requeue(
    redis: "Redis", *, job_key: Key, due_key: Key, job_id: str, owner: str, wait_ms: int
) -> int:
    """Run a job once more if `owner` has lost its lease."""


@script
async def claim(
    redis: "Redis",
    *,
    due_key: Key,
    line_key: Key,
    clock_key: Key,
    grants_key: Key,
    closed_key: Key,
    record_prefix: str,
    worker: str,
    most: int,
    lease_ms: int,
    capacity: int,
    window_ms: int,
    settle_ms: int,
) -> tuple[int, int, int, list[tuple[str, str, str, list[str]]]]:
    """Lease what is due; return the time, the wait or -1, how many are in flight, and the records."""


@script
async def leave_unread(
    redis: "Redis",
    *,
    record_key: Key,
    due_key: Key,
    line_key: Key,
    grants_key: Key,
    record_id: str,
    owner: str,
    worker: str,
    turn: str,
    granted_at: int,
) -> int:
    """Leave a record to another version; 1 if none has read it for so long that it has to end."""


@script
async def save(
    redis: "Redis",
    *,
    record_key: Key,
    due_key: Key,
    thread_line_key: Key,
    record_id: str,
    owner: str,
    how: Then,
    ms: int,
    fields: Fields,
) -> int:
    """Save fields, then keep, release or park."""


@script
async def join_line(
    redis: "Redis",
    *,
    question_key: Key,
    line_key: Key,
    turns_key: Key,
    own_key: Key,
    clock_key: Key,
    grants_key: Key,
    closed_key: Key,
    thread_line_key: Key,
    question_id: str,
    owner: str,
    asker: str,
    written_at: int,
    first: bool,
    capacity: int,
    window_ms: int,
    settle_ms: int,
) -> tuple[int, int, int]:
    """Stand in line; return the place, the wait, and for how long both may still change."""


@script
async def record_asked(
    redis: "Redis",
    *,
    question_key: Key,
    due_key: Key,
    message_key: Key,
    thread_key: Key,
    no_charts_key: Key,
    conversation_key: Key,
    line_key: Key,
    question_id: str,
    owner: str,
    space: str,
    conversation: str,
    message: str,
    found: bool,
    poll_in_ms: int,
) -> int:
    """Save where Genie has a question; 0 if a message that was found is not its own."""


@script
async def finish(
    redis: "Redis",
    *,
    record_key: Key,
    due_key: Key,
    line_key: Key,
    own_key: Key,
    thread_line_key: Key,
    record_id: str,
    owner: str,
    field: str,
    value: State | Stage,
) -> int:
    """End a question or a job."""


@script
async def record_feedback(
    redis: "Redis",
    *,
    question_key: Key,
    ratings_key: Key,
    job_key: Key,
    due_key: Key,
    job_id: str,
    job: str,
    rater: str,
    at: int,
    rating: str,
    comment: str,
) -> FeedbackResult:
    """Keep a rating, and leave a job to tell Genie."""


@script
async def bucket_take(
    redis: "Redis", *, grants_key: Key, closed_key: Key, capacity: int, window_ms: int
) -> int:
    """Take a token; return 0, or the time until one is free."""


@script
async def limit_take(
    redis: "Redis",
    *,
    complaint_key: Key,
    quick_grants_key: Key,
    quick_closed_key: Key,
    slow_grants_key: Key,
    slow_closed_key: Key,
    quick_capacity: int,
    quick_window_ms: int,
    slow_capacity: int,
    slow_window_ms: int,
) -> int:
    """Take a token of the quick bucket, or of the slow one after a complaint."""


@script
async def bucket_close(redis: "Redis", *, closed_key: Key, ms: int) -> int:
    """Close a bucket for everybody."""


@script
async def bucket_used(redis: "Redis", *, grants_key: Key, window_ms: int) -> int:
    """Count the tokens that are out."""


@script
async def count_processes(redis: "Redis", *, processes_key: Key, name: str, lifetime_ms: int) -> int:
    """Count the processes that live, after a sign of life of one."""


@script
async def write_probe(redis: "Redis", *, probe_key: Key, absent_key: Key) -> int:
    """Write something, which a Redis does not take that could not run the other scripts."""
