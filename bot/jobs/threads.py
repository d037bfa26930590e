"""Jobs about a thread: announce a new conversation, delete its conversations, tell one person something."""

import json
import logging
from dataclasses import dataclass

from bot.failures.retry import retry_later
from bot.identity.model import GenieOf
from bot.records.job import Job
from bot.records.lease import JobLease
from bot.records.question import Aside
from bot.replies.refusal import refusal
from bot.replies.responder import StepContext
from bot.slack.api import SlackRefused
from bot.slack.ephemeral import EphemeralReplies
from bot.store.questions import Bounds
from genie.errors import GenieError, NotFound
from render import words
from render.blockkit.blocks import mention
from render.blockkit.reply import Reply
from render.blockkit.text_reply import text_reply
from render.notices import as_myself
from render.notices.listening import offer

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadJobs(StepContext):
    """Jobs about a thread; a deletion that fails is tried again for about a day."""

    genie_of: GenieOf
    ephemeral_replies: EphemeralReplies
    bounds: Bounds

    async def announce_new_conversation(self, lease: JobLease) -> None:
        """Say in the thread who began a new conversation."""
        sentence = words.threads.begun_anew(mention(lease.job.user))
        await self.responder.respond_and_close(lease, text_reply(sentence), "fresh")

    async def tell_writer(self, lease: JobLease) -> None:
        """Tell the writer of a message, who alone sees it, what the bot made of the message."""
        job = lease.job
        try:
            await self.ephemeral_replies.post(job.place.channel, lease.thread, job.user, self._aside(job))
        except SlackRefused as refused:
            log.warning("reply.writer_not_told", extra={"slack": refused.code})
        await self.responder.close(lease, job.payload)

    def _aside(self, job: Job) -> Reply:
        if job.payload == Aside.OFFER:
            return offer(job.about)
        if job.payload == Aside.AS_MYSELF:
            return as_myself.offer(job.about)
        return text_reply(refusal(job.payload, self.bounds) or words.questions.NO_FILES)

    async def forget(self, lease: JobLease) -> None:
        """Delete what is left, one conversation after the other; a failure delays the others."""
        left: list[list[str]] = json.loads(lease.progress.left)
        who, refused = mention(lease.job.user), lease.progress.note
        while left:
            space, conversation, *others = left[0]
            try:
                await self.genie_of(lease.identity).delete_conversation(space, conversation)
            except NotFound:
                # Deleted by an earlier attempt, or by a user in Databricks; or not for our eyes.
                refused = words.threads.not_deleted(who) if others else refused
            except GenieError as error:
                if await retry_later(self.queue, lease, error, "thread.not_deleted"):
                    return
                refused = words.threads.not_deleted(who)  # and the others are deleted all the same
            left = left[1:]
            await self.queue.save(lease, left=json.dumps(left), note=refused)
        sentence = refused or words.threads.forgotten(who, reused=bool(lease.progress.reused))
        await self.responder.respond_and_close(
            lease, text_reply(sentence), "not_deleted" if refused else "forgotten"
        )
