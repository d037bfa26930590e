"""Jobs about a thread: announce a new conversation in it, delete its conversations."""

import json
from dataclasses import dataclass

from bot.failures.retry import retry_later
from bot.lease import JobLease
from bot.replies.responder import StepContext
from genie.client import Genie
from genie.errors import GenieError, NotFound
from render import words
from render.blockkit.blocks import mention
from render.blockkit.text_reply import text_reply


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadJobs(StepContext):
    """Jobs about a thread; a deletion that fails is tried again for about a day."""

    genie: Genie

    async def announce_new_conversation(self, lease: JobLease) -> None:
        """Say in the thread who began a new conversation."""
        sentence = words.threads.begun_anew(mention(lease.job.user))
        await self.responder.respond_and_close(lease, text_reply(sentence), "fresh")

    async def forget(self, lease: JobLease) -> None:
        """Delete what is left, one conversation after the other; a failure delays the others."""
        left: list[tuple[str, str]] = json.loads(lease.progress.left)
        who, refused = mention(lease.job.user), lease.progress.note
        while left:
            space, conversation = left[0]
            try:
                await self.genie.delete_conversation(space, conversation)
            except NotFound:
                pass  # deleted by an earlier attempt, or by a user in Databricks
            except GenieError as error:
                if await retry_later(self.queue, lease, error, "thread.not_deleted"):
                    return
                refused = words.threads.not_deleted(who)  # and the others are deleted all the same
            left = left[1:]
            await self.queue.save(lease, left=json.dumps(left), note=refused)
        sentence = refused or words.threads.forgotten(who)
        await self.responder.respond_and_close(
            lease, text_reply(sentence), "not_deleted" if refused else "forgotten"
        )
