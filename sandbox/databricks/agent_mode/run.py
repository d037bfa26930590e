"""One run of agent mode: its events and items so far, and those who wait for more."""

import asyncio
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

from sandbox.databricks.agent_mode import items
from sandbox.databricks.genie.agent_turn import AgentTurn
from sandbox.databricks.genie.store import Message, QueryAttachment, VizAttachment, new_id

Json = dict[str, Any]
IN_PROGRESS, COMPLETED, FAILED, INCOMPLETE = "in_progress", "completed", "failed", "incomplete"
CANCELLED = "cancelled"


@dataclass(slots=True)
class AgentRun:
    """A run, from its question to its end. Times are in seconds since 1970."""

    message: Message
    """The same run as chat mode shows it; its id is another than that of the response."""
    wants_chart: bool
    origin: str
    """The address of the workspace."""
    response_id: str = field(default_factory=new_id)
    began: float = field(default_factory=time.time)
    ended: float | None = None
    status: str = IN_PROGRESS
    items: list[Json] = field(default_factory=list)
    events: list[Json] = field(default_factory=list)
    queries: list[QueryAttachment] = field(default_factory=list)
    charts: list[VizAttachment] = field(default_factory=list)
    error: Any = None
    reason: str = ""
    cancels: int = 0
    """How often it was asked to stop while it ran."""
    cancelled: bool = False
    """Whether it stopped for that reason."""
    over: bool = False
    """Whether no further event comes."""
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    """Whether chat mode shows its end."""
    _released: asyncio.Event = field(default_factory=asyncio.Event)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def content(self) -> str:
        """The question."""
        return self.message.content

    @property
    def turn(self) -> AgentTurn:
        """How it goes otherwise than usual."""
        return self.message.turn.agent

    def listed(self, input_id: str) -> list[Json]:
        """Give what the list of items has of it: the question, its items, and the reason of a failure."""
        said = [items.said_by_system(error_text(self.error))] if self.status == FAILED else []
        return [items.asked(self.content, input_id), *self.items, *said]

    def cancel(self) -> None:
        """Let it end at its next step."""
        self.cancels += 1
        self._released.set()

    def release(self) -> None:
        """Let it go on where it was told to stop."""
        self._released.set()

    async def publish(self, kind: str, **data: Any) -> None:
        """Tell an event, and stop there if its turn says so."""
        self.events.append({"type": kind, "sequence_number": len(self.events), **data})
        self._tell()
        if len(self.events) == self.turn.hold:
            await self._released.wait()

    async def publish_response(self, kind: str) -> None:
        """Tell an event about the whole response, which has every item at its end."""
        await self.publish(kind, response=self.response())

    def response(self) -> Json:
        """Give the response as it is now."""
        body: Json = {
            "object": "response",
            "id": self.response_id,
            "model": "genie-agent",
            "status": self.status,
            "conversation_id": self.message.conversation_id,
            "created_at": int(self.began),
            "output": list(self.items),
        }
        if self.status == FAILED:
            body["error"] = self.error
        if self.status == INCOMPLETE:
            body["incomplete_details"] = {"reason": self.reason}
        return body

    async def show(self, item: Json, begun: Json | None = None) -> None:
        """Tell of an item: as it is `begun`, perhaps once more, and done."""
        index = len(self.items)
        self.items.append(begun or item)
        await self.publish("response.output_item.added", output_index=index, item=begun or item)
        if self.turn.updated:
            await self.publish("response.output_item.updated", output_index=index, item=begun or item)
        self.items[index] = item
        await self.publish("response.output_item.done", output_index=index, item=item)

    def end(self, status: str) -> None:
        """Note how it ended."""
        self.status, self.ended = status, time.time()

    def close(self) -> None:
        """Let no further event come."""
        self.over = True
        self._tell()

    async def follow(self, silence: float) -> AsyncGenerator[Json | None]:
        """Give each event, the first ones included, and None after each `silence`, in seconds."""
        seen = 0
        while True:
            news = self._news
            while seen < len(self.events):
                yield self.events[seen]
                seen += 1
            if self.over:
                return
            try:
                async with asyncio.timeout(silence):
                    await news.wait()
            except TimeoutError:
                yield None

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()


def error_text(error: Any) -> str:
    """Give the words of an error of any shape."""
    if isinstance(error, dict):
        return str(error.get("message") or error.get("code") or error.get("type") or "")
    return str(error)
