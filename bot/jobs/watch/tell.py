"""Where a watch tells: in its thread, or to its owner alone."""

from dataclasses import dataclass, replace

from bot.records.lease import JobLease
from bot.records.watch import Watch
from bot.replies.answer_privacy import AnswerPrivacy
from bot.slack.api import SlackRefused
from bot.slack.direct_messages import DirectMessages
from bot.slack.messages import Messages
from render.blockkit.blocks import Block
from render.blockkit.reply import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Posts what a run found; done once more it shows once. Raises SlackError."""

    messages: Messages
    direct_messages: DirectMessages
    privacy: AnswerPrivacy

    async def in_thread(self, lease: JobLease, watch: Watch, reply: Reply, image: Block | None) -> None:
        """Tell it where the watch was set, or its owner alone where others may read along by now."""
        place = watch.place
        if not place.is_direct and await self.privacy.wants_private(place, watch.owner.id):
            await self.owner(lease, watch, reply, image)
        else:
            await self._post(lease, place.channel, place.thread, reply, image)

    async def owner(self, lease: JobLease, watch: Watch, reply: Reply, image: Block | None = None) -> None:
        """Tell it in direct messages."""
        channel = await self.direct_messages.open(watch.owner.id)
        await self._post(lease, channel, None, reply, image)

    async def wherever(self, lease: JobLease, watch: Watch, reply: Reply) -> None:
        """Tell it in the thread, or in direct messages where nothing can be posted there."""
        try:
            await self.in_thread(lease, watch, reply, None)
        except SlackRefused:
            await self.owner(lease, watch, reply)

    async def _post(
        self, lease: JobLease, channel: str, thread: str | None, reply: Reply, image: Block | None
    ) -> None:
        """Post a message once: an attempt before this one may have, with rows that are older by now."""
        mark, written_at = lease.job.id, lease.progress.received_at * 1000
        ts = await self.messages.find(channel, thread, mark, written_at) if lease.redelivered else None
        if ts:
            await self.messages.show(channel, ts, reply, image=image)
        else:
            await self.messages.post(channel, thread, _pictured(reply, image), mark, seek=False)


def _pictured(reply: Reply, image: Block | None) -> Reply:
    """Put a picture into a message, and leave it out where Slack does not take it."""
    if image is None:
        return reply
    first = reply.variants[0]
    blocks = (*first.blocks[: first.chart_at], image, *first.blocks[first.chart_at :])
    return replace(reply, variants=(replace(first, blocks=blocks), *reply.variants))
