# mypy: disable-error-code="empty-body"
"""Lua scripts about questions that experts look at."""

from redis.asyncio import Redis

from bot.store.keys import Key
from bot.store.results import Decided
from bot.store.scripts.script import script
from render.expert.model import ReviewState


@script
async def open_review(
    redis: "Redis",
    *,
    review_key: Key,
    question_key: Key,
    figures_key: Key,
    opened: ReviewState,
    asker: str,
    asked: str,
) -> tuple[int, str]:
    """Put a question before the experts, once; return 0 if it is forgotten, and the `ts` of its card."""


@script
async def decide_review(
    redis: "Redis",
    *,
    review_key: Key,
    job_key: Key,
    due_key: Key,
    figures_key: Key,
    confirmed_key: Key,
    words_key: Key,
    spaces_key: Key,
    to: ReviewState,
    expert: str,
    card: str,
    words: str,
    sql: str,
    job_id: str,
    job: str,
    confirmed_id: str,
    confirmed: str,
    same_words: str,
    space: str,
) -> Decided:
    """Keep what an expert says, and leave a job to tell of it; with `confirmed`, keep the SQL for others."""
