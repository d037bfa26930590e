"""Orders that wait for Databricks: nobody looks at them, so they may wait for long."""

import logging

from bot.question import Held
from bot.queue import Queue
from genie.errors import GenieError
from render import causes

log = logging.getLogger(__name__)

SLOWEST = 300.0
"""Seconds between tries in the end."""
MOST_SETBACKS = 300
"""Tries at what may still succeed: about a day."""
MOST_REFUSALS = 5
"""Tries at what Databricks does not allow."""


async def later(queue: Queue, held: Held, error: GenieError, event: str) -> bool:
    """Let an order try again later, and log `event`; False when that cannot help any more."""
    cause, setbacks = causes.of_error(error), held.progress.setbacks + 1
    log.warning(event, extra={"error": str(error), "setbacks": setbacks, **cause.log})
    if setbacks > (MOST_SETBACKS if cause.passes or cause.looks else MOST_REFUSALS):
        return False
    wait = max(error.retry_after or 0, min(2.0 ** min(setbacks, 10), SLOWEST))
    await queue.save(held, again_in=wait, setbacks=setbacks, tries=0)
    return True
