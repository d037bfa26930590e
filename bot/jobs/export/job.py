"""Orders for the rows of an answer as a file: read again, written, and shared in the thread once."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field

from bot.failures import causes
from bot.jobs.export.build_file import FileBuilder, UploadedFile
from bot.offload.executor import ExecutorError
from bot.question import JobLease
from bot.replies.load_answer import AnswerLoader, LoadedAnswer
from bot.replies.responder import StepContext
from bot.slack.api import SlackRefused, SlackSignedOut, SlackUnreachable
from bot.slack.files import Files
from bot.store.questions import NotStored
from genie.errors import GenieError
from genie.model import Table
from render import words

log = logging.getLogger(__name__)

AT_ONCE = 2
"""Whole results that one process exports at a time: their size on the disk is what limits it."""
BUSY = 3.0
"""Seconds until an order looks again whether it can be begun."""
QUIET = 2.5
"""Seconds that a file may take before whoever ordered it hears that it is being made."""
EXPORTED, THERE = "exported", "there"
"""How an order ends well: with a file, or with the one that was there."""
MAX_FILE_ATTEMPTS = 3
"""Fewer than of other reads: each may run a query."""


class _Busy(Exception):  # noqa: N818 - named for what is the matter
    """As many whole results as there is room for are on their way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportJob(StepContext):
    """Carry out an order for a file; every step may be repeated by a successor."""

    loader: AnswerLoader
    builder: FileBuilder
    files: Files
    full_exports: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def run(self, lease: JobLease) -> None:
        """Make and share the file, or tell whoever ordered it why there is none."""
        try:
            if lease.progress.waiting:
                self._room()
            outcome, sentence = await self._carried_out(lease)
        except _Busy:
            await self._wait(lease)
            return
        if outcome in {EXPORTED, THERE}:
            if sentence:
                await self.responder.ephemeral(lease, sentence)
            await self.responder.close(lease, outcome)
        else:
            await self.responder.reject(lease, sentence, outcome)

    def _room(self) -> None:
        if self.full_exports.locked():
            raise _Busy

    async def _wait(self, lease: JobLease) -> None:
        """Look again later, and say so the first time."""
        if not lease.progress.waiting:
            await self.responder.ephemeral(lease, words.export.WAITING)
        await self.queue.postpone(lease, BUSY, waiting=1)

    async def _carried_out(self, lease: JobLease) -> tuple[str, str]:
        """Return what became of the order, for the log, and what is left to say."""
        try:
            return await self._carry_out(lease)
        except SlackRefused as refused:
            log.warning("export.upload_refused", extra={"slack": refused.code})
            return "refused", words.export.REFUSED.get(refused.code, words.export.NOT_TAKEN)
        except GenieError as error:
            cause = causes.of_error(error)
            if cause.transient and lease.progress.attempts < MAX_FILE_ATTEMPTS - 1:
                raise
            log.warning("export.fetch_failed", extra={"error": str(error)})
            return "unread", cause.words
        except (ExecutorError, NotStored, OSError) as error:
            log.warning("export.build_failed", extra={"error": type(error).__name__})
            return "not made", words.export.CRASHED

    async def _carry_out(self, lease: JobLease) -> tuple[str, str]:
        there = await self._there(lease)
        if there is not None:
            return (EXPORTED, "") if lease.redelivered else (THERE, words.export.stands(there))
        if lease.progress.attempts >= MAX_FILE_ATTEMPTS:
            return "given up", words.export.CRASHED
        loaded = await self.loader.load_answer(lease.job.about)
        if loaded is None:
            return "too old", words.export.TOO_OLD
        table = loaded.answer.table
        if table is None or not table.rows:
            return "no rows", words.export.NO_ROWS
        there = await self._automatic(lease, loaded, table)
        if there is not None:
            return THERE, words.export.stands(there)
        uploaded = await self._made(lease, loaded, table)
        await self._share(lease, uploaded)
        return EXPORTED, uploaded.note

    async def _there(self, lease: JobLease) -> str | None:
        """Finish what a predecessor began; return where the file stands, or None if it is not there."""
        saved = json.loads(lease.progress.files)
        if not saved:
            return None
        uploaded = UploadedFile(**saved)
        link = await self._link(lease, uploaded.file_id)
        if link is not None:
            return link
        try:
            await self._share(lease, uploaded)
        except SlackRefused as refused:
            # UploadedFile but never finished, or deleted meanwhile: it is made anew.
            log.info("export.upload_missing", extra={"slack": refused.code})
            return None
        return await self._link(lease, uploaded.file_id) or ""

    async def _link(self, lease: JobLease, file_id: str) -> str | None:
        """Return the link of a file that stands in Slack, None if it does not."""
        try:
            return await self.files.link(file_id)
        except SlackRefused:
            # We may not look at files, but at the thread.
            there = await self.files.shared(file_id, lease.job.place.channel, lease.thread)
            return "" if there else None

    async def _automatic(self, lease: JobLease, loaded: LoadedAnswer, table: Table) -> str | None:
        """Return where the answer's own file stands, if it has all rows in the form that is wanted."""
        files: dict[str, str] = json.loads(loaded.progress.files)
        ids = [file_id for name, file_id in files.items() if name.endswith(f".{lease.job.payload}")]
        return await self._link(lease, ids[0]) if ids and not table.incomplete else None

    async def _made(self, lease: JobLease, loaded: LoadedAnswer, table: Table) -> UploadedFile:
        last = lease.progress.attempts >= MAX_FILE_ATTEMPTS - 1
        if table.incomplete:
            self._room()
        try:
            async with (
                self.full_exports if table.incomplete else nullcontext(),
                self._telling(lease) as notify,
            ):
                uploaded = await self.builder.build(loaded, table, lease.job.payload, notify, last=last)
        except (SlackSignedOut, SlackUnreachable) as error:
            if not last:
                raise
            # Each try may run a query, and nothing was uploaded that could be kept for a better time.
            raise SlackRefused(type(error).__name__) from error
        await self.queue.save(lease, files=json.dumps({"file_id": uploaded.file_id, "title": uploaded.title}))
        return uploaded

    async def _share(self, lease: JobLease, uploaded: UploadedFile) -> None:
        await self.files.share(uploaded.file_id, uploaded.title, lease.job.place.channel, lease.thread)

    @asynccontextmanager
    async def _telling(self, lease: JobLease) -> AsyncIterator[Callable[[str], Awaitable[None]]]:
        """Give a way to say one thing about the work, and say that it goes on if nothing else was said."""

        async def tell(sentence: str) -> None:
            if not lease.redelivered:  # whoever waits has heard it, and Slack gives us few words
                await self.responder.ephemeral(lease, sentence)

        async def notify(sentence: str) -> None:
            waiting.cancel()
            await tell(sentence)

        async def wait() -> None:
            await asyncio.sleep(QUIET)
            await tell(words.export.MAKING)

        waiting = asyncio.create_task(wait())
        try:
            yield notify
        finally:
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
