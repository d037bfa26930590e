"""Calls to Slack's Web API, and the errors in which they can end.

    SlackError
    ├── SlackRefused          Slack will not do this; `code` says why
    ├── SlackSignedOut        Slack refuses our token, whatever it was used for
    └── SlackUnavailable      the same call may succeed later
        ├── SlackBusy         too many calls; nothing was done, `retry_after` says how long to wait
        └── SlackUnreachable  no answer, or none that can be read; it may have been done

https://docs.slack.dev/apis/web-api/rate-limits
"""

import asyncio
import logging
import math
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, TypeVar

import aiohttp
import stamina
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

log = logging.getLogger(__name__)

_TS = re.compile(r"\d{1,12}\.\d{1,6}", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s<>|]+")
BUSY = 429
MOST_PAGES = 20
"""Pages of a thread that are worth reading to find one message."""
BROKEN = 500
GONE = "message_not_found"
NOT_A_MEMBER = frozenset({"not_in_channel", "channel_not_found"})
"""Refusals of a post that an invitation of the bot mends."""
MISSING_SCOPE = "missing_scope"
"""Refusal of a call for which our token lacks a scope."""
CLOSED = frozenset({"is_archived", "thread_not_found", "thread_locked", "cannot_reply_to_message"})
"""Of a post in a channel that is closed, or in a thread that is or whose message is gone."""
SIGNED_OUT = frozenset({"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"})
"""Refusals of our token, whatever it was used for."""
PASSING = frozenset(
    {
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "team_added_to_org",
        "external_channel_migrating",
    }
)
"""Errors that say nothing about our request."""


FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.3, 5.0
"""Before a call is repeated that Slack did not answer; the pauses between grow fourfold."""

OPTIONAL_SECONDS = 1.0
"""For a call whose result an answer can do without, such as a name, a language or an address."""
REMEMBERED_SECONDS = 60.0
"""After such a call failed, until it is made again."""

T = TypeVar("T")


class SlackError(Exception):
    """A call to Slack failed."""

    code = ""
    """Slack's own word for the reason, where it gave one."""


class SlackRefused(SlackError):  # noqa: N818 - named for what Slack did
    """Slack will not do this."""

    def __init__(self, code: str) -> None:
        """Keep Slack's `code`."""
        super().__init__(f"Slack refused: {code}")
        self.code = code


class SlackSignedOut(SlackError):  # noqa: N818 - Slack works, for others
    """Slack refuses our token: an operator mends that, and questions wait for it."""

    def __init__(self, code: str) -> None:
        """Keep Slack's `code`."""
        super().__init__(f"Slack refused our token: {code}")
        self.code = code


class SlackUnavailable(SlackError):  # noqa: N818 - named for what we see
    """The same call may succeed later."""


class SlackBusy(SlackUnavailable):
    """Slack wants fewer calls; nothing was done."""

    def __init__(self, retry_after: float) -> None:
        """Wait `retry_after` seconds."""
        super().__init__(f"Slack asks to wait {retry_after:g} s")
        self.retry_after = retry_after


class SlackUnreachable(SlackUnavailable):
    """No answer, or none that can be read: Slack may have done it or not."""


async def ask_slack(call: Awaitable[AsyncSlackResponse], seconds: float | None = None) -> dict[str, Any]:
    """Return what a Web API call answered, in so many seconds if they are given, or raise a SlackError."""
    return _content(await _answer(call, seconds))


def _content(answer: AsyncSlackResponse) -> dict[str, Any]:
    if not isinstance(answer.data, dict):
        raise SlackUnreachable("unreadable answer")
    return answer.data


async def _answer(call: Awaitable[AsyncSlackResponse], seconds: float | None = None) -> AsyncSlackResponse:
    try:
        async with asyncio.timeout(seconds):
            return await call
    except SlackApiError as error:
        raise translated(error) from None
    # The SDK stumbles with an AttributeError over JSON that is no object.
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError, AttributeError) as error:
        raise SlackUnreachable(type(error).__name__) from None


async def retrying(call: Callable[[], Awaitable[T]], attempts: int, within: float) -> T:
    """Make a call, up to `attempts` times while Slack is unavailable; Slack's own pause has precedence.

    No attempt begins later than `within` seconds from now.
    """
    loop = asyncio.get_running_loop()
    deadline, unanswered = loop.time() + within, 0

    def pause(error: Exception) -> bool | float:
        nonlocal unanswered
        if not isinstance(error, SlackUnavailable):
            return False
        seconds = min(FIRST_PAUSE_SECONDS * 4**unanswered, LONGEST_PAUSE_SECONDS)
        if isinstance(error, SlackBusy):
            seconds = error.retry_after
        else:
            unanswered += 1
        return seconds if loop.time() + seconds <= deadline else False

    async for each in stamina.retry_context(on=pause, attempts=attempts, timeout=None):
        with each:
            return await call()
    raise AssertionError("an attempt either returns or raises")


async def optional(call: Awaitable[T], default: T, seconds: float = OPTIONAL_SECONDS) -> T:
    """Return the result of a call, or `default` where it fails or takes longer."""
    try:
        async with asyncio.timeout(seconds):
            return await call
    except (SlackError, TimeoutError):
        return default


async def attempt(call: Awaitable[object], seconds: float) -> bool:
    """Make a call that may fail; False when it failed or was not done in time."""
    try:
        async with asyncio.timeout(seconds):
            await call
    except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError):
        return False
    return True


def checked_thread(thread: str) -> str:
    """Return the `ts` of a thread; SlackRefused if it is none: Slack would post into the channel instead."""
    if not _TS.fullmatch(thread):
        log.error("message.no_thread", extra={"stored": thread})
        raise SlackRefused("invalid_thread_ts")
    return thread


async def who_we_are(slack: AsyncWebClient) -> tuple[dict[str, Any], frozenset[str]]:
    """Return whose token ours is, and its scopes, none if Slack names none; SlackError."""
    answer = await _answer(slack.auth_test())
    scopes = answer.headers.get("X-OAuth-Scopes") or ""
    return _content(answer), frozenset(scopes.replace(",", " ").split())


async def permalink(slack: AsyncWebClient, channel: str, ts: str) -> str | None:
    """Return the address of a message ("" if Slack gives none), None if it is gone; SlackError."""
    try:
        told = await ask_slack(slack.chat_getPermalink(channel=channel, message_ts=ts))
    except SlackRefused as refused:
        if refused.code == GONE:
            return None
        raise
    address = str(told.get("permalink") or "")
    return address if _ADDRESS.fullmatch(address) else ""


async def thread_message(slack: AsyncWebClient, channel: str, thread: str, ts: str) -> dict[str, Any] | None:
    """Return one message of a thread, None if it is gone; SlackError."""
    # Slack puts the first message of the thread before what was asked for.
    call = slack.conversations_replies(
        channel=channel, ts=thread, oldest=ts, latest=ts, inclusive=True, limit=10
    )
    messages: list[dict[str, Any]] = (await ask_slack(call)).get("messages") or []
    return next((each for each in messages if each.get("ts") == ts), None)


async def thread_messages(
    slack: AsyncWebClient, channel: str, thread: str, since: str, *, metadata: bool = False
) -> AsyncIterator[dict[str, Any]]:
    """Yield the messages of a thread after `since`, oldest first; SlackError."""
    cursor = None
    for _ in range(MOST_PAGES):
        call = slack.conversations_replies(
            channel=channel, ts=thread, oldest=since, include_all_metadata=metadata, limit=200, cursor=cursor
        )
        page = await ask_slack(call)
        for message in page.get("messages") or []:
            yield message
        cursor = next_cursor(page)
        if not cursor:
            return


def next_cursor(page: Mapping[str, Any]) -> str:
    """Return where the next page of a list begins; empty after the last one."""
    return (page.get("response_metadata") or {}).get("next_cursor") or ""


def closes_place(code: str) -> bool:
    """Return whether Slack takes nothing of ours in a channel or a thread, whatever it is."""
    return code in NOT_A_MEMBER | CLOSED or code.startswith("restricted_action")


def translated(error: SlackApiError) -> SlackError:
    """Return what an error of Slack's client means to us."""
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
