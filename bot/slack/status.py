"""Slack's native line below a thread: "Genie is running the query…".

It is a courtesy: whatever Slack says to it, no question fails because of it, or waits longer than `PATIENCE`.
Which of Slack's two generations of it serves this app, if any, is found out by use.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable
from enum import Enum
from typing import Protocol

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.question import Held
from bot.slack.api import SlackBusy, SlackRefused, SlackSignedOut, SlackUnreachable, ask_slack
from bot.store.limiter import Bucket, Rate
from render.notices.progress import status_line


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


log = logging.getLogger(__name__)

STATUSES = Rate(45, 60.0)
"""Below the 50 a minute of sessions; for the other generation Slack publishes no number."""
FOR_ENDS = 20
"""Of these, what is kept for taking lines away again: as many as questions are asked in a minute."""
PATIENCE = 2.0
"""Seconds that a question may lose to its status line, each time."""
MOST_TRIES = 3
"""Tries to take a line away, within `PATIENCE`."""
HERE = frozenset(
    {
        "channel_not_found",
        "not_in_channel",
        "user_not_in_channel",
        "is_archived",
        "message_not_found",
        "thread_not_found",
        "invalid_thread_ts",
        "thread_locked",
        "cannot_reply_to_message",
        "no_permission",
        "method_not_supported_for_channel_type",
        "channel_type_not_supported",
    }
)
"""Refusals that are about one thread or channel; so are those that begin with `restricted_action`.

Slack does not tell its words for an app that may not use a generation, so any other refusal counts as that.
"""


class Verdict(Enum):
    """What Slack made of a call."""

    TOLD = "told"
    AGAIN = "again"
    """It was busy or out of reach: the same may pass later."""
    NOT_HERE = "not here"
    """Not in this thread, or not with this token; elsewhere the generation may serve."""
    NOT_OURS = "not ours"
    """This app may not use this generation at all."""


class StatusLine:
    """The status of threads, by the first generation that Slack lets this app use, or by none."""

    def __init__(self, slack: AsyncWebClient, bucket: Bucket) -> None:
        """Share `bucket` with all processes, as Slack's limit is the workspace's."""
        self._bucket = bucket
        self._left: list[Generation] = [Assistant(slack), AgentSession(slack)]

    async def show(self, held: Held, status: str) -> dict[str, str | int]:
        """Say what Genie does, if that is news or fades soon; return the progress to save."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                for generation in tuple(self._left):
                    word = generation.word(status)
                    if _stands(held, word, generation.fresh) or not await self._may_show():
                        break
                    verdict = await self._tell(generation, held, word)
                    if verdict is Verdict.TOLD:
                        return {"shown": word, "shown_at": held.now}
                    if verdict is not Verdict.NOT_OURS:
                        break
        return {}

    async def clear(self, held: Held, *, asked_back: bool = False) -> None:
        """Say that the work is over, whoever showed it; `asked_back` if Genie waits for a reply now."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                for generation in tuple(self._left):
                    word = generation.last_word(asked_back=asked_back)
                    for _ in range(MOST_TRIES):
                        await self._bucket.wait()
                        verdict = await self._tell(generation, held, word)
                        if verdict is not Verdict.AGAIN:
                            break
                    if verdict is not Verdict.NOT_OURS:
                        break

    async def _may_show(self) -> bool:
        # A line that is not taken away stays below its answer: ends may go where lines may not.
        room = self._bucket.rate.capacity - FOR_ENDS
        return await self._bucket.used() < room and not await self._bucket.take()

    async def _tell(self, generation: Generation, held: Held, word: str) -> Verdict:
        try:
            await ask_slack(generation.tell(held.question.place.channel, held.thread, word))
        except SlackRefused as refused:
            if refused.code in HERE or refused.code.startswith("restricted_action"):
                return Verdict.NOT_HERE
            self._give_up(generation, refused.code)
            return Verdict.NOT_OURS
        except SlackBusy as busy:
            await self._bucket.close(busy.retry_after)
            return Verdict.AGAIN
        except SlackUnreachable:
            return Verdict.AGAIN
        except SlackSignedOut:
            return Verdict.NOT_HERE
        return Verdict.TOLD

    def _give_up(self, generation: Generation, code: str) -> None:
        if generation in self._left:
            self._left.remove(generation)
            log.warning("status.not_ours", extra={"method": generation.method, "slack": code})


def _stands(held: Held, word: str, fresh: float) -> bool:
    """Whether Slack shows this word now; what was shown before the question was asked (again) is gone."""
    said = held.progress
    return said.shown == word and said.shown_at >= said.asked_at and held.now - said.shown_at < fresh * 1000
