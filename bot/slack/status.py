"""Slack's status line of a thread: "Genie is running the query…".

It is optional: whatever Slack answers, no question fails because of it or waits longer than OPTIONAL_SECONDS,
and where Slack does not answer, none is shown for a minute.
Which of Slack's two APIs of it serves this app, if any, is found out by use.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable
from enum import Enum
from functools import partial
from typing import Protocol

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.records.lease import QuestionLease
from bot.slack.api import (
    GONE,
    OPTIONAL_SECONDS,
    REMEMBERED_SECONDS,
    SlackBusy,
    SlackRefused,
    SlackSignedOut,
    SlackUnavailable,
    ask_slack,
    closes_place,
    retrying,
)
from bot.store.limiter import Bucket, Rate
from render.notices.progress import session_title, status_line


class StatusApi(Protocol):
    """One of Slack's two APIs for the status of a thread."""

    method: str
    lifetime_seconds: float
    """For so long Slack certainly shows a status; later it may take it away."""

    def status_text(self, status: str) -> str:
        """Return the text for a status of Genie's message."""

    def final_status(self, *, asked_back: bool) -> str:
        """Return the text that ends the work."""

    def set_status(self, lease: QuestionLease, text: str) -> Awaitable[AsyncSlackResponse]:
        """Make the call."""


class Assistant:
    """Any text, for two minutes or until the app posts; an empty one takes them away."""

    method = "assistant.threads.setStatus"
    lifetime_seconds = 90.0

    def __init__(self, slack: AsyncWebClient) -> None:
        """Call Slack through `slack`."""
        self._slack = slack

    def status_text(self, status: str) -> str:
        """Return a short sentence."""
        return status_line(status)

    def final_status(self, *, asked_back: bool) -> str:  # noqa: ARG002 - a line is gone either way
        """Return nothing."""
        return ""

    def set_status(self, lease: QuestionLease, text: str) -> Awaitable[AsyncSlackResponse]:
        """Make the call."""
        channel = lease.question.place.channel
        return self._slack.assistant_threads_setStatus(
            channel_id=channel, thread_ts=lease.thread, status=text
        )


class AgentSession:
    """One of Slack's own four states, for an hour or until another is set; people can stop what is at work.

    The first call opens the session of a thread, and gives it its title for good.
    """

    method = "agents.sessions.setStatus"
    lifetime_seconds = 3000.0

    def __init__(self, slack: AsyncWebClient) -> None:
        """Call Slack through `slack`."""
        self._slack = slack

    def status_text(self, status: str) -> str:  # noqa: ARG002 - Slack shows the same for all of them
        """Return the state for work of any kind."""
        return "processing"

    def final_status(self, *, asked_back: bool) -> str:
        """Tell a thread that waits for a person from one that is done."""
        return "suspended" if asked_back else "active"

    def set_status(self, lease: QuestionLease, text: str) -> Awaitable[AsyncSlackResponse]:
        """Make the call."""
        return self._slack.agents_sessions_setStatus(
            channel_id=lease.question.place.channel,
            thread_ts=lease.thread,
            status=text,
            title=session_title(lease.progress.text) or None,
        )


log = logging.getLogger(__name__)

STATUSES = Rate(45, 60.0)
"""Below the 50 a minute of sessions; for the other API Slack publishes no number."""
FOR_ENDS = 20
"""Of these, what is kept for taking lines away again: as many as questions are asked in a minute."""
CLEAR_SECONDS = 2.0
"""To remove a line, below an answer that stands already."""
ATTEMPTS = 3
"""To remove a line, within `CLEAR_SECONDS`."""
HERE = frozenset(
    {
        GONE,
        "user_not_in_channel",
        "invalid_thread_ts",
        "no_permission",
        "method_not_supported_for_channel_type",
        "channel_type_not_supported",
    }
)
"""Refusals that are about one thread or person; so are those of a closed channel or thread.

Slack does not publish its codes for an app that may not use an API, so any other refusal counts as that.
"""


class Verdict(Enum):
    """Slack's answer to a call."""

    SHOWN = "shown"
    NOT_HERE = "not here"
    """Not in this thread, or not with this token; elsewhere the API may serve."""
    NOT_OURS = "not ours"
    """This app may not use this API at all."""


class StatusLine:
    """The status of threads, by the first API that Slack lets this app use, or by none."""

    def __init__(self, slack: AsyncWebClient, bucket: Bucket, *, is_agent: bool = False) -> None:
        """Share `bucket` with all processes, as Slack's limit is the workspace's.

        An agent has its session tried first: that is what people can stop.
        """
        self._bucket = bucket
        apis: tuple[StatusApi, StatusApi] = (Assistant(slack), AgentSession(slack))
        self._left = [*reversed(apis)] if is_agent else [*apis]
        self._unanswered_until = 0.0

    async def show(self, lease: QuestionLease, status: str) -> dict[str, str | int]:
        """Say what Genie does, if that is news or fades soon; return the progress to save."""
        now = time.monotonic()
        if now < self._unanswered_until:
            return {}
        try:
            async with asyncio.timeout(OPTIONAL_SECONDS):
                return await self._show(lease, status)
        except TimeoutError:
            self._unanswered_until = now + REMEMBERED_SECONDS
        except SlackUnavailable:
            pass
        return {}

    async def _show(self, lease: QuestionLease, status: str) -> dict[str, str | int]:
        for api in tuple(self._left):
            text = api.status_text(status)
            # A line that is not taken away stays below its answer: ends may go where lines may not.
            if _stands(lease, text, api.lifetime_seconds) or await self._bucket.take(spare=FOR_ENDS):
                break
            verdict = await self._set(api, lease, text)
            if verdict is Verdict.SHOWN:
                return {"shown": text, "shown_at": lease.now}
            if verdict is not Verdict.NOT_OURS:
                break
        return {}

    async def clear(self, lease: QuestionLease, *, asked_back: bool = False) -> None:
        """End the status, whichever process showed it; `asked_back` if Genie waits for a reply now."""
        with contextlib.suppress(TimeoutError, SlackUnavailable):
            async with asyncio.timeout(CLEAR_SECONDS):
                for api in tuple(self._left):
                    text = api.final_status(asked_back=asked_back)
                    call = partial(self._end, api, lease, text)
                    if await retrying(call, ATTEMPTS, CLEAR_SECONDS) is not Verdict.NOT_OURS:
                        break

    async def _end(self, api: StatusApi, lease: QuestionLease, text: str) -> Verdict:
        await self._bucket.wait()
        return await self._set(api, lease, text)

    async def _set(self, api: StatusApi, lease: QuestionLease, text: str) -> Verdict:
        try:
            await ask_slack(api.set_status(lease, text))
        except SlackRefused as refused:
            if refused.code in HERE or closes_place(refused.code):
                return Verdict.NOT_HERE
            self._give_up(api, refused.code)
            return Verdict.NOT_OURS
        except SlackBusy as busy:
            await self._bucket.close(busy.retry_after)
            raise
        except SlackSignedOut:
            return Verdict.NOT_HERE
        return Verdict.SHOWN

    def _give_up(self, api: StatusApi, code: str) -> None:
        if api in self._left:
            self._left.remove(api)
            log.warning("status.not_ours", extra={"method": api.method, "slack": code})


def _stands(lease: QuestionLease, text: str, lifetime_seconds: float) -> bool:
    """Whether Slack shows this text now; what was shown before the question was asked (again) is gone."""
    said = lease.progress
    return (
        said.shown == text
        and said.shown_at >= said.asked_at
        and lease.now - said.shown_at < lifetime_seconds * 1000
    )
