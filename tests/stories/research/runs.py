"""Research in the company: how people ask for it, and what of it is seen in Genie and in Slack."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.steps.research import follow
from render import words
from render.research.progress import STOP
from sandbox.databricks import AgentMode, AgentRun, AgentTurn, Turn
from sandbox.databricks.genie.timing import Timing
from sandbox.slack.state.records import Message
from tests.stories.world import ADA, GENIE, OWN_CHARTS, QUICK, SALES, World, company, kinds, waiting, words_of

WHY = "why did revenue fall in Q3 2026?"
TITLES = ("Revenue by region, Q3 2026", "Revenue by month, Q3 2026")
"""Of the queries of a run that `plan` makes short."""
EVENTS = 14
"""Which its stream has."""
SQL = "container"
"""The block that has the query of an answer, and of no report."""
_MOMENTS = re.compile(r"in about [\w ]+|<!date[^>]+>")


def quickly() -> None:
    """Have a bot look often, and tell at once what it sees."""
    vars(follow).update(GLANCE_SECONDS=0.05, LOOK_SECONDS=0.2, SHOWN_SECONDS=0.1)


@asynccontextmanager
async def laboratory(redis_url: str, timing: Timing = QUICK) -> AsyncIterator[World]:
    """Open a company in which neither Genie nor the bot limits research."""
    workspace = {"agent_mode": AgentMode(limit=1000), **OWN_CHARTS}
    async with company(
        redis_url, timing=timing, databricks=workspace, RESEARCH_PER_MINUTE="1000", CHARTS="off"
    ) as world:
        yield world


def plan(world: World, times: int = 1, **agent: Any) -> None:
    """Let the next runs be short, and go as said."""
    world.databricks.turns.add(Turn(agent=AgentTurn(**{"queries": 2, **agent}), times=times))


async def research(world: World, text: str = WHY, user: str = ADA) -> str:
    """Ask for research by a mention; return its thread."""
    return await world.ask(f"{GENIE} research: {text}", user)


async def told(world: World, events: int, number: int = 1) -> AgentRun:
    """Wait until the n-th run has told so many events, and give it."""
    runs = world.databricks.runs
    await world.until(lambda: len(runs) >= number and len(runs[number - 1].events) >= events)
    return runs[number - 1]


async def progress(world: World, thread: str, queries: int = 1) -> Message:
    """Wait for the message that has a card for so many finished queries of a run that goes on."""

    def shown() -> Message | None:
        for message in world.ours(thread):
            cards = [card for block in message.blocks if block["type"] == "plan" for card in block["tasks"]]
            if [card["status"] for card in cards].count("complete") >= queries:
                return message
        return None

    return await world.slack.until(shown)


async def report(world: World, thread: str, channel: str = SALES) -> Message:
    """Wait for the report of a thread."""
    return await world.slack.until(lambda: next(iter(reports(world, thread, channel)), None))


def reports(world: World, thread: str, channel: str = SALES) -> list[Message]:
    """Return the messages of a thread that tell how a run ended; results and files are others."""
    ours = world.ours(thread, channel)
    return [each for each in ours if not (each.files or runs(each) or SQL in kinds(each))]


def runs(message: Message) -> bool:
    """Whether a message tells of research that goes on, or waits."""
    text = words_of(message)
    said = words.research
    return waiting(message) or any(each in text for each in (said.WORKING, said.STOPPING, said.CANNOT_STOP))


async def results(
    world: World, thread: str, number: int = len(TITLES), channel: str = SALES
) -> list[Message]:
    """Wait for the answers below a report."""

    def shown() -> list[Message] | None:
        found = [each for each in world.ours(thread, channel) if SQL in kinds(each)]
        return found if len(found) >= number else None

    return await world.slack.until(shown)


async def stop(world: World, message: Message, user: str = ADA) -> None:
    """Press *Stop*."""
    await world.slack.click(user, SALES, message.ts, STOP)


def read(world: World, thread: str) -> list[str]:
    """Return what each message of a thread says, apart from moments."""
    return [_MOMENTS.sub("", words_of(each)) for each in world.ours(thread)]
