"""Looks at a run as Genie has stored it, without its stream: its items, or its message as in chat mode."""

import asyncio
from dataclasses import dataclass
from functools import partial

from bot.identity.model import GenieOf
from bot.records.lease import QuestionLease
from bot.records.progress import Progress, State
from bot.steps.ask import sent
from bot.store.threads import ThreadStore
from genie.agent_model import Item, Prose, ResponseState, ResponseStatus, ToolCall, ToolOutput
from genie.calls.find_question import same_question
from genie.errors import GenieError, NotFound
from genie.model import CANCELLED, COMPLETED, FAILED, QUERY_RESULT_EXPIRED, Message, Query, Text
from render.research.read import SQL_TOOL

CLOCK_SKEW_SECONDS = 60.0
"""By which the clocks of Redis and Genie may differ."""
LATE_SECONDS, MAX_LOOKS = 1.0, 5
"""Between looks at a message, which comes some seconds after the events of its run."""
STATUSES = {
    COMPLETED: ResponseStatus.COMPLETED,
    QUERY_RESULT_EXPIRED: ResponseStatus.COMPLETED,
    FAILED: ResponseStatus.FAILED,
    CANCELLED: ResponseStatus.CANCELLED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Reads runs; raises GenieError where it says so."""

    genie_of: GenieOf
    threads: ThreadStore

    async def state(self, lease: QuestionLease) -> ResponseState:
        """Return how far a run is; GenieError. Not every workspace lists items: then the message says it."""
        saved, genie = lease.progress, self.genie_of(lease.identity)
        try:
            known = partial(self.threads.others_runs, lease)
            return await genie.response_items(saved.response_ref, _asked(saved), known)
        except NotFound:
            message = await self._message(lease)
        return _state(message) if message else ResponseState(ResponseStatus.IN_PROGRESS, ())

    async def finished_message(self, lease: QuestionLease) -> Message | None:
        """Return the message of a run that has ended, with its queries; None if it does not come in time.

        GenieError once it was there and is shown: a report that names its results waits for them.
        """
        is_announced = lease.progress.message and lease.progress.state is State.SHOWN
        empty: Message | None = None
        for look in range(MAX_LOOKS):
            if look:
                await asyncio.sleep(LATE_SECONDS)
            try:
                message = await self._message(lease)
            except NotFound:
                return None
            except GenieError:
                if is_announced and look == MAX_LOOKS - 1:
                    raise
                continue
            if message and message.final:
                if message.attachments or empty:
                    return message
                empty = message  # its attachments may be late
        return empty

    async def message_id(self, lease: QuestionLease) -> str:
        """Return the id of the message of a run, "" if there is none yet; GenieError."""
        message = await self._message(lease)
        return message.ref.message_id if message else ""

    async def _message(self, lease: QuestionLease) -> Message | None:
        """Return the message of a run, unless that is an earlier one of its conversation."""
        saved, genie = lease.progress, self.genie_of(lease.identity)
        if saved.message:  # later ones of its conversation do not hide it
            return await genie.message(saved.ref)
        since = saved.asking_at / 1000 - CLOCK_SKEW_SECONDS
        known = partial(self.threads.others_runs, lease)
        message = await genie.response_message(saved.response_ref, since, known)
        is_own = message and (not message.content or same_question(message.content, _asked(saved)))
        return message if is_own else None


def _asked(progress: Progress) -> str:
    """Return what Genie was asked."""
    return progress.content or sent(progress)


def _state(message: Message) -> ResponseState:
    items: list[Item] = []
    for number, part in enumerate(message.attachments):
        if isinstance(part, Text):
            items.append(Prose(f"{number}", part.content))
        elif isinstance(part, Query) and part.sql:
            items.append(ToolCall(f"{number}", f"{number}", SQL_TOOL, part.title, part.sql, "completed"))
            if part.row_count is not None:  # it has run
                items.append(ToolOutput(f"{number}", f"{number}", complete=True))
    status = STATUSES.get(message.status, ResponseStatus.IN_PROGRESS)
    return ResponseState(status, tuple(items), message.error)
