# mypy: disable-error-code="empty-body"
"""Lua scripts for users who change their mind: edited and withdrawn questions."""

from redis.asyncio import Redis

from bot.store.keys import Key
from bot.store.results import Revised, Withdrawn
from bot.store.scripts.script import script


@script
async def revise_question(
    redis: "Redis",
    *,
    origin_key: Key,
    question_key: Key,
    due_key: Key,
    thread_key: Key,
    thread_line_key: Key,
    latest_key: Key,
    asked_key: Key,
    recent_key: Key,
    by_person_key: Key,
    in_channel_key: Key,
    grants_key: Key,
    closed_key: Key,
    question_prefix: str,
    origin_id: str,
    question_id: str,
    question: str,
    bot_user: str,
    thread: str,
    for_genie: bool,
    asker: str,
    written_at: int,
    edited_at: int,
    most_by_person: int,
    most_in_channel: int,
    capacity: int,
    window_ms: int,
) -> Revised:
    """Ask the new words of an edited message in place of the old ones."""


@script
async def pass_on(
    redis: "Redis",
    *,
    question_key: Key,
    origin_key: Key,
    due_key: Key,
    line_key: Key,
    own_key: Key,
    question_prefix: str,
    question_id: str,
    owner: str,
) -> str:
    """Give message and place in line to the words that took the question's place; return what is left."""


@script
async def withdraw_question(
    redis: "Redis",
    *,
    origin_key: Key,
    due_key: Key,
    question_prefix: str,
    origin_id: str,
    asker: str,
    changed_at: int,
    unasked: bool,
) -> Withdrawn:
    """Withdraw a question for its asker, or for everybody."""


@script
async def withdraw_latest(
    redis: "Redis",
    *,
    wish_key: Key,
    asked_key: Key,
    due_key: Key,
    question_prefix: str,
    thread: str,
) -> tuple[str, str]:
    """Withdraw a user's newest question that has not ended; return a `Withdrawn` and its id."""
