"""Files in Slack: uploaded in three steps, shown in our message or shared in the thread.

https://docs.slack.dev/messaging/working-with-files
"""

import asyncio
import logging
import re
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import (
    OPTIONAL_SECONDS,
    SlackRefused,
    SlackUnreachable,
    ask_slack,
    checked_thread,
    thread_messages,
)
from render.blockkit.reply import File

log = logging.getLogger(__name__)

FROM_DISK = aiohttp.ClientTimeout(total=900, connect=10, sock_read=60)
FROM_MEMORY = aiohttp.ClientTimeout(total=10)
"""For pictures and results up to a megabyte: an answer tries them four times, which together is a minute."""
GONE = frozenset({"file_not_found", "file_deleted"})
TOO_LARGE = "file_upload_size_restricted"
NOT_STORED = "upload_not_stored"
"""Our own word for a storage that answers, but not that it has the bytes."""
UPLOADS = 2
"""Of one file, each to an address of its own, before it counts as not stored."""
_STORED = re.compile(rb"OK - (\d{1,12})\s*")
_LONGEST_REPLY = 64
"""Bytes of the storage's reply that are read: another page may be long."""
GONE_MODES = frozenset({"tombstone", "hidden_by_limit"})
"""How Slack describes a file that was deleted, or that a workspace without a plan no longer shows."""
READY_WAITS = (0.15, 0.25, 0.4, 0.6, 0.8, 1.0, 1.5, 2.0)
"""Seconds between looks at a new file: Slack checks it for malware before an image block may show it."""


class Files:
    """Upload files with the caller's HTTP session."""

    def __init__(self, slack: AsyncWebClient, http: aiohttp.ClientSession) -> None:
        """Talk to Slack through `slack`, and send bytes through `http`."""
        self._slack, self._http = slack, http

    async def send(self, file: File) -> str:
        """Send the bytes and return the file's id; no user can see it yet."""
        if file.spill_file:
            return await self.send_from(file.spill_file.path, file.name)
        return await self._upload(file.name, file.content, len(file.content), file.alt_text)

    async def send_from(self, path: Path, name: str = "") -> str:
        """Send a file as `send` does, from the disk and piece by piece; as `name`, or under its own."""
        size = (await asyncio.to_thread(path.stat)).st_size
        return await self._upload(name or path.name, path, size)

    async def _upload(self, name: str, source: bytes | Path, size: int, alt_text: str = "") -> str:
        for _ in range(UPLOADS):
            slot = await ask_slack(
                self._slack.files_getUploadURLExternal(
                    filename=name, length=size, alt_txt=alt_text[:1000] or None
                )
            )
            if await self._put(str(slot["upload_url"]), source) == size:
                return str(slot["file_id"])
            log.warning("file.not_stored")
        raise SlackRefused(NOT_STORED)

    async def _put(self, address: str, source: bytes | Path) -> int | None:
        """Send the bytes; return how many the storage says that it has, None if it says something else."""
        content = source if isinstance(source, bytes) else await asyncio.to_thread(source.open, "rb")
        timeout = FROM_MEMORY if isinstance(source, bytes) else FROM_DISK
        try:
            async with self._http.post(address, data=content, timeout=timeout) as response:
                if response.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                    raise SlackRefused(TOO_LARGE)
                if not response.ok:
                    raise SlackUnreachable(f"HTTP {response.status}")
                stored = _STORED.fullmatch(await _beginning(response.content))
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise SlackUnreachable(type(error).__name__) from None
        finally:
            if not isinstance(content, bytes):
                await asyncio.to_thread(content.close)
        return int(stored[1]) if stored else None

    async def share(self, file_id: str, title: str, channel: str, thread: str) -> None:
        """Show an uploaded file in a thread."""
        await ask_slack(
            self._slack.files_completeUploadExternal(
                files=[{"id": file_id, "title": title}], channel_id=channel, thread_ts=checked_thread(thread)
            )
        )

    async def keep(self, file_id: str, title: str) -> bool:
        """Complete an upload without sharing it; False if an image block may not show it before long."""
        await ask_slack(self._slack.files_completeUploadExternal(files=[{"id": file_id, "title": title}]))
        for wait in READY_WAITS:
            try:
                async with asyncio.timeout(OPTIONAL_SECONDS):
                    seen = await ask_slack(self._slack.files_info(file=file_id))
            except (SlackRefused, TimeoutError):
                return False  # without files:read, or an answer, we cannot know when it is ready
            info: dict[str, Any] = seen.get("file") or {}
            if info.get("mimetype"):
                return True
            await asyncio.sleep(wait)
        return False

    async def link(self, file_id: str, channel: str, thread: str) -> str | None:
        """Return where a shared file can be seen ("" where only its thread tells), None if it is not there.

        Slack needs a moment until a file that was shared has an address or stands in its thread.
        """
        for wait in (*READY_WAITS, 0.0):
            address = await self._address(file_id)
            if address or address is None:
                return address
            if await self.shared(file_id, channel, thread):
                return ""
            await asyncio.sleep(wait)
        return None

    async def _address(self, file_id: str) -> str | None:
        """Return the address of a file, "" where Slack does not tell it, None if the file is gone."""
        try:
            file = (await ask_slack(self._slack.files_info(file=file_id))).get("file") or {}
        except SlackRefused as refused:
            return None if refused.code in GONE else ""
        return None if file.get("mode") in GONE_MODES else str(file.get("permalink") or "")

    async def remove(self, file_id: str) -> None:
        """Delete a file; again and again is the same as once."""
        try:
            await ask_slack(self._slack.files_delete(file=file_id))
        except SlackRefused as refused:
            if refused.code not in GONE:
                raise

    async def shared(self, file_id: str, channel: str, thread: str, since: str = "0") -> bool:
        """Whether a file already stands in a thread, after the message `since`."""
        async for message in thread_messages(self._slack, channel, thread, since):
            if any(file.get("id") == file_id for file in message.get("files") or []):
                return True
        return False


async def _beginning(reply: aiohttp.StreamReader) -> bytes:
    """Return the first bytes of a reply, which may come in pieces."""
    try:
        return await reply.readexactly(_LONGEST_REPLY)
    except asyncio.IncompleteReadError as whole:
        return whole.partial
