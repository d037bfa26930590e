"""What Slack sends to the app: events with redelivery, and interactions and commands that are sent once.

https://docs.slack.dev/apis/events-api/#retries
"""

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

Payload = dict[str, Any]


class NotAcknowledgedError(Exception):
    """The app did not take a delivery. `reason` is Slack's word for why."""

    def __init__(self, reason: str, *, retry: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry = retry


@dataclass(frozen=True, slots=True)
class Retry:
    """Which repetition this is, counted from 1, and why it was needed."""

    attempt: int
    reason: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing that was sent to the app. Times are seconds since 1970."""

    kind: str
    """`events_api`, `interactive` or `slash_commands`."""
    type: str
    """The event's type, the interaction's type or the command."""
    payload: Mapping[str, Any]
    sent_at: float
    acked_at: float | None = None
    attempts: int = 1
    given_up: bool = False
    """Not taken, and not sent again."""

    @property
    def event_id(self) -> str | None:
        """The id that a redelivery keeps, for events."""
        return self.payload.get("event_id")


class Transport(Protocol):
    """Socket Mode or HTTP."""

    async def send(self, kind: str, payload: Payload, retry: Retry | None) -> Any:
        """Send once; give what the app answered, or raise `NotAcknowledgedError`."""


class Outbox:
    """Sends, repeats and keeps the record of all that was sent."""

    def __init__(
        self, transport: Transport, retry_delays: tuple[float, ...], changed: Callable[[], None]
    ) -> None:
        self.deliveries: list[Delivery] = []
        self._transport = transport
        self._retry_delays = retry_delays
        self._changed = changed
        self._tasks: set[asyncio.Task[None]] = set()

    def event(self, payload: Payload) -> None:
        """Send an event in the background, again and again until it is taken."""
        self.background(self._event(self._begin("events_api", payload), payload))

    def background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something that ends with the server."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def once(self, kind: str, payload: Payload) -> Any:
        """Send an interaction or a command; `NotAcknowledgedError` when it is not taken in time."""
        place = self._begin(kind, payload)
        try:
            answer = await self._transport.send(kind, payload, None)
        except NotAcknowledgedError:
            self._change(place, given_up=True)
            raise
        self._change(place, acked_at=time.time())
        return answer

    async def close(self) -> None:
        """Stop whatever is still being sent."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _event(self, place: int, payload: Payload) -> None:
        retry: Retry | None = None
        for delay in (*self._retry_delays, None):
            try:
                await self._transport.send("events_api", payload, retry)
            except NotAcknowledgedError as error:
                if delay is None or not error.retry:
                    self._change(place, given_up=True)
                    return
                retry = Retry(1 if retry is None else retry.attempt + 1, error.reason)
                await asyncio.sleep(delay)
                self._change(place, attempts=retry.attempt + 1)
            else:
                self._change(place, acked_at=time.time())
                return

    def _begin(self, kind: str, payload: Payload) -> int:
        name = payload.get("command") or payload.get("event", payload).get("type", "")
        self.deliveries.append(Delivery(kind, str(name), payload, time.time()))
        self._changed()
        return len(self.deliveries) - 1

    def _change(self, place: int, **fields: Any) -> None:
        self.deliveries[place] = replace(self.deliveries[place], **fields)
        self._changed()
