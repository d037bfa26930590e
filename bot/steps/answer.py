"""Shows the answer of a finished message: loads the rows, composes, responds, adds chart and files."""

import json
import logging
from dataclasses import dataclass

from bot.failures.retry import MAX_ATTEMPTS
from bot.identity.model import GenieOf
from bot.offload.executor import ExecutorError
from bot.records.lease import QuestionLease
from bot.records.progress import ANSWERED
from bot.replies.chart_image import ChartImages
from bot.replies.compose import AnswerComposer
from bot.replies.load_answer import AnswerLoader
from bot.slack.api import SlackRefused, SlackUnreachable
from bot.steps.show import ShowStep
from genie.model import Message
from render.blockkit.blocks import Block
from render.blockkit.reply import Reply

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerStep(ShowStep):
    """Delivers the answer of a finished message; an attempt goes on where an earlier one stopped."""

    genie_of: GenieOf
    loader: AnswerLoader
    composer: AnswerComposer
    chart_images: ChartImages

    async def run(self, lease: QuestionLease, message: Message | None = None) -> None:
        """Show the answer, then what takes longer: its chart and its files."""
        message = message or await self.genie_of(lease.identity).message(lease.progress.ref)
        last = lease.progress.attempts >= MAX_ATTEMPTS - 1
        answer, note = await self.loader.read_or_explain(
            message, lease.identity, lease.question.attachment, last=last
        )
        reply = await self.composer.compose(lease.question, lease.progress, answer, note)
        lease, variant = await self.show(lease, reply, asked_back=bool(answer.clarification))
        sent = json.loads(lease.progress.files)
        image = await self._add_chart(lease, reply, variant, sent, last=last)
        if missing := await self.share_files(lease, reply, variant, sent, last=last):
            lease = await self.note_missing(lease, sent, missing)
            reply = await self.composer.compose(lease.question, lease.progress, answer, note)
            await self.say_what_is_missing(lease, reply, variant, image)
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
            await self.share(lease, picture, sent)
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
