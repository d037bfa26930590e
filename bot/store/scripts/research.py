# mypy: disable-error-code="empty-body"
"""Lua scripts about research: stopping it, its results, and leaving agent mode."""

from redis.asyncio import Redis

from bot.store.keys import Key
from bot.store.results import Withdrawn
from bot.store.scripts.script import Fields, script


@script
async def stop_research(
    redis: "Redis", *, question_key: Key, due_key: Key, question_prefix: str, question_id: str, asker: str
) -> Withdrawn:
    """Have research cancelled in Genie for its asker, or withdraw it if that has not got it."""


@script
async def add_results(
    redis: "Redis",
    *,
    question_key: Key,
    due_key: Key,
    thread_key: Key,
    thread_line_key: Key,
    question_prefix: str,
    question_id: str,
    owner: str,
    fields: Fields,
) -> int:
    """Store the results of a report, by their ids, as questions that are to be shown; return how many."""


@script
async def leave_agent_mode(
    redis: "Redis", *, question_key: Key, thread_key: Key, owner: str, question: str, note: str
) -> int:
    """Make a question for chat mode of research, and a thread for chat mode of one that began with it."""
