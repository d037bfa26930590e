"""A person signs in once, and what was asked goes on by itself, with that person's rights."""

import signal
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.store.keys import SIGN_IN_WAIT_LIFETIME, Keys
from render import words
from render.blockkit.buttons import ASK_AGAIN
from render.notices.sign_in import NEW_LINK, SIGN_IN
from sandbox.slack.state.records import Message
from tests.stories.identity.people import (
    ANA,
    asking_as_themselves,
    browser,
    direct,
    link_in,
    offered,
    offers,
    origin,
    sign_in_when_offered,
)
from tests.stories.world import BEN, GENIE, SALES, World, words_of

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region"


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company and start one bot in it."""
    async with asking_as_themselves(redis_url) as opened:
        await opened.start_bot()
        yield opened


async def answered(world: World, user: str, number: int = 1) -> str:
    """Wait for the n-th answer in a person's direct messages; return what it says."""

    def found() -> str | None:
        said = world.slack.workspace.messages[direct(world, user)].values() if direct(world, user) else ()
        texts = [words_of(each) for each in said if words.answer.AI_GENERATED in words_of(each)]
        return texts[number - 1] if len(texts) >= number else None

    return await world.slack.until(found)


async def test_a_question_leads_to_a_sign_in_and_goes_on_by_itself(world: World) -> None:
    """The link is for the asker alone; after Confirm the answer has the rows that this person may see."""
    await world.ask(QUESTION, user=BEN)
    offer = await offered(world, BEN)
    assert (offer.for_user, offer.channel) == (BEN, SALES)
    assert world.databricks.questions() == []
    await sign_in_when_offered(world, BEN)
    text = await answered(world, BEN)
    assert "EMEA" in text
    assert "APAC" not in text
    assert {each.identity for each in world.databricks.questions()} == {"ben@example.com"}
    await world.ask(f"{GENIE} orders by region", user=BEN)
    await answered(world, BEN, 2)
    assert len(offers(world, BEN)) == 1


async def test_a_wait_that_is_over_is_told_to_its_asker_alone(world: World, redis: "Redis") -> None:
    """The channel reads nothing of it; the direct message stays, and its button brings another link."""
    thread = await world.ask(QUESTION, user=BEN)
    await offered(world, BEN)
    keys, asked = Keys(world.environment["REDIS_PREFIX"]), f"{world.slack.workspace.team_id}.{SALES}.{thread}"
    await redis.delete(keys.sign_in_told(SlackUser(world.slack.workspace.team_id, BEN)))
    await redis.hincrby(keys.question(asked), "signing_in_at", -SIGN_IN_WAIT_LIFETIME)
    await redis.zadd(keys.due, {asked: 0})

    def told() -> Message | None:
        said = world.slack.workspace.messages[direct(world, BEN)].values() if direct(world, BEN) else ()
        return next((each for each in said if words.sign_in.NOT_SIGNED_IN in words_of(each)), None)

    end = await world.slack.until(told)
    assert words.sign_in.about_question_in(f"<#{SALES}>") in words_of(end)
    assert world.ours(thread) == []
    await world.slack.click(BEN, end.channel, end.ts, ASK_AGAIN)
    await sign_in_when_offered(world, BEN, 2)
    assert "EMEA" in await answered(world, BEN)
    assert world.ours(thread) == []


async def test_killed_between_the_link_and_the_callback_nothing_is_lost(world: World) -> None:
    """Another process takes the browser where the first one sent it; after one more no sign-in is needed."""
    await world.ask(QUESTION, user=ANA)
    offer = await offered(world, ANA)
    async with browser() as own:
        there = (await own.get(link_in(offer))).location
        await world.bots[0].end(signal.SIGKILL)
        back = await own.allow(there, "ana@example.com")
        await world.start_bot()
        page = await own.get((await own.get(back)).location)
        assert "ana@example.com" in page.text
        await own.confirm(page, f"{origin(back)}/sign-in/confirm")
    assert "APAC" in await answered(world, ANA)
    await world.bots[1].end(signal.SIGKILL)
    await world.start_bot()
    await world.ask(f"{GENIE} orders by region", user=ANA)
    await answered(world, ANA, 2)
    assert len(offers(world, ANA)) == 1


async def test_a_used_link_is_replaced_by_its_button(world: World) -> None:
    """A new link takes the message's place, and says in the end that it is done."""
    await world.ask(QUESTION, user=ANA)
    offer = await offered(world, ANA)
    async with browser() as somebody:
        await somebody.get(link_in(offer))
        used = await somebody.get(link_in(offer))
        assert (used.status, words.sign_in.LINK_USED in used.text) == (410, True)
    await world.slack.click(ANA, SALES, offer.ts, NEW_LINK)
    renewed = await world.slack.until(
        lambda: next((each for each in offers(world, ANA) if link_in(each) != link_in(offer)), None)
    )
    await world.slack.click(ANA, SALES, renewed.ts, SIGN_IN)
    async with browser() as own:
        await own.sign_in(link_in(renewed), "ana@example.com")
    await answered(world, ANA)
    await world.slack.until(
        lambda: [each for each in world.slack.ephemerals if each.text == words.sign_in.BACK_SIGNED_IN]
    )
    assert offers(world, ANA) == []


async def test_signed_out_people_are_asked_to_sign_in_again(world: World) -> None:
    """`/genie sign-out` deletes at once, and Databricks hears of it; Home says how things are."""
    await world.slack.command(ANA, SALES, "/genie", "sign-in")
    await sign_in_when_offered(world, ANA)
    await world.slack.open_home(ANA)
    await world.slack.until(lambda: "ana@example.com" in str(world.slack.workspace.homes.get(ANA)))
    await world.slack.command(ANA, SALES, "/genie", "sign-out")
    assert world.slack.ephemerals[-1].text == words.sign_in.SIGNED_OUT
    await world.until(lambda: [each for each in world.databricks.request_log if "revoke" in each.path])
    await world.slack.until(lambda: SIGN_IN in str(world.slack.workspace.homes[ANA]))
    await world.ask(QUESTION, user=ANA)
    await sign_in_when_offered(world, ANA, 2)
    await answered(world, ANA)
