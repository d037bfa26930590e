# mypy: disable-error-code="empty-body"
"""Lua scripts about threads."""

from redis.asyncio import Redis

from bot.store.keys import Key
from bot.store.results import EnqueueResult
from bot.store.scripts.script import Fields, script


@script
async def hear_message(
    redis: "Redis",
    *,
    question_key: Key,
    aside_key: Key,
    thread_key: Key,
    talk_key: Key,
    writer: str,
    ts: str,
    written_at: int,
    to_people: bool,
    may_answer: bool,
    owned: bool,
) -> tuple[int, str, str, int, int, int, int, int, int] | tuple[()]:
    """Return what decides about a message in a thread; nothing for a thread that is not known."""


@script
async def note_answer(redis: "Redis", *, talk_key: Key, asked_back: bool) -> int:
    """Notice anew who writes in a thread."""


@script
async def tell_writer(
    redis: "Redis", *, talk_key: Key, job_key: Key, due_key: Key, told: str, job_id: str, job: str
) -> EnqueueResult:
    """Leave a job to a worker unless `told` was told since the last answer."""


@script
async def set_thread(redis: "Redis", *, thread_key: Key, fields: Fields) -> int:
    """Save fields of a thread; 0 for one that is not known."""


@script
async def leave_thread(
    redis: "Redis", *, thread_key: Key, latest_key: Key, thread: str, question_id: str, asker: str
) -> int:
    """Take a question out of its thread, and forget a thread that has no other."""


@script
async def start_conversation(
    redis: "Redis",
    *,
    job_key: Key,
    due_key: Key,
    thread_key: Key,
    job_id: str,
    job: str,
    asker: str,
    owned: bool,
) -> EnqueueResult:
    """Let a thread's next question begin a new conversation."""


@script
async def forget_thread(
    redis: "Redis",
    *,
    job_key: Key,
    due_key: Key,
    thread_key: Key,
    thread_line_key: Key,
    talk_key: Key,
    question_prefix: str,
    watch_prefix: str,
    audit_prefix: str,
    job_id: str,
    job: str,
    asker: str,
    owned: bool,
    only_check: bool,
) -> EnqueueResult:
    """Forget a thread, or check whether it may be forgotten."""


@script
async def open_thread(
    redis: "Redis",
    *,
    question_key: Key,
    thread_key: Key,
    thread_line_key: Key,
    latest_key: Key,
    latest_there_key: Key,
    asked_thread_key: Key,
    question_id: str,
    owner: str,
    thread: str,
    asker: str,
    asked_in: str,
    asked_thread: str,
    channel: str,
) -> int:
    """Save the message that opens a thread for a question."""


@script
async def move_question(
    redis: "Redis",
    *,
    question_key: Key,
    due_key: Key,
    line_key: Key,
    own_key: Key,
    asked_thread_key: Key,
    asked_line_key: Key,
    private_thread_prefix: Key,
    latest_key: Key,
    latest_there_key: Key,
    asked_key: Key,
    question_prefix: str,
    question_id: str,
    owner: str,
    question: str,
    asker: str,
    written_at: int,
    edited_from: str,
    asked_thread: str,
    channel: str,
    is_there: bool,
    settle_ms: int,
) -> tuple[int, str]:
    """Take a question into direct messages; return 1 and the thread it joins, or 0 if it has to wait."""


@script
async def pick_conversation(
    redis: "Redis",
    *,
    question_key: Key,
    thread_key: Key,
    no_charts_key: Key,
    question_prefix: str,
    question_id: str,
    owner: str,
    space: str,
    asked_as: str,
    research: bool,
    fresh: bool,
) -> tuple[str, int, str]:
    """Save in which conversation a question is about to be asked; return it, and 1 if charts are refused.

    The last of the three is a question that goes before it to Genie.
    """


@script
async def adopt_thread(
    redis: "Redis",
    *,
    job_key: Key,
    due_key: Key,
    thread_key: Key,
    latest_key: Key,
    private_thread_key: Key,
    thread_line_key: Key,
    job_id: str,
    owner: str,
    question: str,
    thread: str,
    asker: str,
    text: str,
    space: str,
    conversation: str,
    message: str,
    asked_as: str,
    into: str,
    after: str,
    response: str,
    content: str,
    status: str,
    research: bool,
    may_move: bool,
) -> int:
    """Turn the job that publishes a private answer into the question that shows it."""
