"""Shows a reply in the place of a question's placeholder, and shares the files that complete it."""

import json
import logging
from dataclasses import dataclass

from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.replies.responder import StepContext
from bot.slack.api import SlackRefused, SlackUnreachable
from bot.slack.files import Files
from bot.slack.messages import Messages
from bot.store.feedback import FeedbackStore
from bot.store.listening import ListeningStore
from render.blockkit.blocks import Block
from render.blockkit.reply import File, Reply

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowStep(StepContext):
    """What every step does that shows an answer or a report; each part may be repeated."""

    messages: Messages
    files: Files
    feedback: FeedbackStore
    listening: ListeningStore

    async def show(
        self, lease: QuestionLease, reply: Reply, *, asked_back: bool = False
    ) -> tuple[QuestionLease, int]:
        """Show a reply unless it stands in Slack, and save that; return the variant that Slack took."""
        if lease.progress.state is State.SHOWN:
            return lease, reply.variant_number(lease.progress.variant)
        # Before it is seen, as a reply may follow at once.
        await self.listening.note_answer(lease.question.place, lease.thread, asked_back=asked_back)
        lease, variant = await self.responder.respond(lease, reply)
        await self.feedback.note_answer(
            lease.question.id, lease.question.place, lease.thread, lease.progress.ts or ""
        )
        shown = reply.variants[variant].name
        return await self.queue.advance(lease, state=State.SHOWN, variant=shown), variant

    async def share_files(
        self, lease: QuestionLease, reply: Reply, variant: int, sent: dict[str, str], *, last: bool
    ) -> list[str]:
        """Share what the message leaves out; return the names of the files that did not get into Slack."""
        missing = []
        for file in filter(lambda file: file.completes(variant), reply.files):
            try:
                await self.share(lease, file, sent)
            except (SlackRefused, SlackUnreachable) as error:
                if isinstance(error, SlackUnreachable) and not last:
                    raise
                log.warning("answer.file_missing", extra={"slack": error.code or str(error)})
                missing.append(file.name)
        return missing

    async def note_missing(
        self, lease: QuestionLease, sent: dict[str, str], missing: list[str]
    ) -> QuestionLease:
        """Save which files did not get into Slack: the reply, composed anew, does not promise them."""
        return await self.queue.save(lease, files=json.dumps(sent | dict.fromkeys(missing, "")))

    async def say_what_is_missing(
        self, lease: QuestionLease, reply: Reply, variant: int, image: Block | None = None
    ) -> None:
        """Take back that a file is attached; the answer stands whether or not Slack takes this edit."""
        channel, ts = lease.question.place.channel, lease.progress.ts or ""
        try:
            await self.messages.show(channel, ts, reply, variant=variant, image=image)
        except SlackRefused as refused:
            log.warning("answer.promise_stands", extra={"slack": refused.code})

    async def share(self, lease: QuestionLease, file: File, sent: dict[str, str]) -> None:
        """Share a file in the thread, once; its id is added to `sent`."""
        channel = lease.question.place.channel
        if not sent.get(file.name):
            sent[file.name] = await self.files.send(file)
            await self.queue.save(lease, files=json.dumps(sent))
        elif await self.files.shared(sent[file.name], channel, lease.thread, lease.progress.ts or "0"):
            return
        await self.files.share(sent[file.name], file.title, channel, lease.thread)
