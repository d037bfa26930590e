"""A model serving endpoint that always writes the same about the same words: no model, and it says so.

https://docs.databricks.com/api/workspace/servingendpoints/query
"""

import asyncio
import json
import math
import time
from collections import deque
from collections.abc import Iterator
from typing import Any

from aiohttp import web

from sandbox.databricks.api.requests import json_body
from sandbox.databricks.errors import DatabricksError, invalid, missing

ENDPOINT = "sandbox-summary"
SERVED_MODEL = "sandbox-echo-1"
CONTEXT = 8_000
"""Tokens that a prompt and its completion may have together."""
_ROLES = frozenset({"system", "user", "assistant"})
_PER_TOKEN = 4
_HOTTEST = 2
_MINUTE = 60.0
_SHOWN = 200
_BY_DEFAULT = 256
_REPEATED = 4

Messages = list[dict[str, Any]]


class Serving:
    """The endpoint. `says` is what it writes, in place of an echo; it writes for `seconds`.

    Prompts and completions of the last minute may have `tokens_per_minute` tokens together.
    """

    def __init__(self, *, tokens_per_minute: int = 100_000) -> None:
        self.says = ""
        self.seconds = 0.0
        self.tokens_per_minute = tokens_per_minute
        self.received: list[Messages] = []
        """What it was told, by every request that it let in."""
        self._used: deque[tuple[float, int]] = deque()

    def routes(self) -> list[web.RouteDef]:
        """Give the one route."""
        return [web.post("/serving-endpoints/{endpoint}/invocations", self._invoke, name="serving")]

    async def _invoke(self, request: web.Request) -> web.Response:
        name = request.match_info["endpoint"]
        if name != ENDPOINT:
            raise missing("Endpoint with name", f"'{name}'")
        body = await json_body(request)
        messages, room = _messages(body), _room(body)
        read = sum(_tokens(str(message["content"])) for message in messages)
        if read + room > CONTEXT:
            raise DatabricksError(400, "BAD_REQUEST", f"The prompt is too long: {read} + {room} tokens.")
        self._admit(read)
        self.received.append(messages)
        await asyncio.sleep(self.seconds)
        answer, cut = _within(self.says or _echo(messages), room)
        self._used.append((time.monotonic(), read + _tokens(answer)))
        return web.json_response(
            _completion(answer, read, cut=cut), headers={"served-model-name": SERVED_MODEL}
        )

    def _admit(self, tokens: int) -> None:
        """Refuse what is over the limit of tokens with the time after which it would be let in."""
        now = time.monotonic()
        while self._used and self._used[0][0] <= now - _MINUTE:
            self._used.popleft()
        if sum(used for _, used in self._used) + tokens > self.tokens_per_minute:
            wait = self._used[0][0] + _MINUTE - now if self._used else _MINUTE
            message = "Exceeded workspace input tokens per minute rate limit for this endpoint."
            raise DatabricksError(429, "REQUEST_LIMIT_EXCEEDED", message, math.ceil(wait))


def _messages(body: dict[str, Any]) -> Messages:
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        raise invalid("messages must not be empty.")
    for message in messages:
        if not isinstance(message, dict) or message.get("role") not in _ROLES:
            raise invalid("Each message needs a role and content.")
        if not isinstance(message.get("content"), str) or not message["content"]:
            raise invalid("Each message needs a role and content.")
    if messages[-1]["role"] != "user":
        raise invalid("The last message must have the role user.")
    return messages


def _room(body: dict[str, Any]) -> int:
    """Read how much may be written, and refuse options that no model takes."""
    most, heat = body.get("max_tokens", _BY_DEFAULT), body.get("temperature", 1.0)
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        raise invalid("max_tokens must be a positive integer.")
    if isinstance(heat, bool) or not isinstance(heat, int | float) or not 0 <= heat <= _HOTTEST:
        raise invalid(f"temperature must be between 0 and {_HOTTEST}.")
    return most


def _tokens(text: str) -> int:
    return -(-len(text) // _PER_TOKEN)


def _echo(messages: Messages) -> str:
    """Repeat some sentences of the JSON that it was told, or the beginning of any other text."""
    asked = str(messages[-1]["content"])
    try:
        sentences = [text for text in _texts(json.loads(asked)) if text.endswith(".")]
    except ValueError:
        sentences = [repr(asked[:_SHOWN])]
    return "\n".join(
        ["**Sandbox summary, not from a model.**", *(f"- {each}" for each in sentences[:_REPEATED])]
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _within(text: str, tokens: int) -> tuple[str, bool]:
    return text[: tokens * _PER_TOKEN], _tokens(text) > tokens


def _completion(answer: str, read: int, *, cut: bool) -> dict[str, Any]:
    message = {"role": "assistant", "content": answer}
    choice = {"index": 0, "message": message, "finish_reason": "length" if cut else "stop"}
    written = _tokens(answer)
    return {
        "id": "sandbox",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": SERVED_MODEL,
        "choices": [choice],
        "usage": {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written},
    }
