"""Modals that are opened at once and filled in the background, since Slack wants a click answered soon."""

import asyncio
import logging
from collections.abc import Coroutine
from types import TracebackType
from typing import Self

from bot.failures import causes
from bot.identity.model import NotSignedIn, NotTheOwner
from bot.store.questions import NotStored
from genie.errors import GenieError
from render import words
from render.blockkit.blocks import mention

log = logging.getLogger(__name__)

MAX_TASKS = 50
SHUTDOWN_GRACE_SECONDS = 2.0
"""In which a stopping process lets open modals be filled."""
SHUTDOWN_NOTICE_SECONDS = 1.5
"""After those, to write into the others that it stops; platforms kill a process that stops too slowly."""

UNFILLED = (NotTheOwner, NotStored, TimeoutError, NotSignedIn, GenieError)
"""What keeps an answer from being loaded for a modal."""


def why_unfilled(error: Exception, event: str, *, not_stored: str, too_slow: str, as_users: bool) -> str:
    """Return the sentence for one of UNFILLED: two of them are the feature's own.

    What Genie refused is logged as `event`.
    """
    match error:
        case NotTheOwner():
            return words.owners.served_only(mention(error.owner.id))
        case NotStored():
            return not_stored
        case NotSignedIn():
            return words.sign_in.NOT_IN
        case GenieError():
            log.warning(event, extra={"error": str(error)})
            return causes.of_error(error).told(as_users=as_users)
        case _:
            return too_slow


class ModalTasks:
    """Runs one task per click; each ends with content in its modal, also when it is cancelled."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Fill the modals that are ready soon, and say in the others to click again."""
        late = set(self._tasks)
        for seconds in (SHUTDOWN_GRACE_SECONDS, SHUTDOWN_NOTICE_SECONDS):
            if late:
                _, late = await asyncio.wait(late, timeout=seconds)
            for task in late:
                task.cancel()  # the first time a task says so in its modal, the second time it gives up
        await asyncio.gather(*late, return_exceptions=True)

    def run(self, work: Coroutine[None, None, None]) -> bool:
        """Start the task of one click; False when there are too many."""
        if len(self._tasks) >= MAX_TASKS:
            work.close()
            return False
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True
