"""Direct messages: open them, and remove what the bot wrote there.

https://docs.slack.dev/reference/methods/chat.delete
"""

from collections.abc import Collection, Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import GONE, SlackRefused, ask_slack, optional, thread_messages
from bot.slack.files import Files

NOTHING_THERE = frozenset({GONE, "thread_not_found"})


class DirectMessages:
    """Opens direct messages with users, and removes our messages."""

    def __init__(self, slack: AsyncWebClient, files: Files, bot_user: str) -> None:
        """`bot_user` is who we are."""
        self._slack, self._files, self._bot_user = slack, files, bot_user

    async def open(self, user: str) -> str:
        """Return the channel of the direct messages with a user."""
        return await direct_channel(self._slack, user)

    async def remove_thread(self, channel: str, thread: str) -> None:
        """Take all away that is ours in a thread, its files included, and its first message last."""
        for message in await self._ours(channel, thread):
            await self._remove(channel, message)

    async def remove_answer(self, channel: str, thread: str, ts: str, files: Collection[str]) -> None:
        """Take one message of a thread away, and those that hold `files`; the others stay."""
        for message in await self._ours(channel, thread):
            if message["ts"] == ts or not files_in(message).isdisjoint(files):
                await self._remove(channel, message)

    async def _ours(self, channel: str, thread: str) -> list[dict[str, Any]]:
        """Return what we said in a thread, latest first; nothing of one that is gone."""
        try:
            said = [each async for each in thread_messages(self._slack, channel, thread, "0")]
        except SlackRefused as refused:
            if refused.code not in NOTHING_THERE:
                raise
            return []
        return [each for each in reversed(said) if each.get("user") == self._bot_user]

    async def _remove(self, channel: str, message: dict[str, Any]) -> None:
        """Take a message away with its files; again and again is the same as once."""
        for file_id in files_in(message):
            await self._files.remove(file_id)
        try:
            await ask_slack(self._slack.chat_delete(channel=channel, ts=str(message["ts"])))
        except SlackRefused as refused:
            if refused.code not in NOTHING_THERE:
                raise


async def are_of_others(slack: AsyncWebClient, channel: str, user: str) -> bool:
    """Tell whether a user's direct messages are with a person, and not with us; no if Slack says nothing."""
    return await optional(direct_channel(slack, user), channel) != channel


async def direct_channel(slack: AsyncWebClient, user: str) -> str:
    """Return the channel of the direct messages with a user; SlackError."""
    return str((await ask_slack(slack.conversations_open(users=user)))["channel"]["id"])


def files_in(message: Mapping[str, Any]) -> set[str]:
    """Return the ids of the files of a message, whether they are shared or shown in it as pictures."""
    shown = [block.get("slack_file") for block in message.get("blocks") or []]
    return {
        str(each["id"]) for each in [*(message.get("files") or []), *filter(None, shown)] if each.get("id")
    }
