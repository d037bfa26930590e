"""In a storm nearly every third call to Databricks goes wrong, and still every question ends well, once."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

import pytest

from render import words
from sandbox.faults import Faults
from sandbox.slack.state.rate_limits import Limits
from sandbox.slack.state.records import Message
from tests.stories.asking.test_limits import crowd, most_in_window
from tests.stories.faults import AT_DATABRICKS, AT_SLACK, SECRET, refused_without_a_time, storm
from tests.stories.world import GENIE, World, company, kinds, words_of

pytestmark = [pytest.mark.redis, pytest.mark.slow]

QUESTIONS = 200
TROUBLED = 0.3
"""The share of all calls to Databricks that go wrong."""
ANSWERED = 0.85
"""The share of the questions that gets an answer all the same; usually it is more."""
SEED = 1
NUMBER, WINDOW = 20, 5.0
"""The same rule in a shorter minute, so that so many questions fit into a test."""
GUARD = 4.0
"""Seconds: on a busy machine the local Genie, too, takes a request long after it was sent."""
LOGIN_PAGE = (HTTPStatus.OK, HTTPStatus.FOUND)
"""What a login page answers to a question that then has no message: itself, or the way to it."""
END_SECONDS = 480.0

WAITING = {words.progress.WORKING, words.progress.BEHIND_PREVIOUS, words.progress.STILL_RUNNING}
CLEAR = [
    sentence
    for module in (words.answer, words.failures, words.questions, words.threads)
    for sentence in vars(module).values()
    if isinstance(sentence, str) and sentence.endswith(".") and sentence not in WAITING
]
"""Every sentence that ends a question without an answer."""


@dataclass(frozen=True)
class Asked:
    """A question and where its end belongs; `number` counts within its thread."""

    text: str
    channel: str
    thread: str
    number: int = 1


async def ask_all(world: World, number: int) -> list[Asked]:
    """Let people ask; a third goes on in a thread, and some ask in the words that others just used."""
    chance, people = random.Random(SEED), crowd(world)  # noqa: S311 - the same in every run
    asked: list[Asked] = []
    begun: dict[str, Asked] = {}
    for turn in range(number):
        user, channel = people[turn % len(people)]
        same = turn - 1 if turn % 10 == 1 else turn
        last = begun.get(user)
        if last and chance.random() < 1 / 3:
            text = f"{('units', 'margin')[last.number % 2]} by region last year, number {same}"
            await world.ask(text, user, channel, last.thread)
            begun[user] = Asked(text, channel, last.thread, last.number + 1)
        else:
            text = f"revenue by region last year, number {same}"
            begun[user] = Asked(text, channel, await world.ask(f"{GENIE} {text}", user, channel))
        asked.append(begun[user])
    return asked


async def ends(world: World, asked: list[Asked]) -> list[Message]:
    """Wait until each question has its end."""
    async with asyncio.timeout(END_SECONDS):
        return [
            await world.answer(each.thread, each.number, each.channel, within=END_SECONDS) for each in asked
        ]


@asynccontextmanager
async def stormy(redis_url: str, slack: float = 0.0) -> AsyncIterator[World]:
    """Start two replicas, then let the storm begin; `slack` is the share of Slack's calls that it hits."""
    async with company(
        redis_url,
        limits=Limits.none(),
        databricks={"question_limit": NUMBER, "window": WINDOW, "faults": Faults(seed=SEED)},
        QUESTION_WINDOW_SECONDS=str(WINDOW),
        QUESTION_GUARD_SECONDS=str(GUARD),
    ) as world:
        await world.start_bot()
        await world.start_bot(PORT="0")
        for fault in (refused_without_a_time(2), *storm(AT_DATABRICKS, TROUBLED)):
            world.databricks.faults.add(fault)
        for fault in storm(AT_SLACK, slack, "/api/*"):
            world.slack.faults.add(fault)
        yield world


def check(world: World, asked: list[Asked], found: list[Message]) -> None:
    """Check that each question has one end, Genie has it once at most, and nobody told a secret."""
    answered = sum("data_table" in kinds(end) for end in found)
    unclear = [
        words_of(end)
        for end in found
        if "data_table" not in kinds(end) and not any(sentence in words_of(end) for sentence in CLEAR)
    ]
    assert unclear == []
    for (channel, thread), number in Counter((each.channel, each.thread) for each in asked).items():
        assert len([each for each in world.ours(thread, channel) if not each.files]) == number
    questions = world.databricks.questions()
    # Refused or lost on the way, a question may be sent again; once Genie has it, it may not.
    exist = Counter(each.content for each in questions if each.message_id)
    assert exist <= Counter(each.text for each in asked)
    # A login page stands before Genie, which counts only what gets through.
    through = [each for each in questions if each.message_id or each.status not in LOGIN_PAGE]
    assert most_in_window([each.time for each in through], WINDOW) <= NUMBER
    log = "".join(line for bot in world.bots for line in bot.log)
    ours = [line for line in log.splitlines() if '"logger": "bot.' in line]
    assert [line for line in ours if "step.crashed" in line or "Traceback" in line] == []
    secrets = (SECRET, "SELECT", "by region", world.databricks.token, world.slack.bot_token)
    assert [secret for secret in secrets if secret in log] == []
    assert answered >= ANSWERED * len(asked)


async def test_every_question_ends_once_in_a_storm(redis_url: str) -> None:
    """200 questions, two replicas, 30 % of all calls go wrong: one end each, asked once, in the limit."""
    async with stormy(redis_url) as world:
        asked = await ask_all(world, QUESTIONS)
        check(world, asked, await ends(world, asked))


async def revived(world: World) -> None:
    """Start a replica as a supervisor does: again, if the storm spoils the start."""
    for _ in range(10):
        try:
            await world.start_bot(PORT="0")
        except AssertionError:
            continue
        return
    pytest.fail("no start succeeded")


async def test_a_replica_dies_in_the_storm(redis_url: str) -> None:
    """Kill -9 in the middle, a new start, and Slack stumbling too: still one end each, never asked twice."""
    async with stormy(redis_url, slack=0.05) as world:
        asked = await ask_all(world, QUESTIONS // 4)
        await world.until(lambda: len(world.databricks.questions()) > QUESTIONS // 8, within=60)
        await world.bots[1].end(signal.SIGKILL)
        await revived(world)
        check(world, asked, await ends(world, asked))
