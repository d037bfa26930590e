"""The app as an agent: while Genie works people see Slack's own Stop, which withdraws the question."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from playwright.async_api import expect

from render import words
from sandbox.databricks.genie.timing import Timing
from sandbox.slack.state.records import Message
from sandbox.slack.state.settings import AGENT_EVENTS, AGENT_SCOPES
from tests.stories.browser import at_the_page
from tests.stories.world import ADA, BEN, GENIE, PATIENT_SLACK, SALES, World, company

pytestmark = pytest.mark.redis

AGENT = replace(PATIENT_SLACK, agent=True, scopes=AGENT_SCOPES, events=AGENT_EVENTS)
SLOWLY = Timing(total=lambda _: 3.0)


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open a company whose app was installed from manifest-agent.yml, with one bot."""
    async with company(redis_url, slack=AGENT, timing=SLOWLY) as opened:
        await opened.start_bot()
        yield opened


def status(world: World, thread: str) -> str:
    """Return how far the app says that it is in a thread."""
    session = world.slack.workspace.sessions.get((SALES, thread))
    return session.status if session else ""


async def told(world: World, user: str) -> Message:
    """Wait for what only this person is told."""
    return await world.slack.until(
        lambda: next((each for each in world.slack.ephemerals if each.for_user == user), None)
    )


async def test_stop_withdraws_the_question(world: World) -> None:
    """Its asker is told so in one line, its message goes away, and the session is idle again."""
    thread = await world.ask(f"{GENIE} revenue by region")
    await world.slack.until(lambda: status(world, thread) == "processing")
    await world.slack.stop_session(ADA, SALES, thread)
    assert (await told(world, ADA)).text == words.changes.stopped("revenue by region")
    await world.slack.until(lambda: not world.ours(thread) and status(world, thread) == "active")


@pytest.mark.slow
async def test_a_session_is_called_by_its_first_question(world: World) -> None:
    """Slack lists sessions by title, in which nothing is a mention; questions that follow keep it."""
    thread = await world.ask(f"{GENIE} revenue by region & <!channel> {'x' * 300}")
    await world.answer(thread)
    await world.ask(f"{GENIE} only EMEA", thread=thread)
    await world.answer(thread, 2)
    title = world.slack.workspace.sessions[SALES, thread].title
    assert title.startswith("revenue by region &amp; ")
    assert "<" not in title
    assert len(title) <= 200


async def test_somebody_elses_stop_does_not_take_the_answer_away(world: World) -> None:
    """Who asked nothing here is told so, and the question is answered."""
    thread = await world.ask(f"{GENIE} revenue by region")
    await world.slack.until(lambda: status(world, thread) == "processing")
    await world.slack.stop_session(BEN, SALES, thread)
    assert (await told(world, BEN)).text == words.changes.NOTHING
    await world.answer(thread)
    await world.slack.until(lambda: status(world, thread) == "active")


@pytest.mark.browser
async def test_stop_is_pressed_on_the_page(world: World) -> None:
    """It stands beside the line that says that the app works, and both go away."""
    async with at_the_page(world) as ada:
        await ada.visit()
        await ada.write("@Genie revenue by region")
        line = ada.thread.locator(".status")
        await line.get_by_role("button", name="Stop").click()
        await expect(ada.page.get_by_text(words.changes.STOPPED)).to_be_visible()
        await expect(line).to_be_hidden()
