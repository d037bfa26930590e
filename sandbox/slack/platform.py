"""Everything that the parts of the local Slack share, built in one place."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.blocks.check import BlockRules
from sandbox.slack.state.change_feed import ChangeFeed
from sandbox.slack.state.expiring_tokens import ResponseUrls, TriggerIds
from sandbox.slack.state.objects import message_object
from sandbox.slack.state.rate_limits import RateLimiter
from sandbox.slack.state.records import Message
from sandbox.slack.state.settings import Settings
from sandbox.slack.state.workspace import Workspace
from sandbox.slack.transport.outbox import Outbox


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One call of the Web API, as the request log keeps it; `error` is None when it was answered ok."""

    at: float
    """Seconds since 1970."""
    method: str
    arguments: Mapping[str, Any] = field(repr=False)
    error: str | None = None


class Platform:
    """State, settings and the ways out: to watchers and to the app."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        self.workspace = workspace
        self.settings = settings
        self.changes = ChangeFeed()
        self.rate_limiter = RateLimiter(settings.limits)
        self.triggers = TriggerIds(settings.trigger_life)
        self.responses = ResponseUrls(settings.response_life)
        self.request_log: list[ApiCall] = []
        self.base_url = ""
        self.outbox: Outbox
        self.socket_ticket: Callable[[], str]

    def record(self, call: ApiCall) -> None:
        """Keep a call in the request log and wake those who wait for it."""
        self.request_log.append(call)
        self.changes.wake()

    @property
    def block_rules(self) -> BlockRules:
        """What the check of blocks must know about this workspace."""
        return BlockRules(self.settings.unavailable_blocks, self.workspace.file_ready)

    def message_object(self, message: Message, *, metadata: bool = False) -> dict[str, Any]:
        """Give a message object."""
        return message_object(self.workspace, message, self.base_url, metadata=metadata)

    def response_url(self, channel: str, user: str, original: Message | None = None) -> str:
        """Hand out a new response address."""
        token = self.responses.issue(channel, user, original)
        return f"{self.base_url}/response/{token}"


def now_ts() -> str:
    """Give the current time in the form of a message's ts."""
    return f"{time.time():.6f}"
