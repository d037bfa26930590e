"""Asking Genie once more: when the bot does that by itself, and how a question gets back into the line."""

import logging

from bot.failures import causes
from bot.failures.model import Again, Cause
from bot.question import Held, State
from bot.store.queue import Queue
from genie.errors import GenieError

STANDING = 15.0
"""Seconds between looks of a question that stands in line once more."""


def may_repeat(held: Held, cause: Cause) -> bool:
    """Tell whether the bot asks again by itself: once, and in a new conversation only after an old one."""
    if cause.again is not Again.ONCE or held.progress.repeated:
        return False
    return bool(held.progress.into) or not cause.fresh


def repeated(cause: Cause) -> dict[str, str | int]:
    """Return what is saved before the bot asks again, so that it happens once whatever dies."""
    note = {"note": cause.note} if cause.note else {}
    return {"repeated": 1, "fresh": int(cause.fresh), "tries": 0, "looks": 0, "status": "", **note}


async def queue_again(queue: Queue, held: Held, **saved: str | int) -> None:
    """Go back to the head of the line: the next POST needs a token of its own."""
    await queue.join(held, first=True)
    await queue.save(held, again_in=STANDING, state=State.ANNOUNCED, **saved)


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
