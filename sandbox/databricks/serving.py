"""A model serving endpoint that always answers the same to the same words.

https://docs.databricks.com/api/workspace/servingendpoints/query
"""

from aiohttp import web

from sandbox.databricks.errors import invalid, missing
from sandbox.databricks.requests import json_body

ENDPOINT = "sandbox-summary"
_LONGEST = 200
_ROLES = frozenset({"system", "user", "assistant"})


def routes() -> list[web.RouteDef]:
    """Give the one route."""
    return [web.post("/serving-endpoints/{endpoint}/invocations", _invoke, name="serving")]


async def _invoke(request: web.Request) -> web.Response:
    if request.match_info["endpoint"] != ENDPOINT:
        raise missing("Endpoint", request.match_info["endpoint"])
    messages = (await json_body(request)).get("messages")
    if not isinstance(messages, list) or not messages:
        raise invalid("messages must not be empty.")
    for message in messages:
        if not isinstance(message, dict) or message.get("role") not in _ROLES:
            raise invalid("Each message needs a role and content.")
    asked = str(messages[-1].get("content", ""))
    answer = f"Sandbox summary, not from a model: {len(asked.splitlines())} lines about {asked[:_LONGEST]!r}."
    read, written = len(asked.split()), len(answer.split())
    choice = {"index": 0, "message": {"role": "assistant", "content": answer}, "finish_reason": "stop"}
    usage = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
    body = {
        "id": "sandbox",
        "object": "chat.completion",
        "model": ENDPOINT,
        "choices": [choice],
        "usage": usage,
    }
    return web.json_response(body, headers={"served-model-name": ENDPOINT})
