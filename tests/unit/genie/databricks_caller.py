"""A plain HTTP caller of the local Databricks: it sends what it is told and gives what came back."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession, encode_basic_auth

from sandbox.databricks import Databricks

_FINAL = {"COMPLETED", "FAILED", "CANCELLED", "QUERY_RESULT_EXPIRED"}


@dataclass(frozen=True)
class Said:
    """An HTTP answer; `body` is its JSON, or the bytes of a picture."""

    status: int
    body: Any
    headers: Mapping[str, str]


class Caller:
    """Calls one workspace with one token."""

    def __init__(self, databricks: Databricks, session: ClientSession) -> None:
        self.token = databricks.token
        self.space = f"/api/2.0/genie/spaces/{databricks.space_id}"
        self._databricks = databricks
        self._session = session

    async def call(self, method: str, path: str, body: Any = None) -> Said:
        """Send a request; a path without a slash at its front is below the space."""
        url = self._databricks.url + (path if path.startswith("/") else f"{self.space}/{path}")
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self._session.request(method, url, json=body, headers=headers) as response:
            is_picture = response.content_type == "application/octet-stream"
            said = await response.read() if is_picture else await response.json()
            return Said(response.status, said, response.headers)

    async def stream(self, path: str, body: Any) -> str:
        """Post to a path that answers with a stream of events; give all of its text."""
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self._session.post(self._databricks.url + path, json=body, headers=headers) as response:
            assert response.content_type == "text/event-stream", await response.text()
            return await response.text()

    async def sign_in(self, scope: str, secret: str = "", grant: str = "client_credentials") -> Said:
        """Ask for a token of the service principal."""
        basic = encode_basic_auth(self._databricks.client_id, secret or self._databricks.client_secret)
        headers = {"Authorization": basic}
        form = {"grant_type": grant, "scope": scope}
        url = f"{self._databricks.url}/oidc/v1/token"
        async with self._session.post(url, data=form, headers=headers) as said:
            return Said(said.status, await said.json(), said.headers)

    async def ask(self, content: str, conversation: str = "", *, chart: bool | None = None) -> str:
        """Ask a question; give the path of its message below the space."""
        path = f"conversations/{conversation}/messages" if conversation else "start-conversation"
        wish = {} if chart is None else {"enable_visualization": chart}
        said = await self.call("POST", path, {"content": content, **wish})
        assert said.status == 200, said.body
        return f"conversations/{said.body['conversation_id']}/messages/{said.body['message_id']}"

    async def until(self, path: str, *statuses: str) -> Any:
        """Poll a message until it has one of these statuses, by default any final one; give it."""
        async with asyncio.timeout(10):
            while True:
                said = await self.call("GET", path)
                if said.body["status"] in (statuses or _FINAL):
                    return said.body
                await asyncio.sleep(0.002)

    async def answer(self, content: str, conversation: str = "", *, chart: bool | None = None) -> Any:
        """Ask and wait for the end."""
        return await self.until(await self.ask(content, conversation, chart=chart))


def path_of(message: Any) -> str:
    """Give the path of a message below its space."""
    return f"conversations/{message['conversation_id']}/messages/{message['message_id']}"


def query_of(message: Any) -> str:
    """Give the path of a message's last query attachment below its space."""
    queries = [each["attachment_id"] for each in message["attachments"] if "query" in each]
    return f"{path_of(message)}/attachments/{queries[-1]}"


@asynccontextmanager
async def calling(databricks: Databricks) -> AsyncIterator[Caller]:
    """Run a workspace and give a caller of it."""
    async with databricks, ClientSession() as session:
        yield Caller(databricks, session)
