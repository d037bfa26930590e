# mypy: disable-error-code="empty-body"
"""Lua scripts about questions and jobs that wait until their person has signed in to Databricks."""

from redis.asyncio import Redis

from bot.store.keys import Key
from bot.store.results import SignInWait
from bot.store.scripts.script import script


@script
async def wait_for_sign_in(
    redis: "Redis",
    *,
    record_key: Key,
    due_key: Key,
    line_key: Key,
    own_key: Key,
    grants_key: Key,
    waiting_key: Key,
    signed_out_key: Key,
    grant_key: Key,
    record_id: str,
    owner: str,
    granted_at: int,
) -> SignInWait:
    """Let a question or a job wait; `granted_at` is the token that it did not use, or 0."""


@script
async def end_signed_out(
    redis: "Redis", *, waiting_key: Key, due_key: Key, signed_out_key: Key, question_prefix: str
) -> int:
    """Note that a person has signed out, and make all due that waits: it ends now; return how many."""


@script
async def resume_as_bot(redis: "Redis", *, due_key: Key, question_prefix: str) -> int:
    """Make all due that waits for anybody's sign-in; return how many."""
