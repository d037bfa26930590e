"""How the tests of agent mode call it."""

from typing import Any

from sandbox.databricks import Databricks
from tests.unit.genie.databricks_caller import Caller, Said, path_of


def body(text: object = "revenue by region", **more: object) -> dict[str, object]:
    content = [{"type": "input_text", "text": text}]
    return {"input": [{"type": "message", "role": "user", "content": content}], **more}


def agents(caller: Caller, path: str) -> str:
    return f"{caller.space.replace('/spaces/', '/agents/')}/{path}"


async def research(databricks: Databricks, caller: Caller, text: str = "revenue by region") -> Any:
    """Run a question to its end, as chat mode sees it."""
    await caller.stream(agents(caller, "responses"), body(text))
    return await caller.until(path_of(view_of(databricks)))


def view_of(databricks: Databricks) -> dict[str, str]:
    message = databricks.runs[-1].message
    return {"conversation_id": message.conversation_id, "message_id": message.message_id}


def cancel_path(databricks: Databricks, response: str = "") -> str:
    run = databricks.runs[-1]
    return f"conversations/{run.message.conversation_id}/responses/{response or run.response_id}/cancel"


async def post(caller: Caller, given: object, path: str = "responses") -> Said:
    return await caller.call("POST", agents(caller, path), given)
