"""Slack's native line below a thread: "Genie is running the query…".

It is a courtesy: whatever Slack says to it, no question ever waits or fails because of it.
https://docs.slack.dev/reference/methods/assistant.threads.setStatus
"""

import asyncio

from slack_sdk.web.async_client import AsyncWebClient

from bot.limiter import Bucket
from bot.slack import SlackBusy, SlackRefused, SlackSignedOut, SlackUnreachable, ask_slack

NOT_FOR_US = frozenset(
    {"missing_scope", "not_allowed_token_type", "unknown_method", "method_deprecated", "feature_not_enabled"}
)
"""Refusals that hold for every thread."""
PATIENCE = 2.0
"""Seconds that a question may lose to its status line."""


class StatusLine:
    """The status of threads, until Slack says that this app may not set any."""

    def __init__(self, slack: AsyncWebClient, bucket: Bucket) -> None:
        """Share `bucket` with all processes, as Slack's limit is the workspace's."""
        self._slack, self._bucket = slack, bucket
        self._refused = False

    async def set(self, channel: str, thread: str, text: str) -> None:
        """Show what is going on; an empty text takes it away."""
        if self._refused or (text and await self._bucket.take()):
            return
        call = self._slack.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=text)
        try:
            await asyncio.wait_for(ask_slack(call), PATIENCE)
        except SlackRefused as refused:
            self._refused = refused.code in NOT_FOR_US
        except SlackBusy as busy:
            await self._bucket.close(busy.retry_after)
        except (SlackUnreachable, SlackSignedOut, TimeoutError):
            return
