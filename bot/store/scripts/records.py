# mypy: disable-error-code="empty-body"
"""Lua scripts about questions and jobs."""

from redis.asyncio import Redis

from bot.records.job import Stage
from bot.records.progress import State
from bot.store.keys import Key
from bot.store.results import EnqueueResult, FeedbackResult, Receipt, Resumed, Then
from bot.store.scripts.script import Fields, script


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
    recent_key: Key,
    by_person_key: Key,
    in_channel_key: Key,
    grants_key: Key,
    closed_key: Key,
    question_prefix: str,
    question_id: str,
    question: str,
    thread: str,
    for_genie: bool,
    research: bool,
    only_known_thread: bool,
    again: bool,
    scheduled: bool,
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
    research_line_key: Key,
    research_clock_key: Key,
    research_grants_key: Key,
    research_closed_key: Key,
    record_prefix: str,
    worker: str,
    most: int,
    lease_ms: int,
    capacity: int,
    window_ms: int,
    research_capacity: int,
    research_window_ms: int,
    settle_ms: int,
) -> tuple[int, int, int, list[tuple[str, str, str, list[str], int]]]:
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
    home_key: Key,
    record_id: str,
    owner: str,
    how: Then,
    ms: int,
    fields: Fields,
) -> int:
    """Save fields, then keep, release or park; 1 if the person's Home tab is open."""


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
    home_key: Key,
    question_id: str,
    owner: str,
    space: str,
    conversation: str,
    message: str,
    research: bool,
    found: bool,
    poll_in_ms: int,
) -> tuple[int, int]:
    """Save where Genie has a question; return 0 if a message that was found is not its own, else 1.

    The other number is 1 if the person's Home tab is open.
    """


@script
async def finish(
    redis: "Redis",
    *,
    record_key: Key,
    due_key: Key,
    line_key: Key,
    own_key: Key,
    thread_line_key: Key,
    figures_key: Key,
    home_key: Key,
    record_id: str,
    owner: str,
    field: str,
    value: State | Stage,
    outcome: str,
    audit_prefix: str,
    audit_days: int,
    content: str,
    entry: Fields,
) -> int:
    """End a question or a job; the `outcome` of a question is kept and counted, an `entry` audited.

    Return 1 if the person's Home tab is open.
    """


@script
async def record_feedback(
    redis: "Redis",
    *,
    question_key: Key,
    ratings_key: Key,
    job_key: Key,
    due_key: Key,
    figures_key: Key,
    job_id: str,
    job: str,
    rater: str,
    at: int,
    rating: str,
    comment: str,
) -> FeedbackResult:
    """Keep a rating, and leave a job to tell Genie."""


@script
async def read_gauges(
    redis: "Redis",
    *,
    line_key: Key,
    due_key: Key,
    grants_key: Key,
    closed_key: Key,
    processes_key: Key,
    watches_key: Key,
    schedules_key: Key,
    record_prefix: str,
    window_ms: int,
    alive_ms: int,
) -> tuple[int, int, int, int, int, int, int, int, int]:
    """Return the line and its age, what is unfinished and overdue, tokens out, the pause, processes, watches.

    The last number is for how long one of these is due.
    """
