"""What happened at the server, kept for tests and measurements, and the limit on questions."""

import json
import time
from collections import deque
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from sandbox.databricks.oauth.tokens import IDENTITY

_KEPT = 100_000
ABOUT = web.RequestKey("about", tuple[str, str])
"""Where a request keeps the conversation and the message that it is about, unless its path names them."""


@dataclass(frozen=True, slots=True)
class Record:
    """One request. `time` is its arrival, in seconds since 1970."""

    time: float
    method: str
    path: str
    kind: str
    """`question`, `research` (a question for agent mode), `items`, `cancel`, `poll`, `rows`, `chunk`,
    `execute`, `feedback`, `comment`, `visualization`, `download`, `list`, `delete`, `space`, `serving`,
    `table`, `storage` (of the cloud), `authorize`, `token`, `revoke`, `me`, `discovery` or `other`."""
    status: int
    content: str = ""
    """Of a question, of either mode, and of a request to a model: what was asked."""
    conversation_id: str = ""
    message_id: str = ""
    """Of a question: the message it became, empty when it was refused; of a chunk: whose rows it holds."""
    identity: str = ""
    """Whose token it carried, be it good or not: an e-mail address, or the service principal's client id.
    Of a `token` request: whose token was given. Empty for none and for an unknown one."""
    authorized: bool = False
    """Whether it carried an `Authorization` header, good or bad."""


class RequestLog:
    """The newest requests, oldest first."""

    def __init__(self) -> None:
        self._records: deque[Record] = deque(maxlen=_KEPT)

    @property
    def records(self) -> list[Record]:
        """All requests, in the order of their arrival."""
        return sorted(self._records, key=lambda record: record.time)

    def middleware(self) -> Middleware:
        """Give the aiohttp middleware that keeps each request; outside of all others."""

        @web.middleware
        async def request_log(request: web.Request, handler: Handler) -> web.StreamResponse:
            arrived = time.time()
            kind = (request.match_info.route.name or "other").split(".")[0]
            content = _content(await request.text()) if kind in {"question", "research", "serving"} else ""
            status = 499
            try:
                response = await handler(request)
                status = response.status
            finally:
                self._records.append(_record(request, arrived, kind, status, content))
            return response

        return request_log


def _record(request: web.Request, arrived: float, kind: str, status: int, content: str) -> Record:
    ids = request.match_info
    conversation, message = request.get(ABOUT, (ids.get("conversation", ""), ids.get("message", "")))
    identity = request.get(IDENTITY)
    return Record(
        arrived,
        request.method,
        request.path,
        kind,
        status,
        content,
        conversation,
        message,
        identity.name if identity else "",
        "Authorization" in request.headers,
    )


def _content(body: str) -> str:
    """Read what was asked: the content of a question, or of the last message to a model."""
    try:
        asked = json.loads(body)
        if "input" in asked:
            return str(asked["input"][0]["content"][0]["text"])
        asked = asked["messages"][-1] if "messages" in asked else asked
        return str(asked["content"])
    except (ValueError, LookupError, TypeError):
        return ""


class QuestionLimit:
    """At most `number` questions in any `window` seconds, counted for the whole workspace as they arrive."""

    def __init__(self, number: int, window: float) -> None:
        self.number = number
        self.window = window
        self._admitted: deque[float] = deque()

    def admit(self) -> float | None:
        """Count a question and give None, or give the seconds after which it would be admitted."""
        now = time.monotonic()
        while self._admitted and self._admitted[0] <= now - self.window:
            self._admitted.popleft()
        if len(self._admitted) < self.number:
            self._admitted.append(now)
            return None
        return self._admitted[0] + self.window - now if self._admitted else self.window
