"""The two generations of Slack's native status, which do not take each other's words.

https://docs.slack.dev/reference/methods/assistant.threads.setStatus (until February 2027)
https://docs.slack.dev/reference/methods/agents.sessions.setStatus (for apps that are declared agents)
"""

from collections.abc import Awaitable
from typing import Protocol

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from render.progress import status_line


class Generation(Protocol):
    """One of the ways in which Slack shows that somebody is at work in a thread."""

    method: str
    fresh: float
    """Seconds for which a word stands for sure; later it has to be said again, or Slack takes it away."""

    def word(self, status: str) -> str:
        """Return what to tell Slack while Genie's message is in `status`."""

    def last_word(self, *, asked_back: bool) -> str:
        """Return what to tell Slack at the end."""

    def tell(self, channel: str, thread: str, word: str) -> Awaitable[AsyncSlackResponse]:
        """Make the call."""


class Assistant:
    """Any words, for two minutes or until the app posts; an empty one takes them away."""

    method = "assistant.threads.setStatus"
    fresh = 90.0

    def __init__(self, slack: AsyncWebClient) -> None:
        """Call Slack through `slack`."""
        self._slack = slack

    def word(self, status: str) -> str:
        """Return a short sentence."""
        return status_line(status)

    def last_word(self, *, asked_back: bool) -> str:  # noqa: ARG002 - a line is gone either way
        """Return nothing."""
        return ""

    def tell(self, channel: str, thread: str, word: str) -> Awaitable[AsyncSlackResponse]:
        """Make the call."""
        return self._slack.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=word)


class AgentSession:
    """One of Slack's own words, for an hour; nothing but another word ends it."""

    method = "agents.sessions.setStatus"
    fresh = 3000.0

    def __init__(self, slack: AsyncWebClient) -> None:
        """Call Slack through `slack`."""
        self._slack = slack

    def word(self, status: str) -> str:  # noqa: ARG002 - Slack shows the same for all of them
        """Return the word for work of any kind."""
        return "processing"

    def last_word(self, *, asked_back: bool) -> str:
        """Tell a thread that waits for a person from one that is done."""
        return "suspended" if asked_back else "active"

    def tell(self, channel: str, thread: str, word: str) -> Awaitable[AsyncSlackResponse]:
        """Make the call."""
        return self._slack.agents_sessions_setStatus(channel_id=channel, thread_ts=thread, status=word)
