"""Ephemeral messages, through a `response_url` where there is one, and permalinks.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

import contextlib
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.api import ask_slack, optional, permalink
from render.blockkit.reply import Reply

TIMEOUT = aiohttp.ClientTimeout(total=5)
"""A question loses no more to a reply that does not get through."""
_PRIVATE = {"response_type": "ephemeral", "replace_original": False}


class EphemeralReplies:
    """Replies that only one user sees; a failure is ignored."""

    def __init__(self, slack: AsyncWebClient, http: aiohttp.ClientSession) -> None:
        """Slack's addresses are called through `http`, as they need no token."""
        self._slack, self._http = slack, http

    async def say(self, response_url: str, text: str, thread: str | None = None) -> None:
        """Tell only who used a slash command or a button, in a thread, even where the bot may not post."""
        await self._send(response_url, _PRIVATE | {"text": text}, thread)

    async def respond(self, response_url: str, reply: Reply, thread: str | None = None) -> bool:
        """Say the same with blocks; False when Slack did not take it, as after half an hour."""
        content = {"text": reply.text, "blocks": list(reply.variants[0].blocks)}
        return await self._send(response_url, _PRIVATE | content, thread)

    async def replace(self, response_url: str, text: str) -> bool:
        """Put a text in the place of the message in which the user clicked."""
        return await self._send(response_url, {"text": text, "replace_original": True})

    async def _send(self, response_url: str, content: dict[str, Any], thread: str | None = None) -> bool:
        with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
            body = content | ({"thread_ts": thread} if thread else {})
            async with self._http.post(response_url, json=body, timeout=TIMEOUT) as response:
                response.release()
                return response.ok
        return False

    async def post(self, channel: str, thread: str, user: str, reply: Reply) -> None:
        """Show one user something in a thread without a click before it; SlackError."""
        await ask_slack(post_ephemeral(self._slack, channel, thread or None, user, reply))

    async def link(self, channel: str, ts: str) -> str:
        """Return the address of a message; empty if Slack does not tell it in time."""
        return await optional(permalink(self._slack, channel, ts), "") or ""


async def post_ephemeral(
    slack: AsyncWebClient, channel: str, thread: str | None, user: str, reply: Reply
) -> AsyncSlackResponse:
    """Call Slack's method; https://docs.slack.dev/reference/methods/chat.postEphemeral."""
    blocks = list(reply.variants[0].blocks)
    return await slack.chat_postEphemeral(
        channel=channel, user=user, thread_ts=thread, text=reply.text, blocks=blocks
    )
