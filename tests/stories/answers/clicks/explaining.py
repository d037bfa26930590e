"""How I Got This, pressed and read."""

import json
from typing import Any

from render import words
from sandbox.faults import Fault
from sandbox.slack.state.records import Message, View
from tests.stories.world import ADA, GENIE, World

QUESTION = f"{GENIE} revenue by region last year"
LOOK = "*/messages/*"
"""The path on which Genie tells of a message."""


async def ask(world: World) -> Message:
    """Get an answer with its chart, after which nothing looks at the message any more."""
    answer = await world.answer(await world.ask(QUESTION))
    await world.chart(answer)
    await world.until(lambda: any(".ended" in line for line in world.bots[-1].log))
    return answer


async def modal(world: World, user: str = ADA, part: str = "") -> str:
    """Wait until somebody's latest modal says more than that something is being read; return what it says.

    With `part`, until it says that.
    """

    def filled() -> str | None:
        text = next((read(view) for view in reversed(views(world)) if view.user == user), "")
        return None if not text or words.explain.OPENING.splitlines()[0] in text or part not in text else text

    return await world.slack.until(filled)


def views(world: World) -> list[View]:
    """Return the open modals, the latest at the end."""
    return list(world.slack.workspace.views.values())


def read(view: View) -> str:
    """Return all that a person can read in a modal."""
    return "\n".join(_texts(view.content["blocks"]))


def _texts(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [text for inner in part.values() for text in _texts(inner)]
    return [text for inner in part for text in _texts(inner)] if isinstance(part, list) else []


def noted(world: World, **query: Any) -> None:
    """Let Genie tell something else about its query, whoever looks next."""
    message = world.databricks.questions()[-1]
    body = {
        "message_id": message.message_id,
        "status": "COMPLETED",
        "attachments": [{"attachment_id": "a", "query": query}],
    }
    world.databricks.faults.add(Fault(path=LOOK, method="GET", status=200, body=json.dumps(body), times=None))


def objects(part: Any) -> list[dict[str, Any]]:
    """Return every object inside blocks."""
    inner = list(part.values()) if isinstance(part, dict) else part if isinstance(part, list) else []
    return [
        *([part] if isinstance(part, dict) else []),
        *(found for each in inner for found in objects(each)),
    ]
