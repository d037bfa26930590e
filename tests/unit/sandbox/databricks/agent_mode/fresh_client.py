"""A small client of agent mode, written from the reference alone: what it needs is all that one may need.

It knows nothing of the bot's own client, nor of how the sandbox works.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession

_LONGEST_LINE = 1 << 20
_ENDS = {
    "response.completed": "completed",
    "response.failed": "failed",
    "response.incomplete": "incomplete",
    "response.done": "",
    "error": "failed",
}


class Refused(Exception):  # noqa: N818 - as the reference says it
    """The server took nothing: nothing runs."""

    def __init__(self, status: int, code: object, retry_after: str | None) -> None:
        super().__init__(status, code, retry_after)
        self.status, self.code, self.retry_after = status, code, retry_after


@dataclass
class Report:
    """What became of a question."""

    response_id: str = ""
    conversation_id: str = ""
    status: str = "in_progress"
    error: str = ""
    reason: str = ""
    recovered: bool = False
    """Whether the stream broke, and the rest came from the items."""
    thoughts: list[str] = field(default_factory=list)
    queries: dict[str, str] = field(default_factory=dict)
    """The title of each query by its SQL."""
    outputs: list[str] = field(default_factory=list)
    prose: str = ""
    tables: list[dict[str, Any]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    """The types of the events, in their order."""


class FreshClient:
    """Asks one agent with one token."""

    def __init__(self, session: ClientSession, host: str, agent: str, token: str) -> None:
        self._session, self._host = session, host
        self._agent = f"{host}/api/2.0/genie/agents/{agent}"
        self._space = f"{host}/api/2.0/genie/spaces/{agent}"
        self._headers = {"Authorization": f"Bearer {token}"}

    async def ask(self, text: str, conversation_id: str = "", *, charts: bool = False) -> Report:
        """Ask once, and follow the stream, or the items where it breaks, to the end."""
        report = Report()
        async for _ in self.steps(report, text, conversation_id, charts=charts):
            pass
        return report

    async def steps(
        self, report: Report, text: str, conversation_id: str = "", *, charts: bool = False
    ) -> AsyncGenerator[dict[str, Any]]:
        """Ask once; give each event as it comes, and fill in the report."""
        part = {"type": "input_text", "text": text}
        body: dict[str, Any] = {"input": [{"type": "message", "role": "user", "content": [part]}]}
        body |= {"conversation_id": conversation_id} if conversation_id else {}
        body |= {"enable_viz": True} if charts else {}
        items: list[dict[str, Any]] = []
        try:
            headers = self._headers | {"Accept": "text/event-stream"}
            async with self._session.post(f"{self._agent}/responses", json=body, headers=headers) as answer:
                await _checked(answer)
                async for event in _events(answer):
                    items = _take(event, report, items)
                    yield event
        except ClientError:
            pass
        if report.status == "in_progress" and report.response_id:
            items = await self._recover(report)
        _read(items, report)

    async def cancel(self, report: Report) -> dict[str, Any]:
        """Ask a run to stop; it does at its next step."""
        path = f"conversations/{report.conversation_id}/responses/{report.response_id}/cancel"
        answer: dict[str, Any] = await self._call("POST", f"{self._agent}/{path}", {})
        return answer

    async def items(self, conversation_id: str, limit: int = 100) -> tuple[str, list[dict[str, Any]]]:
        """Give the status of a conversation and all of its items, oldest first, page by page."""
        found: list[dict[str, Any]] = []
        after = ""
        while True:
            query = f"limit={limit}&order=asc" + (f"&after={after}" if after else "")
            page = await self._call("GET", f"{self._agent}/conversations/{conversation_id}/items?{query}")
            found += page["data"]
            if not page["has_more"]:
                return page["status"], found
            after = page["last_id"]

    async def view(self, conversation_id: str) -> dict[str, Any]:
        """Wait for the newest message by time in chat mode's view of the conversation."""
        async with asyncio.timeout(10):
            while True:
                page = await self._call("GET", f"{self._space}/conversations/{conversation_id}/messages")
                newest: dict[str, Any] = max(page["messages"], key=lambda each: each["created_timestamp"])
                if newest["status"] in {"COMPLETED", "FAILED", "CANCELLED"}:
                    return newest
                await asyncio.sleep(0.01)

    async def picture(self, message: dict[str, Any], chart: str) -> bytes:
        """Fetch a chart by the id in the stream, then by what it may be without its prefix or suffix."""
        path = f"{self._space}/conversations/{message['conversation_id']}/messages/{message['message_id']}"
        for name in (chart, chart.removeprefix("pub_"), chart.removesuffix("_output")):
            url = f"{path}/attachments/{name}/download-visualization"
            async with self._session.get(url, headers=self._headers | {"Accept": "image/png"}) as answer:
                if answer.status == 200:
                    return await answer.read()
        raise LookupError(chart)

    async def _recover(self, report: Report) -> list[dict[str, Any]]:
        """Look a run up that has no end in its stream; never ask again."""
        report.recovered = True
        async with asyncio.timeout(10):
            while True:
                status, items = await self.items(report.conversation_id)
                if status != "in_progress":
                    break
                await asyncio.sleep(0.01)
        report.status = status
        asked = max(place for place, each in enumerate(items) if each["id"].endswith("_input"))
        return items[asked + 1 :]

    async def _call(self, method: str, url: str, body: object = None) -> Any:
        async with self._session.request(method, url, json=body, headers=self._headers) as answer:
            await _checked(answer)
            return await answer.json()


async def _checked(answer: ClientResponse) -> None:
    if answer.status != 200:
        body = await answer.json()
        raise Refused(answer.status, body.get("error_code"), answer.headers.get("Retry-After"))


async def _events(answer: ClientResponse) -> AsyncIterator[dict[str, Any]]:
    """Read Server-Sent Events; the type is in the data or, without one there, in the event's name."""
    name, data = "", ""
    async for line in _lines(answer):
        if line.startswith("event:"):
            name = line[6:].strip()
        elif line.startswith("data:"):
            data += line[5:].strip()
        elif not line and data:
            yield _typed(name, data)
            name = data = ""
    if data:
        yield _typed(name, data)


def _typed(name: str, data: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(data)
    return {"type": name} | event


async def _lines(answer: ClientResponse) -> AsyncIterator[str]:
    held = b""
    async for piece in answer.content.iter_any():
        *whole, held = (held + piece).split(b"\n")
        assert len(held) < _LONGEST_LINE
        for line in whole:
            yield line.decode()
    if held:
        yield held.decode()


def _take(event: dict[str, Any], report: Report, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take one event into the report; give the items that are known so far."""
    kind = event["type"]
    report.seen.append(kind)
    if kind == "response.output_item.done":
        return [*items, event["item"]]
    response = event.get("response", {})
    if kind == "response.created":
        report.response_id, report.conversation_id = response["id"], response["conversation_id"]
    if kind not in _ENDS:
        return items
    report.status = response.get("status") or _ENDS[kind]
    error = response.get("error") or (event if kind == "error" else "")
    if isinstance(error, dict):
        error = error.get("message") or error.get("code") or error.get("error_code") or ""
    report.error = str(error)
    report.reason = response.get("incomplete_details", {}).get("reason", "")
    return response.get("output") or items


def _read(items: list[dict[str, Any]], report: Report) -> None:
    """Read the items of a run: the whole output, or what a broken stream and the items tell."""
    calls = [each for each in items if each["type"] == "function_call"]
    outputs = [each for each in items if each["type"] == "function_call_output"]
    for item in items:
        if item["type"] == "reasoning":
            parts = item.get("content") or item.get("summary") or [item]
            report.thoughts += [part["text"] for part in parts]
        elif item["type"] == "message":
            _read_message(item, report)
    for number, call in enumerate(calls):
        ids = call.get("call_id")
        pairs = (
            [each for each in outputs if each.get("call_id") == ids] if ids else outputs[number : number + 1]
        )
        _read_call(call, pairs, report)


def _read_call(call: dict[str, Any], outputs: list[dict[str, Any]], report: Report) -> None:
    if call["name"] == "generate_visualization":
        report.charts += [each["id"] for each in outputs if "id" in each]
        return
    try:
        arguments = json.loads(call["arguments"])
    except ValueError:
        return  # a call that was begun, and broken off
    report.queries.setdefault(arguments.get("sql", ""), arguments.get("title", ""))
    report.outputs += [each["output"] for each in outputs if each["output"]]


def _read_message(item: dict[str, Any], report: Report) -> None:
    texts = [part for part in item["content"] if part["type"] == "output_text"]
    if item["role"] == "system":
        report.error = report.error or texts[0]["text"]
    elif item.get("metadata", {}).get("ui_type") == "THOUGHT":
        report.thoughts += [part["text"] for part in texts]
    else:
        report.tables += [part["metadata"] for part in texts if "metadata" in part]
        report.prose += "\n\n".join(part["text"] for part in texts if "metadata" not in part)
        report.links += [each["url"] for part in texts for each in part.get("annotations", ())]
