"""Waits for a Slack or a Databricks that is away at the start, and logs when it goes and when it is back."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from typing import ClassVar, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")
AWAY_SECONDS = (0.5, 15.0)
"""The first and the longest pause between two looks."""


class Away(Exception):  # noqa: N818 - named for what happened
    """A service does not answer as it should; the text says what to check."""

    down: ClassVar[str]
    up: ClassVar[str]
    """The events that are logged."""


class SlackAway(Away):
    """Slack does not answer, or another server does in its place."""

    down, up = "slack.down", "slack.up"


class DatabricksAway(Away):
    """Databricks does not answer as it should."""

    down, up = "databricks.down", "databricks.up"


class Stopped(Exception):  # noqa: N818 - not an error
    """The bot is to stop, and waits for nobody any more."""


def log_down(away: Away) -> None:
    """Log once what to check."""
    log.warning(away.down, extra={"check": str(away)})


async def wait_until_back(away: Away, look: Callable[[], Awaitable[T]], stopping: asyncio.Event) -> T:
    """Return what `look` finds once it no longer raises Away, however long that takes; Stopped before."""
    pause, began = AWAY_SECONDS[0], time.monotonic()
    while True:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await stopping.wait()
            raise Stopped
        with contextlib.suppress(Away):
            found = await look()
            log.warning(away.up, extra={"seconds": round(time.monotonic() - began, 1)})
            return found
        pause = min(pause * 2, AWAY_SECONDS[1])
