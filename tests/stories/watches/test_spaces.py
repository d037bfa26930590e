"""The Genie space of a scheduled question is settled when it is set, and asked each time."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.watch import StoredWatch
from render import words
from render.watch.schedule_modal import CALLBACK, SPACE
from sandbox.slack.state.records import View
from tests.stories.home.at_home import modal, open_home
from tests.stories.spaces.three import UNSURE, asked_in, company_with_spaces, space_id
from tests.stories.watches.conftest import look_often
from tests.stories.watches.runs import due, find
from tests.stories.watches.watching import Watching
from tests.stories.world import ADA, GENIE, SALES, texts, words_of

pytestmark = pytest.mark.redis

COSTS = UNSURE.removeprefix(f"{GENIE} ")
"""Two of the three spaces may answer it."""


@pytest.fixture
async def spaces(redis_url: str) -> AsyncIterator[Watching]:
    """Open the company with three spaces, and start one bot in it that looks often for what is due."""
    async with (
        Redis.from_url(redis_url, decode_responses=True) as redis,
        company_with_spaces(redis_url, ADMINS=ADA) as world,
    ):
        opened = Watching(world, redis)
        await opened.never_quiet()
        await world.start_bot(prepare=look_often)
        yield opened


async def command(spaces: Watching, text: str) -> None:
    """Type a command in a channel."""
    await spaces.world.slack.command(ADA, SALES, "/genie", text)


async def is_told(spaces: Watching, text: str) -> None:
    """Wait until a person alone is told something."""
    slack = spaces.world.slack
    await slack.until(lambda: any(text in each.text for each in slack.workspace.ephemerals))


def form(spaces: Watching) -> View | None:
    """Return the form that asks for the space."""
    view = modal(spaces.world)
    return view if view and view.content.get("callback_id") == CALLBACK else None


async def choose(spaces: Watching, alias: str) -> None:
    """Choose a space in the form, which then says that the question is kept."""
    slack, chosen = spaces.world.slack, {"value": space_id(spaces.world, alias)}
    view = await slack.until(lambda: form(spaces))
    state = {SPACE: {SPACE: {"type": "static_select", "selected_option": chosen}}}
    assert await slack.submit_view(ADA, view.id, state) == {}
    told = await slack.until(lambda: modal(spaces.world))
    assert "I ask this of *" in "\n".join(texts(told.content["blocks"]))


async def test_the_space_of_a_scheduled_question_is_settled_once(spaces: Watching) -> None:
    """By its name in front, or in the form where the words do not say; then it is asked there, and listed."""
    await command(spaces, f"schedule each Monday: finance: {COSTS}")
    await is_told(spaces, "I ask this of *Finance* each Monday at 8:00")
    await command(spaces, f"schedule each hour: {COSTS}")
    await choose(spaces, "supply-chain")
    named, chosen = await spaces.of()
    assert [each.watch.text for each in (named, chosen)] == [COSTS, COSTS]
    await due(spaces, chosen.watch.id)
    await due(spaces, named.watch.id)
    assert asked_in(spaces.world) == ["supply-chain", "finance"]
    listed = await open_home(spaces.world, words.watches.HOME_TITLE)
    assert "Genie space Finance" in listed
    assert "Genie space Supply chain" in listed


@pytest.mark.slow
async def test_the_space_of_the_channel_or_of_the_words_is_asked(spaces: Watching) -> None:
    """Then the form asks for nothing; the list after `/genie watches` says which one it is."""
    await command(spaces, "schedule each hour: stock in warehouses")
    await is_told(spaces, "I ask this of *Supply chain* each hour")
    await command(spaces, "use finance")
    await is_told(spaces, "Finance")
    await command(spaces, f"schedule each hour: {COSTS}")
    await is_told(spaces, "I ask this of *Finance* each hour")
    assert [each.watch.space for each in await spaces.of()] == [
        space_id(spaces.world, alias) for alias in ("supply-chain", "finance")
    ]
    await command(spaces, "watches")
    await is_told(spaces, words.watches.LISTED)
    assert "Genie space Finance" in words_of(spaces.world.slack.workspace.ephemerals[-1])


@pytest.mark.slow
async def test_research_is_scheduled_like_a_question(spaces: Watching) -> None:
    """With the space named before or after the word; each is a run, and no question in chat mode."""
    for order, name in (("finance: research:", "Finance"), ("research: supply-chain:", "Supply chain")):
        await command(spaces, f"schedule each Monday: {order} {COSTS}")
        await is_told(spaces, f"I ask this of *{name}* each Monday")
    for stored in await spaces.of():
        assert stored.watch.text == f"research: {COSTS}"
        await due(spaces, stored.watch.id)
    runs = spaces.world.databricks.runs
    assert [each.message.content for each in runs] == [COSTS, COSTS]
    assert spaces.world.databricks.questions() == []


@pytest.mark.slow
async def test_a_scheduled_question_whose_space_is_removed_is_paused(spaces: Watching) -> None:
    """Its owner alone reads why, once; Genie is not asked in another space."""
    await command(spaces, f"schedule each hour: finance: {COSTS}")
    await is_told(spaces, "I ask this of *Finance*")
    stored = await spaces.only()
    await spaces.store.revise(replace(stored.watch, space="01removed"), stored.progress.due or 0)
    await due(spaces, stored.watch.id)
    paused: StoredWatch = await find(spaces, stored.watch.id)
    assert (paused.progress.paused, paused.progress.due) == ("space removed", None)
    workspace = spaces.world.slack.workspace
    said = [words_of(each) for each in workspace.roots(workspace.direct(ADA).id)]
    assert sum(words.watches.SPACE_REMOVED in each for each in said) == 1
    assert spaces.world.databricks.questions() == []
