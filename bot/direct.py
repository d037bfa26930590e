"""Direct messages: the way to one person, and taking away what we wrote there.

https://docs.slack.dev/reference/methods/chat.delete
"""

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import SlackRefused, ask_slack, thread_messages
from bot.uploads import Uploads

GONE = frozenset({"message_not_found", "thread_not_found"})


class DirectMessages:
    """Write to people of whom we know only the id."""

    def __init__(self, slack: AsyncWebClient, uploads: Uploads, bot_user: str) -> None:
        """`bot_user` is who we are."""
        self._slack, self._uploads, self._bot_user = slack, uploads, bot_user

    async def open(self, user: str) -> str:
        """Return the channel of the direct messages with somebody."""
        return await self._uploads.direct(user)

    async def remove(self, channel: str, ts: str) -> None:
        """Take a message of ours away; again and again is the same as once."""
        try:
            await ask_slack(self._slack.chat_delete(channel=channel, ts=ts))
        except SlackRefused as refused:
            if refused.code not in GONE:
                raise

    async def remove_thread(self, channel: str, thread: str) -> None:
        """Take all away that is ours in a thread, its files included, and its first message last."""
        try:
            said = [each async for each in thread_messages(self._slack, channel, thread, "0")]
        except SlackRefused as refused:
            if refused.code not in GONE:
                raise
            return
        for message in reversed([each for each in said if each.get("user") == self._bot_user]):
            for file in message.get("files") or []:
                await self._uploads.remove(file["id"])
            await self.remove(channel, str(message["ts"]))
