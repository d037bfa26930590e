"""Asking Genie once more: when the bot does that by itself, and how a question gets back into the line."""

from bot.question import Held, State
from bot.queue import Queue
from render.cause import Again, Cause

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
