"""Events as Server-Sent Events: https://html.spec.whatwg.org/multipage/server-sent-events.html."""

import json
from typing import Any

from sandbox.databricks.genie.agent_turn import AgentTurn

Json = dict[str, Any]
KEEP_ALIVE = b": keep-alive\n\n"
_ENDS = frozenset(f"response.{word}" for word in ("completed", "failed", "incomplete", "done")) | {"error"}
_IDS = frozenset({"id", "call_id"})


def frame(event: Json, turn: AgentTurn) -> bytes:
    """Write one event in the way of its turn."""
    kind = event["type"]
    data = turn.event(event if turn.ids else _without_ids(event))
    if turn.naming == "event":
        data = {key: value for key, value in data.items() if key != "type"}
    names = {"both": f"event: {kind}\n", "event": f"event: {kind}\n", "other": "event: message\n"}
    text = f"{names.get(turn.naming, '')}data: {json.dumps(data, ensure_ascii=False)}\n"
    end = "" if turn.open_end and kind in _ENDS else "\n"
    return KEEP_ALIVE * turn.comments + f"{text}{end}".encode()


def _without_ids(event: Json) -> Json:
    """Leave out the ids of the items; the response keeps its own."""
    if "item" in event:
        return event | {"item": _nameless(event["item"])}
    if "response" in event:
        items = [_nameless(each) for each in event["response"]["output"]]
        return event | {"response": event["response"] | {"output": items}}
    return event


def _nameless(item: Json) -> Json:
    return {key: value for key, value in item.items() if key not in _IDS}
