"""A company that asks Genie few questions at a time, in short windows."""

from contextlib import AbstractAsyncContextManager
from typing import Any

from sandbox.slack.state.rate_limits import Limits
from tests.stories.world import OWN_CHARTS, World, company

WINDOW_SECONDS = 2.0


def limited(
    redis_url: str, limit: int, window: float = WINDOW_SECONDS, **options: Any
) -> AbstractAsyncContextManager[World]:
    """Open the company with `limit` questions in `window` seconds, a guard of one, and no limits of Slack."""
    return company(
        redis_url,
        limits=Limits.none(),
        databricks=OWN_CHARTS | {"question_limit": limit, "window": window},
        QUESTIONS_PER_MINUTE=str(limit),
        QUESTION_WINDOW_SECONDS=str(window),
        QUESTION_GUARD_SECONDS="1",
        **options,
    )
