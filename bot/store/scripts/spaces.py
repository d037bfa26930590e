# mypy: disable-error-code="empty-body"
"""Lua scripts about the spaces of questions and threads."""

from redis.asyncio import Redis

from bot.store.keys import Key
from bot.store.results import SpaceChoice
from bot.store.scripts.script import Fields, script


@script
async def settle_space(
    redis: "Redis", *, question_key: Key, thread_key: Key, owner: str, space: str, own: bool
) -> int:
    """Save in which space a question is asked."""


@script
async def wait_for_space(
    redis: "Redis",
    *,
    question_key: Key,
    due_key: Key,
    line_key: Key,
    own_key: Key,
    question_id: str,
    owner: str,
    offer_again_ms: int,
    fields: Fields,
) -> int:
    """Let a question wait until its space is chosen."""


@script
async def choose_space(
    redis: "Redis",
    *,
    question_key: Key,
    due_key: Key,
    thread_key: Key,
    question_prefix: str,
    question_id: str,
    space: str,
    reply: str,
) -> SpaceChoice:
    """Let a question go on in a space that somebody has chosen."""
