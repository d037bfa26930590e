"""Direct messages: the way to one person, and taking away what we wrote there.

https://docs.slack.dev/reference/methods/conversations.open
"""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import SlackRefused, ask_slack, thread_messages

GONE = frozenset({"message_not_found", "file_not_found", "file_deleted", "thread_not_found"})


class DirectMessages:
    """Write to people of whom we know only the id."""

    def __init__(self, slack: AsyncWebClient, bot_user: str) -> None:
        """`bot_user` is who we are."""
        self._slack, self._bot_user = slack, bot_user

    async def open(self, user: str) -> str:
        """Return the channel of the direct messages with somebody."""
        opened = await ask_slack(self._slack.conversations_open(users=user))
        return str(opened["channel"]["id"])

    async def remove(self, channel: str, ts: str) -> None:
        """Take a message of ours away; again and again is the same as once."""
        await _unless_gone(self._slack.chat_delete(channel=channel, ts=ts))

    async def remove_thread(self, channel: str, thread: str) -> None:
        """Take all away that is ours in a thread, its files included, and its first message last."""
        said = [each async for each in thread_messages(self._slack, channel, thread, "0")]
        for message in reversed([each for each in said if each.get("user") == self._bot_user]):
            for file in message.get("files") or []:
                await _unless_gone(self._slack.files_delete(file=file["id"]))
            await self.remove(channel, str(message["ts"]))


async def _unless_gone(call: Any) -> None:
    try:
        await ask_slack(call)
    except SlackRefused as refused:
        if refused.code not in GONE:
            raise
