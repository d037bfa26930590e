"""Shows the answer of a finished message: loads the rows, composes, responds, adds chart and files."""

import json
import logging
from dataclasses import dataclass

from bot.failures.retry import MAX_ATTEMPTS
from bot.identity.model import GenieOf
from bot.offload.executor import ExecutorError
from bot.records.lease import QuestionLease
from bot.records.progress import ANSWERED, State
from bot.replies.chart_image import ChartImages
from bot.replies.compose import AnswerComposer
from bot.replies.load_answer import AnswerLoader
from bot.replies.responder import StepContext
from bot.slack.api import SlackRefused, SlackUnreachable
from bot.slack.files import Files
from bot.slack.messages import Messages
from bot.store.feedback import FeedbackStore
from bot.store.listening import ListeningStore
from genie.model import Message
from render.blockkit.blocks import Block
from render.blockkit.reply import File, Reply

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerStep(StepContext):
    """Delivers the answer of a finished message; an attempt goes on where an earlier one stopped."""

    genie_of: GenieOf
    loader: AnswerLoader
    composer: AnswerComposer
    messages: Messages
    files: Files
    chart_images: ChartImages
    feedback: FeedbackStore
    listening: ListeningStore

    async def run(self, lease: QuestionLease, message: Message | None = None) -> None:
        """Show the answer, then what takes longer: its chart and its files."""
        message = message or await self.genie_of(lease.identity).message(lease.progress.ref)
        last = lease.progress.attempts >= MAX_ATTEMPTS - 1
        answer, note = await self.loader.read_or_explain(message, lease.identity, last=last)
        reply = await self.composer.compose(lease.question, lease.progress, answer, note)
        variant = reply.variant_number(lease.progress.variant)
        if lease.progress.state is not State.SHOWN:
            # Before it is seen, as a reply may follow at once.
            await self.listening.note_answer(
                lease.question.place, lease.thread, asked_back=bool(answer.clarification)
            )
            lease, variant = await self.responder.respond(lease, reply)
            await self.feedback.note_answer(
                lease.question.id, lease.question.place, lease.thread, lease.progress.ts or ""
            )
            shown = reply.variants[variant].name
            lease = await self.queue.advance(lease, state=State.SHOWN, variant=shown)
        sent = json.loads(lease.progress.files)
        image = await self._add_chart(lease, reply, variant, sent, last=last)
        missing = await self._share_files(lease, reply, variant, sent, last=last)
        if missing:
            lease = await self.queue.save(lease, files=json.dumps(sent | dict.fromkeys(missing, "")))
            reply = await self.composer.compose(lease.question, lease.progress, answer, note)
            await self._say_what_is_missing(lease, reply, variant, image)
        await self.responder.close(
            lease,
            ANSWERED,
            asked_back=bool(answer.clarification),
            sql=answer.query.sql if answer.query else "",
        )

    async def _add_chart(
        self, lease: QuestionLease, reply: Reply, variant: int, sent: dict[str, str], *, last: bool
    ) -> Block | None:
        """Put the chart into the answer, or below it; return what the answer shows, which may be none."""
        if not reply.picture or not lease.progress.ts or reply.variants[variant].has_native_chart:
            return None
        try:
            picture = await self.chart_images.chart_image(lease.progress.ref, reply.picture, lease.identity)
            if picture is None:
                return None
            # When edits are scarce, answers go first, and charts are posted below them.
            if await self.messages.can_spare_an_edit(await self.queue.active()):
                block = await self.chart_images.upload(picture)
                if block and await self._embed(lease, reply, variant, block):
                    return block
            await self._share(lease, picture, sent)
        except (ExecutorError, SlackRefused, SlackUnreachable) as error:
            if isinstance(error, SlackUnreachable) and not last:
                raise
            log.warning("answer.chart_missing", extra={"error": str(error)})
        return None

    async def _embed(self, lease: QuestionLease, reply: Reply, variant: int, block: Block) -> bool:
        """Edit the answer so that it shows its chart; False when Slack does not take the image there."""
        channel, ts = lease.question.place.channel, lease.progress.ts or ""
        try:
            await self.messages.show(channel, ts, reply, variant=variant, image=block)
        except SlackRefused as refused:
            log.warning("answer.chart_in_thread", extra={"slack": refused.code})
            return False
        return True

    async def _share_files(
        self, lease: QuestionLease, reply: Reply, variant: int, sent: dict[str, str], *, last: bool
    ) -> list[str]:
        """Share what the message leaves out; return the names of the files that did not get into Slack."""
        missing = []
        for file in filter(lambda file: file.completes(variant), reply.files):
            try:
                await self._share(lease, file, sent)
            except (SlackRefused, SlackUnreachable) as error:
                if isinstance(error, SlackUnreachable) and not last:
                    raise
                log.warning("answer.file_missing", extra={"slack": error.code or str(error)})
                missing.append(file.name)
        return missing

    async def _say_what_is_missing(
        self, lease: QuestionLease, reply: Reply, variant: int, image: Block | None
    ) -> None:
        """Take back that a file is attached; the answer stands whether or not Slack takes this edit."""
        channel, ts = lease.question.place.channel, lease.progress.ts or ""
        try:
            await self.messages.show(channel, ts, reply, variant=variant, image=image)
        except SlackRefused as refused:
            log.warning("answer.promise_stands", extra={"slack": refused.code})

    async def _share(self, lease: QuestionLease, file: File, sent: dict[str, str]) -> None:
        """Share a file in the thread, once; its id is added to `sent`."""
        channel = lease.question.place.channel
        if not sent.get(file.name):
            sent[file.name] = await self.files.send(file)
            await self.queue.save(lease, files=json.dumps(sent))
        elif await self.files.shared(sent[file.name], channel, lease.thread, lease.progress.ts or "0"):
            return
        await self.files.share(sent[file.name], file.title, channel, lease.thread)
