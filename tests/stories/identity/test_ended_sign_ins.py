"""A sign-in that ends in the middle: what needs it waits for the next one and goes on where it was."""

from collections.abc import AsyncIterator

import pytest

from render import words
from render.answer.actions import EXPLAIN, INSIGHTS
from render.notices.sign_in import SIGN_OUT
from sandbox.databricks.genie.timing import Timing
from sandbox.slack.state.records import Message
from tests.stories.exports import press
from tests.stories.identity.people import ANA, asking_as_themselves, direct, offers, sign_in_when_offered
from tests.stories.world import SALES, World, words_of

pytestmark = pytest.mark.redis

SLOW = Timing(total=lambda _: 1.5)


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company with a slow Genie, start one bot, and sign Ana in."""
    async with asking_as_themselves(redis_url, timing=SLOW) as opened:
        await opened.start_bot()
        await opened.slack.command(ANA, SALES, "/genie", "sign-in")
        await sign_in_when_offered(opened, ANA)
        yield opened


def said_directly(world: World, text: str) -> Message | None:
    """Return the bot's message in Ana's direct messages that says something."""
    channel = direct(world, ANA)
    said = world.slack.workspace.messages[channel].values() if channel else ()
    return next((each for each in said if text in words_of(each) and each.bot_id), None)


async def test_a_running_question_and_a_click_wait_for_the_next_sign_in(world: World) -> None:
    """Genie is asked once; the links come privately, and what waited goes on: an answer, then its figures."""
    await world.slack.command(ANA, SALES, "/genie", "private revenue by region")
    await world.asked()
    world.databricks.end_grants("ana@example.com")
    await world.slack.until(lambda: said_directly(world, words.sign_in.WAITS_FOR_SIGN_IN))
    await sign_in_when_offered(world, ANA, 2)
    answer = await world.slack.until(lambda: said_directly(world, words.answer.AI_GENERATED))
    assert len(world.databricks.questions()) == 1
    world.databricks.end_grants("ana@example.com")
    await press(world, answer, EXPLAIN, ANA)
    views = world.slack.workspace.views
    await world.slack.until(lambda: words.sign_in.NOT_IN in str([each.content for each in views.values()]))
    await world.slack.click(ANA, answer.channel, answer.ts, INSIGHTS)
    await sign_in_when_offered(world, ANA, 3)
    await world.slack.until(lambda: said_directly(world, f"{words.insights.STATS}: "))


async def test_what_runs_when_somebody_signs_out_ends_in_words(world: World) -> None:
    """Nothing is asked for them any more, and no link is sent for what was asked before."""
    await world.slack.command(ANA, SALES, "/genie", "private revenue by region")
    await world.asked()
    await world.slack.open_home(ANA)
    home = await world.slack.until(lambda: world.slack.workspace.homes.get(ANA))
    await world.slack.click_in_view(ANA, home.id, SIGN_OUT)
    await world.slack.until(lambda: said_directly(world, words.sign_in.SIGNED_OUT_MEANWHILE))
    assert len(offers(world, ANA)) == 1


async def test_a_deactivated_account_loses_its_sign_in(world: World) -> None:
    """Databricks is told, and whoever gets the account back signs in anew."""
    await world.slack.change_user(ANA, deleted=True)
    await world.until(lambda: [each for each in world.databricks.request_log if each.kind == "revoke"])
    await world.slack.change_user(ANA, deleted=False)
    await world.slack.command(ANA, SALES, "/genie", "sign-in")
    assert len(offers(world, ANA)) == 2
