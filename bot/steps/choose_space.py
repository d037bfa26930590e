"""Finds the Genie space of a question, or lets it wait, outside of the line, until somebody has chosen.

docs/decisions/24-the-space-of-a-question.md
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.failures import causes
from bot.records.lease import QuestionLease
from bot.records.progress import Placeholder, State
from bot.replies.responder import StepContext
from bot.spaces.catalog import Catalog
from bot.spaces.router import route
from bot.store.keys import SPACE_WAIT_LIFETIME
from bot.store.queue import Value
from bot.store.spaces import SpaceStore
from render.blockkit.reply import Reply
from render.notices.spaces import SpaceChoice, which_space

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseSpace(StepContext):
    """Decides once for a question, and with it for its thread; what it does can be repeated at any point."""

    catalog: Catalog
    spaces: SpaceStore

    async def settle(self, lease: QuestionLease, text: str) -> tuple[QuestionLease, Reply | None]:
        """Return a question with its space; and, if that is to be chosen first, what asks for it.

        Neither is decided as long as an earlier question of the thread, which may decide it, is not answered.
        """
        if not self.catalog.several or lease.progress.space:
            return lease, None
        thread = await self.spaces.of_thread(lease)
        if not thread.is_first:
            return lease, None
        own, (in_front, _) = self.catalog.find(thread.space), self.catalog.named(lease.question.text)
        named = self.catalog.find(lease.question.space) or in_front
        if named:
            return await self.spaces.settle(lease, named.id, own=own is None), None
        space_id, choices = (own.id, ()) if own else await self._find(lease, text)
        if space_id:
            return await self.spaces.settle(lease, space_id, own=True), None
        if not lease.progress.choosing_at:  # before anybody can press
            lease = await self.queue.save(lease, choosing_at=lease.now)
        return lease, self._offer(lease.question.id, choices)

    async def _find(self, lease: QuestionLease, text: str) -> tuple[str, Sequence[str]]:
        """Return the space of a question that begins a thread; "" and the likely ones if it is not sure."""
        asked_at = lease.question.asked_at
        bound = self.catalog.find(await self.spaces.bound(asked_at.team, asked_at.channel))
        if bound:
            return bound.id, ()
        if not self.catalog.usable:  # Genie's own words say why it cannot be asked
            return self.catalog.default.id, ()
        found = route(text, self.catalog.known)
        log.info("space.routed" if found.space_id else "space.unsure", extra={"space": found.space_id})
        return found.space_id, found.choices

    def _offer(self, question_id: str, choices: Sequence[str]) -> Reply:
        others = [info.space.id for info in self.catalog.usable if info.space.id not in choices]
        offered, more = (
            [SpaceChoice(each, self.catalog.about(each).name) for each in ids] for ids in (choices, others)
        )
        return which_space(question_id, offered, more)

    async def go_on_waiting(self, lease: QuestionLease, offer: Reply) -> None:
        """Ask for the space of a question that is announced; end it if nobody has chosen in time."""
        if lease.progress.choosing_at and lease.now - lease.progress.choosing_at >= SPACE_WAIT_LIFETIME:
            await self.responder.fail(lease, causes.SPACE_NOT_CHOSEN)
            return
        told = await self.responder.update_placeholder(lease, Placeholder.CHOOSING_SPACE, offer)
        await self.wait(lease, {"state": State.ANNOUNCED, **told})

    async def wait(self, lease: QuestionLease, saved: Mapping[str, Value]) -> None:
        """Give a question back until its space is chosen, or the wait is over."""
        await self.spaces.wait(lease, saved)
