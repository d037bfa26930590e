"""Files in Slack: uploaded in three steps, shown in our message or shared in the thread.

https://docs.slack.dev/messaging/working-with-files
"""

import asyncio
from http import HTTPStatus
from io import BufferedReader
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

SENDING = aiohttp.ClientTimeout(total=900, connect=10, sock_read=60)
GONE = frozenset({"file_not_found", "file_deleted"})
TOO_LARGE = "file_upload_size_restricted"
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
        slot = await ask_slack(
            self._slack.files_getUploadURLExternal(
                filename=file.name, length=len(file.content), alt_txt=file.alt_text[:1000] or None
            )
        )
        await self._put(slot, file.content)
        return str(slot["file_id"])

    async def send_from(self, path: Path, name: str = "") -> str:
        """Send a file as `send` does, from the disk and piece by piece; as `name`, or under its own."""
        size = (await asyncio.to_thread(path.stat)).st_size
        slot = await ask_slack(
            self._slack.files_getUploadURLExternal(filename=name or path.name, length=size)
        )
        opened = await asyncio.to_thread(path.open, "rb")
        try:
            await self._put(slot, opened)
        finally:
            await asyncio.to_thread(opened.close)
        return str(slot["file_id"])

    async def _put(self, slot: dict[str, Any], content: bytes | BufferedReader) -> None:
        try:
            async with self._http.post(slot["upload_url"], data=content, timeout=SENDING) as response:
                if response.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                    raise SlackRefused(TOO_LARGE)
                if not response.ok:
                    raise SlackUnreachable(f"HTTP {response.status}")
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise SlackUnreachable(type(error).__name__) from None

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
                call = self._slack.files_info(file=file_id)
                seen = await asyncio.wait_for(ask_slack(call), OPTIONAL_SECONDS)
            except (SlackRefused, TimeoutError):
                return False  # without files:read, or an answer, we cannot know when it is ready
            info: dict[str, Any] = seen.get("file") or {}
            if info.get("mimetype"):
                return True
            await asyncio.sleep(wait)
        return False

    async def link(self, file_id: str) -> str | None:
        """Return where a file that was shared can be seen ("" while Slack does not tell), None if it is gone.

        SlackRefused when we may not look.
        """
        try:
            file = (await ask_slack(self._slack.files_info(file=file_id))).get("file") or {}
        except SlackRefused as refused:
            if refused.code in GONE:
                return None
            raise
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
