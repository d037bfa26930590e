"""Research that goes on from an earlier answer, with that in words: agent mode does not know chat mode's."""

from dataclasses import dataclass

from bot.identity.model import GenieOf, NotTheOwner
from bot.records.lease import QuestionLease
from bot.replies.load_answer import AnswerLoader
from bot.replies.responder import StepContext
from bot.steps.ask import MAX_CHARACTERS
from bot.store.threads import ThreadStore
from genie.errors import GenieError
from genie.protocol.answer import select_answer
from render import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Context(StepContext):
    """Adds to a question what it was that it goes deeper into, and how Genie read that."""

    loader: AnswerLoader
    genie_of: GenieOf
    threads: ThreadStore

    async def added(self, lease: QuestionLease, space: str) -> QuestionLease:
        """Save the words that Genie gets; they are looked up by the same words after a crash."""
        question, text = lease.question, lease.progress.text
        if lease.progress.content:
            return lease
        earlier = question.deepens or await self.threads.before_research(lease, space)
        before, reading = await self._before(lease, earlier) if earlier else ("", "")
        if not (question.deepens or before):
            return lease
        content = words.research.deeper_into(text, before if before != text else "", reading)
        return await self.queue.save(lease, content=content[:MAX_CHARACTERS])

    async def _before(self, lease: QuestionLease, earlier_id: str) -> tuple[str, str]:
        """Return an earlier question, and how Genie read it; nothing that is another person's."""
        identity = lease.identity
        try:
            found = await self.loader.find(earlier_id, identity)
        except NotTheOwner:
            found = None
        if not found or found[1].withdrawn:
            return "", ""
        earlier, progress = found
        try:
            message = await self.genie_of(identity).message(progress.ref)
        except GenieError:
            return progress.text, ""
        query = select_answer(message, attachment=earlier.attachment).query
        return progress.text, query.description or query.title if query else ""
