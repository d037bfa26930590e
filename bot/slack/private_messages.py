"""Words for one person alone, wherever that person can read them."""

from bot.records.lease import Lease, QuestionLease
from bot.slack.api import SlackRefused
from bot.slack.direct_messages import DirectMessages
from bot.slack.ephemeral import EphemeralReplies
from bot.slack.messages import Messages
from render.blockkit.reply import Reply


class PrivateMessages:
    """Tells a person what is for nobody else, where they asked or clicked, or else in direct messages."""

    def __init__(
        self, messages: Messages, ephemeral_replies: EphemeralReplies, direct_messages: DirectMessages
    ) -> None:
        self._messages, self._ephemeral, self._direct = messages, ephemeral_replies, direct_messages

    async def tell(self, lease: Lease, reply: Reply, mark: str) -> None:
        """Tell the person of a question or a job something where it was asked; SlackError."""
        record = lease.record
        channel, thread = record.place.channel, _thread_with_replies(lease)
        url = record.response_url
        if url and await self._ephemeral.respond(url, reply, record.place.thread):
            return
        if record.place.is_direct:
            await self._messages.post(channel, lease.thread or None, reply, mark, seek=lease.redelivered)
            return
        try:
            await self._ephemeral.post(channel, thread, lease.identity.id, reply)
        except SlackRefused:  # neither of them has to be in the channel
            await self.tell_directly(lease, reply, mark)

    async def tell_directly(self, lease: Lease, reply: Reply, mark: str) -> None:
        """Tell the person of a question or a job something in direct messages, where it stays; SlackError."""
        channel = await self._direct.open(lease.identity.id)
        await self._messages.post(channel, None, reply, mark, seek=lease.redelivered)


def _thread_with_replies(lease: Lease) -> str:
    """Return the thread; empty for one without a reply, in which Slack shows nothing to one person alone."""
    begins = isinstance(lease, QuestionLease) and lease.question.begins_thread
    return "" if begins and not lease.progress.ts else lease.thread
