# mypy: disable-error-code="empty-body"
"""Lua scripts about questions that share a Genie message."""

from redis.asyncio import Redis

from bot.store.keys import Key
from bot.store.results import Shared
from bot.store.scripts.script import script


@script
async def share_question(
    redis: "Redis",
    *,
    question_key: Key,
    reuse_key: Key,
    reuse_line_key: Key,
    thread_key: Key,
    person_key: Key,
    due_key: Key,
    line_key: Key,
    own_key: Key,
    grants_key: Key,
    question_prefix: str,
    question_id: str,
    owner: str,
    granted_at: int,
    channel: str,
    answered: str,
    may_reuse: bool,
    same_time_ms: int,
    reuse_ms: int,
    patience_ms: int,
    wait_ms: int,
    poll_in_ms: int,
) -> Shared:
    """Take the Genie message of the same question, or wait for it; else note that this one is asked.

    `answered` is the outcome of one with an answer; `granted_at` is when the token of this one was taken, 0
    without any: then it is not asked now.
    """
