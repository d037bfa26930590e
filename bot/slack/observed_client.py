"""Slack's client, with each of its calls told to a listener."""

import time
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.observability.records import OK, Observe, SlackCalled
from bot.slack.api import SlackUnreachable, translated


class ObservedClient(AsyncWebClient):
    """A client for where somebody counts; elsewhere Slack's own is used."""

    def __init__(self, observe: Observe, **options: Any) -> None:
        """Take the options of Slack's client."""
        super().__init__(**options)
        self._observe = observe

    async def api_call(self, api_method: str, **options: Any) -> AsyncSlackResponse:
        """Make a call as Slack's client does."""
        began = time.monotonic()
        try:
            response = await super().api_call(api_method, **options)
        except Exception as error:
            failure = type(translated(error)) if isinstance(error, SlackApiError) else SlackUnreachable
            self._observe(SlackCalled(api_method, failure.__name__, time.monotonic() - began))
            raise
        self._observe(SlackCalled(api_method, OK, time.monotonic() - began))
        return response
