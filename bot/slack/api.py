"""Calls to Slack's Web API, with each way in which they can fail as one of four exceptions.

Slack's page: https://docs.slack.dev/apis/web-api/rate-limits
"""

import asyncio
import math
import re
from collections.abc import AsyncIterator, Awaitable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

_ADDRESS = re.compile(r"https?://[^\s<>|]+")
BUSY = 429
MOST_PAGES = 20
"""Pages of a thread that are worth reading to find one message."""
BROKEN = 500
SIGNED_OUT = frozenset({"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"})
"""Refusals of our token, whatever it was used for."""
PASSING = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
)
"""Errors that say nothing about our request."""


class SlackBusy(Exception):  # noqa: N818 - Slack works, only later
    """Slack wants fewer calls; nothing was done. `retry_after` is in seconds."""

    def __init__(self, retry_after: float) -> None:
        """Wait `retry_after` seconds."""
        super().__init__(f"Slack asks to wait {retry_after:g} s")
        self.retry_after = retry_after


class SlackRefused(Exception):  # noqa: N818 - named for what Slack did
    """Slack will not do this; `code` is its word for why."""

    def __init__(self, code: str) -> None:
        """Keep Slack's `code`."""
        super().__init__(f"Slack refused: {code}")
        self.code = code


class SlackSignedOut(Exception):  # noqa: N818 - Slack works, for others
    """Slack refuses us, and not what we want: an operator mends that, and questions wait for it."""

    def __init__(self, code: str) -> None:
        """Keep Slack's `code`."""
        super().__init__(f"Slack refused our token: {code}")
        self.code = code


class SlackUnreachable(Exception):  # noqa: N818 - named for what we see
    """No answer, or none that can be read: Slack may have done it or not."""


async def ask_slack(call: Awaitable[AsyncSlackResponse]) -> dict[str, Any]:
    """Return what a Web API call answered; one of the four exceptions otherwise."""
    try:
        data = (await call).data
    except SlackApiError as error:
        raise _translated(error) from None
    # The SDK stumbles with an AttributeError over JSON that is no object.
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError, AttributeError) as error:
        raise SlackUnreachable(type(error).__name__) from None
    if not isinstance(data, dict):
        raise SlackUnreachable("unreadable answer")
    return data


async def attempt(call: Awaitable[object], seconds: float) -> bool:
    """Make a call that may fail; False when it failed or was not done in time."""
    try:
        async with asyncio.timeout(seconds):
            await call
    except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError):
        return False
    return True


async def permalink(slack: AsyncWebClient, channel: str, ts: str) -> str:
    """Return the address of a message; raises what `ask_slack` raises, such as when it is gone."""
    told = await ask_slack(slack.chat_getPermalink(channel=channel, message_ts=ts))
    address = str(told.get("permalink") or "")
    return address if _ADDRESS.fullmatch(address) else ""


async def thread_messages(
    slack: AsyncWebClient, channel: str, thread: str, since: str, *, metadata: bool = False
) -> AsyncIterator[dict[str, Any]]:
    """Give what was said in a thread after `since`, from the beginning; raises what `ask_slack` raises."""
    cursor = None
    for _ in range(MOST_PAGES):
        call = slack.conversations_replies(
            channel=channel, ts=thread, oldest=since, include_all_metadata=metadata, limit=200, cursor=cursor
        )
        page = await ask_slack(call)
        for message in page.get("messages") or []:
            yield message
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return


def _translated(error: SlackApiError) -> Exception:
    response = error.response
    status = getattr(response, "status_code", getattr(response, "status", 0))
    data = getattr(response, "data", None)
    code = data.get("error", "") if isinstance(data, dict) else ""
    if status == BUSY or code in {"ratelimited", "rate_limited"}:
        return SlackBusy(_seconds(response.headers.get("Retry-After")))
    if status >= BROKEN or code in PASSING or not code:
        return SlackUnreachable(code or f"HTTP {status}")
    return SlackSignedOut(str(code)) if code in SIGNED_OUT else SlackRefused(str(code))


def _seconds(retry_after: str | None) -> float:
    try:
        seconds = float(retry_after or 1)
    except ValueError:
        return 1.0
    return min(max(seconds, 0.1), 120.0) if math.isfinite(seconds) else 1.0
