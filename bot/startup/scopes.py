"""Which of the scopes that the bot can do without it was granted; Slack tells them with every answer.

https://docs.slack.dev/authentication/installing-with-oauth
"""

import logging

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import granted_scopes, optional

log = logging.getLogger(__name__)

OPTIONAL_SCOPES = frozenset({"channels:read", "groups:read", "mpim:read", "users:read.email"})
"""Without them it is not known who can read along in a channel, and who somebody is in Databricks."""


async def tell_missing_scopes(slack: AsyncWebClient) -> None:
    """Log once which of these scopes are missing."""
    granted = await optional(granted_scopes(slack), frozenset[str]())
    if granted and (missing := OPTIONAL_SCOPES - granted):
        log.warning("slack.scopes_missing", extra={"scopes": sorted(missing)})
