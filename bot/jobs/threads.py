"""Orders about a thread: say that it begins anew, and delete its conversations, however long that takes."""

import json
from dataclasses import dataclass

from bot.failures.retry import retry_later
from bot.question import JobLease
from bot.replies.responder import StepContext
from genie.client import Genie
from genie.errors import GenieError, NotFound
from render import words
from render.blockkit.blocks import mention
from render.blockkit.text_reply import text_reply


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadJobs(StepContext):
    """What is left to do once somebody has given an order about a thread."""

    genie: Genie

    async def announce_new_conversation(self, lease: JobLease) -> None:
        """Say in the thread who began anew."""
        sentence = words.threads.begun_anew(mention(lease.job.user))
        await self.responder.respond_and_close(lease, text_reply(sentence), "fresh")

    async def forget(self, lease: JobLease) -> None:
        """Delete what is left, one conversation after the other; a failure delays the rest."""
        left: list[tuple[str, str]] = json.loads(lease.progress.left)
        who, refused = mention(lease.job.user), lease.progress.note
        while left:
            space, conversation = left[0]
            try:
                await self.genie.delete_conversation(space, conversation)
            except NotFound:
                pass  # somebody else, or a predecessor, has deleted it
            except GenieError as error:
                if await retry_later(self.queue, lease, error, "thread.not_deleted"):
                    return
                refused = words.threads.not_deleted(who)  # which does not keep the others
            left = left[1:]
            await self.queue.save(lease, left=json.dumps(left), note=refused)
        sentence = refused or words.threads.forgotten(who)
        await self.responder.respond_and_close(
            lease, text_reply(sentence), "not_deleted" if refused else "forgotten"
        )
