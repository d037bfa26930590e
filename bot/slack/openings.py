"""How a thread began before the bot was asked in it: what an app wrote there, and whether the bot had a part.

https://docs.slack.dev/reference/methods/conversations.replies
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import ask_slack, optional
from bot.slack.app_text import app_text
from bot.slack.users import question_text

READ = 100
"""Messages of a thread, the oldest first."""
MOST_CHARACTERS = 3_000


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of a thread."""

    app_text: str = field(default="", repr=False)
    """What another app wrote in its first message; empty for one of a person, or of ours."""
    ours: bool = False
    """We wrote in the thread before."""


class Openings:
    """Reads the beginnings of threads."""

    def __init__(self, slack: AsyncWebClient, bot_user: str) -> None:
        """`bot_user` is who we are."""
        self._slack, self._bot_user = slack, bot_user

    async def glance(self, channel: str, thread: str) -> Opening:
        """Return how a thread began; as if by a person where Slack does not say so in time."""
        return await optional(self.read(channel, thread), Opening())

    async def read(self, channel: str, thread: str) -> Opening:
        """Return how a thread began; SlackError."""
        call = self._slack.conversations_replies(channel=channel, ts=thread, limit=READ)
        messages: list[dict[str, Any]] = (await ask_slack(call)).get("messages") or []
        first = next((each for each in messages if each.get("ts") == thread), {})
        by_app = bool(first.get("bot_id")) and first.get("user") != self._bot_user
        return Opening(
            app_text=self._words(first) if by_app else "",
            ours=any(each.get("user") == self._bot_user for each in messages),
        )

    def _words(self, message: Mapping[str, Any]) -> str:
        return question_text(app_text(message), self._bot_user, {})[:MOST_CHARACTERS]
