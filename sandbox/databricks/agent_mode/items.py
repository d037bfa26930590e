"""The items of a run as JSON: thoughts, calls of tools, what these gave, and messages."""

import json
from typing import Any

from sandbox.databricks.genie.agent_turn import AgentTurn
from sandbox.databricks.genie.store import QueryAttachment, new_id
from sandbox.databricks.warehouse.warehouse import Result

Json = dict[str, Any]
_MOST_ROWS = 100
_DONE, _BEGUN = "completed", "in_progress"


def reasoning(text: str, turn: AgentTurn) -> Json:
    """Give a thought."""
    item: Json = {"type": "reasoning", "id": new_id(), "status": _DONE}
    if turn.reasoning == "text":
        return item | {"text": text}
    kind = "reasoning_text" if turn.reasoning == "content" else "summary_text"
    return item | {turn.reasoning: [{"type": kind, "text": text}]}


def thought(text: str) -> Json:
    """Give a thought in the form of a message."""
    return message([{"type": "output_text", "text": text}]) | {"metadata": {"ui_type": "THOUGHT"}}


def call(name: str, title: str, sql: str) -> Json:
    """Give the call of a tool; its arguments are JSON inside a text."""
    arguments = json.dumps({"title": title, "sql": sql})
    ids = {"id": new_id(), "call_id": new_id()}
    return {"type": "function_call", **ids, "name": name, "status": _DONE, "arguments": arguments}


def call_begun(whole: Json, number: int) -> Json:
    """Give a call as it is first seen: without its arguments, or with a part of them."""
    part = "" if number % 2 == 0 else whole["arguments"][:24]
    return whole | {"status": _BEGUN, "arguments": part}


def output(of: Json, text: str, item_id: str = "") -> Json:
    """Give what a call of a tool gave."""
    ids = {"id": item_id or new_id(), "call_id": of["call_id"]}
    return {"type": "function_call_output", **ids, "status": _DONE, "output": text}


def output_begun(whole: Json) -> Json:
    """Give it as it is first seen: a stub."""
    return whole | {"status": _BEGUN, "output": ""}


def message(content: list[Json], role: str = "assistant") -> Json:
    """Give a message."""
    return {"type": "message", "id": new_id(), "role": role, "status": _DONE, "content": content}


def message_begun(whole: Json) -> Json:
    """Give a message before there is anything in it."""
    return whole | {"status": _BEGUN, "content": []}


def asked(text: str, input_id: str) -> Json:
    """Give the question as the list of items has it."""
    content = [{"type": "input_text", "text": text}]
    return message(content, "user") | {"id": f"{input_id}_input"}


def said_by_system(text: str) -> Json:
    """Give the reason of a failure as the list of items has it."""
    return message([{"type": "output_text", "text": text}], "system")


def query_output(query: QueryAttachment) -> str:
    """Write what a query gave: its title, then a Markdown table of at most 100 rows, or its error."""
    result = query.statement.result
    body = f"Error: {query.statement.error}" if result is None else markdown(result, _MOST_ROWS)
    return f"{query.draft.title}\n\n{body}"


def markdown(result: Result, rows: int) -> str:
    """Write the first rows of a result as a Markdown table."""
    names = [column.name for column in result.columns]
    lines = [names, ["---"] * len(names), *([cell or "" for cell in row] for row in result.rows[:rows])]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
