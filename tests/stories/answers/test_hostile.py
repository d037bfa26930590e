"""Hostile data all the way from Genie to Slack: it is shown, filed and explained, and nothing of it lives."""

import csv
import io
from typing import Any

import pytest

from sandbox.databricks.genie import row_shapes
from sandbox.databricks.genie.message_shapes import both, saying
from sandbox.databricks.genie.timing import Turn
from sandbox.slack.state.records import Message
from tests import hostile
from tests.shown import alive, foreign
from tests.stories.world import ADA, GENIE, SALES, World

pytestmark = pytest.mark.redis

SAID = (
    "broadcast to the channel", "forged link", "Markdown link with a broadcast for its text",
    "broadcast in a fence", "bidi source attack", "log line forged",
    "high surrogate alone", "table with a broadcast",
)  # fmt: skip
NAMES = ("forged link", "two broadcasts", "formula HYPERLINK")
QUERY = "SELECT 'a' AS a, 'b' AS b, 'c' AS c"


async def answered(world: World, *turns: Turn) -> list[Message]:
    """Ask for each turn, and wait until all that belongs to the answers is in their threads."""
    for turn in turns:
        world.databricks.turns.add(turn)
    asked = [await world.ask(f"{GENIE} revenue by region last year <!channel>") for _ in turns]
    answers = [await world.answer(thread) for thread in asked]
    await world.until(lambda: sum(".ended" in line for line in world.bots[0].log) == len(turns))
    return answers


def living(world: World, answer: Message) -> list[str]:
    """Find what is alive in the thread of an answer and not ours."""
    found: list[str] = []
    for message in world.ours(str(answer.thread_ts)):
        found += alive(message.blocks, ADA) + foreign(message.text, ADA)
    return found


async def test_hostile_rows_are_only_rows(world: World) -> None:
    """Every text as a cell, and some as names: nothing pings or links, and no cell of the file calculates."""
    rows = [[text, text, str(at)] for at, text in enumerate(hostile.SHORT)]
    names = row_shapes.renamed(*(hostile.NAMED[name] for name in NAMES))
    edit = both(names, row_shapes.cells(rows))
    [answer] = await answered(world, Turn(sql=QUERY, statement=edit))
    assert living(world, answer) == []
    thread = str(answer.thread_ts)
    file = await world.slack.until(
        lambda: next((each.files[0] for each in world.ours(thread) if each.files), None)
    )
    content = world.slack.workspace.files[file].content or b""
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    assert len(read) == len(rows) + 1
    assert not [cell for row in read for cell in row if cell.lstrip().startswith(("=", "@", "\uff1d"))]
    assert not [line for line in world.bots[0].log if "evil.example" in line]


async def test_hostile_words_are_only_words(world: World) -> None:
    """Genie says something harmful in its summary, title, thoughts and suggestions: it stays text."""
    turns = [Turn(message=saying(hostile.NAMED[name])) for name in SAID]
    for answer in await answered(world, *turns):
        assert living(world, answer) == []
        await world.slack.click(ADA, SALES, answer.ts, "how")
        view = await world.slack.until(lambda: filled(world))
        ours = tuple(url for url in urls(view) if url.startswith(world.databricks.url))
        assert alive(view, urls=ours) == []
        world.slack.workspace.views.clear()
    assert not [line for line in world.bots[0].log if "<!channel>" in line or len(line.splitlines()) > 1]


def filled(world: World) -> dict[str, Any] | None:
    """Return the modal once it leads to Databricks, which comes last."""
    views = [view.content for view in world.slack.workspace.views.values()]
    return next((view for view in views if urls(view)), None)


def urls(value: Any) -> list[str]:
    """Return all addresses in a view."""
    if isinstance(value, dict):
        own = [value["url"]] if isinstance(value.get("url"), str) else []
        return own + [url for part in value.values() for url in urls(part)]
    return [url for part in value for url in urls(part)] if isinstance(value, list) else []
