"""Exports the rows of an answer: loads them again, and shares them as a file in the thread, once."""

import asyncio
import json
import logging
from contextlib import nullcontext
from dataclasses import dataclass, field

from bot.jobs.answer_job import AnswerJob
from bot.jobs.export.build_file import FileBuilder, UploadedFile
from bot.offload.executor import ExecutorError
from bot.records.lease import JobLease
from bot.replies.load_answer import LoadedAnswer
from bot.slack.api import SlackRefused, SlackSignedOut, SlackUnreachable
from bot.slack.files import Files
from genie.model import Table
from render import words

log = logging.getLogger(__name__)

MAX_FULL_EXPORTS = 2
"""Of one process at a time: each may take much room on the disk."""
BUSY_SECONDS = 3.0
"""Until the next look for room."""
SLOW_SECONDS = 2.5
"""After which the user hears that the file is being made."""
MAX_FILE_ATTEMPTS = 3
"""Fewer than of other reads: each may run a query."""


class _Busy(Exception):  # noqa: N818 - named for what is the matter
    """There is no room for another full export."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportJob(AnswerJob):
    """Exports an answer as a file; an attempt goes on with the file that an earlier one has uploaded."""

    builder: FileBuilder
    files: Files
    full_exports: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MAX_FULL_EXPORTS))

    async def run(self, lease: JobLease) -> None:
        """Share the file, or tell the user who clicked why there is none."""
        try:
            if lease.progress.waiting:
                self._check_room()
            await self._export(lease)
        except _Busy:
            await self._wait(lease)
        except SlackRefused as refused:
            log.warning("export.upload_refused", extra={"slack": refused.code})
            sentence = words.export.REFUSED.get(refused.code, words.export.NOT_TAKEN)
            await self.responder.reject(lease, sentence, "refused")
        except (ExecutorError, OSError) as error:
            log.warning("export.build_failed", extra={"error": type(error).__name__})
            await self.responder.reject(lease, words.export.CRASHED, "not built")

    def _check_room(self) -> None:
        if self.full_exports.locked():
            raise _Busy

    async def _wait(self, lease: JobLease) -> None:
        if not lease.progress.waiting:
            await self.responder.notify(lease, words.export.WAITING)
        await self.queue.postpone(lease, BUSY_SECONDS, waiting=1)

    async def _export(self, lease: JobLease) -> None:
        link = await self._earlier_file(lease)
        if link is not None:
            await self._close(lease, link, shared_now=lease.redelivered)
            return
        if lease.progress.attempts >= MAX_FILE_ATTEMPTS:
            await self.responder.reject(lease, words.export.CRASHED, "given up")
            return
        loaded = await self.load(lease, forgotten=words.export.TOO_OLD, attempts=MAX_FILE_ATTEMPTS)
        if loaded is None:
            return
        table = loaded.answer.table
        if table is None or not table.rows:
            await self.responder.reject(lease, words.export.NO_ROWS, "no rows")
            return
        link = await self._file_of_answer(lease, loaded, table)
        if link is not None:
            await self._close(lease, link, shared_now=False)
            return
        upload = await self._upload(lease, loaded, table)
        await self._share(lease, upload)
        if upload.note:
            await self.responder.ephemeral(lease, upload.note)
        await self.responder.close(lease, "exported")

    async def _close(self, lease: JobLease, link: str, *, shared_now: bool) -> None:
        if not shared_now:
            await self.responder.ephemeral(lease, words.export.stands(link))
        await self.responder.close(lease, "exported" if shared_now else "there")

    async def _earlier_file(self, lease: JobLease) -> str | None:
        """Share what an earlier attempt has uploaded; return the link of the file, None without any."""
        saved = json.loads(lease.progress.files)
        if not saved:
            return None
        upload = UploadedFile(**saved)
        link = await self._link(lease, upload.file_id)
        if link is not None:
            return link
        try:
            await self._share(lease, upload)
        except SlackRefused as refused:
            # Never uploaded completely, or deleted meanwhile: it is built anew.
            log.info("export.upload_missing", extra={"slack": refused.code})
            return None
        return await self._link(lease, upload.file_id) or ""

    async def _link(self, lease: JobLease, file_id: str) -> str | None:
        """Return the link of a file that is in Slack, None if it is not."""
        return await self.files.link(file_id, lease.job.place.channel, lease.thread)

    async def _file_of_answer(self, lease: JobLease, loaded: LoadedAnswer, table: Table) -> str | None:
        """Return the link of the answer's own file, if it has all rows in the format that is wanted."""
        files: dict[str, str] = json.loads(loaded.progress.files)
        ids = [file_id for name, file_id in files.items() if name.endswith(f".{lease.job.payload}")]
        return await self._link(lease, ids[0]) if any(ids) and not table.incomplete else None

    async def _upload(self, lease: JobLease, loaded: LoadedAnswer, table: Table) -> UploadedFile:
        last = lease.progress.attempts >= MAX_FILE_ATTEMPTS - 1
        if table.incomplete:
            self._check_room()
        slow = asyncio.create_task(self._notify_when_slow(lease))

        async def notify(sentence: str) -> None:
            slow.cancel()
            await self._notify(lease, sentence)

        try:
            async with self.full_exports if table.incomplete else nullcontext():
                upload = await self.builder.build(loaded, table, lease.job.payload, notify, last=last)
        except (SlackSignedOut, SlackUnreachable) as error:
            if not last:
                raise
            # Each attempt may run a query, and nothing is in Slack that could be kept for a better time.
            raise SlackRefused(type(error).__name__) from error
        finally:
            slow.cancel()
            await asyncio.gather(slow, return_exceptions=True)
        await self.queue.save(lease, files=json.dumps({"file_id": upload.file_id, "title": upload.title}))
        return upload

    async def _notify_when_slow(self, lease: JobLease) -> None:
        await asyncio.sleep(SLOW_SECONDS)
        await self._notify(lease, words.export.MAKING)

    async def _notify(self, lease: JobLease, sentence: str) -> None:
        if not lease.redelivered:  # the user has read it, and Slack allows few replies to one click
            await self.responder.notify(lease, sentence)

    async def _share(self, lease: JobLease, upload: UploadedFile) -> None:
        await self.files.share(upload.file_id, upload.title, lease.job.place.channel, lease.thread)
