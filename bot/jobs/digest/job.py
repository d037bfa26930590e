"""Posts the digest, once, and its file in the thread."""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.jobs.digest.entries import Entries
from bot.jobs.watch.due import next_due, zone_of
from bot.records.lease import JobLease
from bot.records.question import Place
from bot.records.watch import Rhythm
from bot.replies.responder import StepContext
from bot.slack.api import SlackRefused
from bot.slack.channels import ChannelKind, Channels
from bot.slack.files import Files
from bot.slack.messages import Messages
from bot.store.keys import DAY, QUESTION_LIFETIME
from render.blockkit.reply import File, Reply
from render.digest.count import digest
from render.digest.message import message

log = logging.getLogger(__name__)

NOBODY = "nobody asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestJob(StepContext):
    """Tells the experts' channel what was asked in the week before it was due."""

    entries: Callable[..., Entries]
    channels: Channels
    messages: Messages
    files: Files
    time_zone: str
    """In which a week begins on Monday morning."""

    async def run(self, lease: JobLease) -> None:
        """Post the message, then its file; nothing where nothing was asked."""
        due = int(lease.job.id.rpartition(".")[2])
        before = next_due(Rhythm.MONDAYS, self.time_zone, due - 8 * DAY)
        # Records of what was asked earlier may be gone by now.
        since = max(before, lease.now - QUESTION_LIFETIME)
        found = await self._entries(lease.job.place).between(since, due)
        if not found:
            await self.responder.close(lease, NOBODY)
            return
        zone = zone_of(self.time_zone)
        reply = await asyncio.to_thread(lambda: message(digest(found, since, due, zone)))
        try:
            lease = await self._post(lease, reply)
        except SlackRefused as refused:
            channel = lease.job.place.channel
            log.warning("digest.not_posted", extra={"slack": refused.code, "channel": channel})
            await self.responder.close(lease, "refused")
            return
        try:
            for file in reply.files:
                await self._share(lease, file, lease.progress.ts or "")
        except SlackRefused as refused:
            log.warning("digest.file_missing", extra={"slack": refused.code})
        await self.responder.close(lease, "told")

    async def _post(self, lease: JobLease, reply: Reply) -> JobLease:
        if lease.progress.ts:
            return lease
        channel, mark = lease.job.place.channel, lease.job.id
        posted = await self.messages.post(channel, None, reply, mark, seek=lease.redelivered)
        return await self.queue.advance(lease, ts=posted.ts)

    async def _share(self, lease: JobLease, file: File, thread: str) -> None:
        """Share a file in the thread, once."""
        channel, sent = lease.job.place.channel, json.loads(lease.progress.files)
        file_id = sent.get(file.title)
        if not file_id:
            file_id = await self.files.send(file)
            lease = await self.queue.save(lease, files=json.dumps({file.title: file_id}))
        elif await self.files.shared(file_id, channel, thread):
            return
        await self.files.share(file_id, file.title, channel, thread)

    def _entries(self, experts: Place) -> Entries:
        """Read with the words of questions that everybody who reads the digest may see anyway."""
        seen: dict[str, bool] = {}

        async def may_see(place: Place) -> bool:
            if place.channel not in seen:
                seen[place.channel] = await self._may_see(place, experts)
            return seen[place.channel]

        return self.entries(may_see=may_see)

    async def _may_see(self, place: Place, experts: Place) -> bool:
        """Tell whether a channel is public or the experts' own, and all of these are colleagues."""
        readers = await self.channels.read(experts.team, experts.channel)
        if readers.may_have_outsiders:
            return False
        if place.channel == experts.channel:
            return True
        return (await self.channels.read(place.team, place.channel)).kind is ChannelKind.PUBLIC
