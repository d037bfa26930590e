"""Chat completions of a model serving endpoint, from and to the wire.

Vendor's page: https://docs.databricks.com/api/workspace/servingendpoints/query
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from genie.errors import BadRequest
from genie.protocol.coerce import as_code, as_count, as_list, as_object, as_text
from genie.protocol.requests import Request

_MAX_BYTES = 1 << 20
_REASONING, _REASONED = "<think>", "</think>"
_CUT = frozenset({"length", "max_tokens"})


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message to a model."""

    role: str
    """`system` or `user`."""
    content: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model wrote: untrusted Markdown. A count of tokens that was not told is None."""

    text: str = field(repr=False)
    model: str
    cut: bool = False
    """It had more to say than `max_tokens` allows."""
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


def complete(
    endpoint: str, messages: Sequence[ChatMessage], *, max_tokens: int, temperature: float | None
) -> Request:
    """Ask a model for the next message; some models take no temperature but their own."""
    if endpoint in {"", ".", ".."}:
        raise BadRequest("the name of the endpoint is empty or cannot be one")
    body: dict[str, Any] = {
        "messages": [{"role": message.role, "content": message.content} for message in messages],
        "max_tokens": max_tokens,
    }
    if temperature is not None:
        body["temperature"] = temperature
    path = f"/serving-endpoints/{quote(endpoint, safe='', errors='replace')}/invocations"
    return Request("POST", path, body=body, once=True, max_bytes=_MAX_BYTES, with_headers=True)


def completion(body: Any, headers: Mapping[str, str], endpoint: str) -> Completion:
    """Read what the model wrote; without any choice that is an empty text."""
    reply = as_object(body)
    choices = [as_object(choice) for choice in as_list(reply.get("choices"))]
    choice = choices[0] if choices else {}
    usage = as_object(reply.get("usage"))
    return Completion(
        text=_content(as_object(choice.get("message")).get("content")),
        model=as_code(headers.get("served-model-name")) or as_code(reply.get("model")) or endpoint,
        cut=as_text(choice.get("finish_reason")) in _CUT,
        prompt_tokens=as_count(usage.get("prompt_tokens")),
        completion_tokens=as_count(usage.get("completion_tokens")),
    )


def _content(content: Any) -> str:
    """Return the words of a message without those that a model wrote before, while it reasoned.

    They come as parts of another type, or between two marks of which the second may be missing.
    """
    if isinstance(content, str):
        text = as_text(content).rpartition(_REASONED)[2].lstrip()
        return "" if text.startswith(_REASONING) else text
    parts = [as_object(part) for part in as_list(content)]
    return "\n\n".join(
        filter(None, (as_text(part.get("text")) for part in parts if part.get("type") == "text"))
    )
