"""The real databricks-sdk and our client before the same local Databricks, each heard by a recorder."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from databricks.sdk import WorkspaceClient

from genie.client import Genie
from genie.http.auth import PersonalToken
from genie.http.transport import Timeouts
from genie.model import Message, MessageRef, Query
from sandbox.databricks import Databricks, Timing
from tests.unit.genie.genie_server import client
from tests.unit.genie.recording_proxy import Exchange, Recorder, recording

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Both:
    """The SDK and our client before the same workspace, each heard by the recorder."""

    databricks: Databricks
    recorder: Recorder
    sdk: Any
    ours: Genie

    @property
    def space(self) -> str:
        """The space."""
        return self.databricks.space_id

    async def theirs(self, call: Callable[[Any], Any]) -> tuple[Any, Exchange]:
        """Let the blocking SDK make one call; return its value and what went over the wire."""
        return await self.theirs_of(lambda sdk: call(sdk.genie))

    async def theirs_of(self, call: Callable[[Any], Any]) -> tuple[Any, Exchange]:
        """Do the same with another part of the SDK."""
        self.recorder.take()
        said = await asyncio.to_thread(call, self.sdk)
        [exchange] = self.recorder.take()
        return said, exchange

    async def asked(self, content: str, conversation: str = "", *, chart: bool = False) -> Message:
        """Ask a question with our client and wait for its end."""
        if conversation:
            return await self.end(await self.ours.follow_up(self.space, conversation, content))
        return await self.end(await self.ours.ask(self.space, content, visualization=chart))

    async def end(self, ref: MessageRef) -> Message:
        """Wait for the end of a question; forget what went over the wire meanwhile."""
        async with asyncio.timeout(10):
            while not (message := await self.ours.message(ref)).final:  # noqa: ASYNC110 - as a client polls
                await asyncio.sleep(0.005)
        self.recorder.take()
        return message


@asynccontextmanager
async def beside(**options: Any) -> AsyncIterator[Both]:
    """Open a workspace with both clients before it."""
    async with (
        Databricks(timing=Timing.instant(), today=TODAY, **options) as databricks,
        recording(databricks.url) as recorder,
        client(recorder.url, PersonalToken(databricks.token), Timeouts()) as ours,
    ):
        sdk = await asyncio.to_thread(WorkspaceClient, host=recorder.url, token=databricks.token)
        yield Both(databricks, recorder, sdk, ours)


def ids(ref: MessageRef) -> tuple[str, str, str]:
    """Return a place as the SDK takes it."""
    return ref.space_id, ref.conversation_id, ref.message_id


def query_of(message: Message) -> Query:
    """Return the query of a message."""
    return next(each for each in message.attachments if isinstance(each, Query))


def without(exchange: Exchange, *names: str) -> tuple[Any, ...]:
    """Return what a server sees of a request, with the ids that cannot be the same left out."""
    method, path, *rest = exchange.wire
    for name in names:
        path = path.replace(name, "{id}")
    return method, path, *rest
