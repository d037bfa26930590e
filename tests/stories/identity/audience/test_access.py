"""Operators may name who may ask and where, by ids; everybody else is told so privately."""

from dataclasses import replace

import pytest

from render import words
from render.answer.actions import EXPLAIN
from sandbox.slack.state.records import Message
from sandbox.slack.state.settings import SCOPES
from tests.stories.privacy import QUESTION
from tests.stories.starting.test_starting import assert_one_sentence
from tests.stories.world import ADA, BEN, CHLOE, GENIE, PATIENT_SLACK, SALES, World, company, texts

pytestmark = pytest.mark.redis

FINANCE, LEADERS, FINANCE_TEAM = "C0FINANCE2", "C0LEADERS4", "S0FINANCE1"
"""Ada and Ben are in the group, Chloe is not."""
DIRECT_OF_ADA, DIRECT_OF_CHLOE = "D0ADA00000", "D0CHLOE000"


async def told(world: World, number: int) -> list[tuple[str | None, str, str]]:
    """Wait until people were told privately so many times; return whom, where and what."""
    await world.slack.until(lambda: len(world.slack.ephemerals) >= number)
    return [(each.for_user, each.channel, each.text) for each in world.slack.ephemerals]


def posted(world: World, channel: str) -> list[Message]:
    """Return what the bot has posted for all to see."""
    return [each for each in world.slack.workspace.messages[channel].values() if each.bot_id]


def home(world: World, user: str) -> str:
    return "\n".join(texts(world.slack.workspace.homes[user].content["blocks"]))


async def test_only_named_people_are_answered(redis_url: str) -> None:
    """By the group that they are in, on whichever replica and in whichever way they come."""
    async with company(redis_url, CHARTS="off", ALLOWED_USERS=FINANCE_TEAM) as world:
        await world.start_bot()
        await world.start_bot(PORT="0")
        ts = await world.ask(f"{GENIE} {QUESTION}", BEN)
        answer = await world.answer(ts)
        refused = await world.ask(f"{GENIE} {QUESTION}", CHLOE)
        await told(world, 1)
        await world.slack.edit(CHLOE, SALES, refused, f"{GENIE} {QUESTION}, by month")
        await told(world, 2)
        await world.ask(QUESTION, CHLOE, DIRECT_OF_CHLOE)
        await told(world, 3)
        await world.slack.command(CHLOE, SALES, "/genie", QUESTION)
        await told(world, 4)
        await world.slack.click(CHLOE, SALES, answer.ts, EXPLAIN)
        seen = await told(world, 5)
        await world.slack.react(CHLOE, SALES, answer.ts, "-1")
        await world.slack.open_home(CHLOE)
        await world.slack.until(lambda: CHLOE in world.slack.workspace.homes)
        assert {(user, text) for user, _, text in seen} == {(CHLOE, words.access.NOT_ALLOWED)}
        assert home(world, CHLOE) == words.access.NOT_ALLOWED
        assert len(world.databricks.questions()) == 1
        assert (posted(world, DIRECT_OF_CHLOE), len(world.ours(ts)), world.ours(refused)) == ([], 1, [])


async def test_nobody_is_answered_in_other_channels(redis_url: str) -> None:
    """An admin neither, nor privately from there; in direct messages people are."""
    async with company(redis_url, CHARTS="off", ALLOWED_CHANNELS=f"{SALES},{LEADERS}", ADMINS=ADA) as world:
        await world.start_bot()
        await world.ask(f"{GENIE} {QUESTION}", ADA, FINANCE)
        await told(world, 1)
        for text in (QUESTION, f"private {QUESTION}"):
            await world.slack.command(ADA, FINANCE, "/genie", text)
        seen = await told(world, 3)
        sentence = words.access.not_here([f"<#{SALES}>", f"<#{LEADERS}>"])
        assert seen == [(ADA, FINANCE, sentence)] * 3
        assert (posted(world, FINANCE), world.databricks.questions()) == ([], [])
        for channel in (SALES, DIRECT_OF_ADA):
            ts = await world.ask(f"{GENIE} {QUESTION}", ADA, channel)
            await world.answer(ts, channel=channel)


async def test_a_group_that_cannot_be_read_lets_nobody_in(redis_url: str) -> None:
    """The start says so; people who are named themselves are answered."""
    slack = replace(PATIENT_SLACK, scopes=SCOPES - {"usergroups:read"})
    async with company(
        redis_url, slack=slack, CHARTS="off", ALLOWED_USERS=f"{FINANCE_TEAM},{CHLOE}"
    ) as world:
        bot = await world.start_bot()
        assert any("user_groups.unreadable" in line and "ALLOWED_USERS" in line for line in bot.log)
        await world.ask(f"{GENIE} {QUESTION}", BEN)
        assert await told(world, 1) == [(BEN, SALES, words.access.NOT_ALLOWED)]
        await world.answer(await world.ask(f"{GENIE} {QUESTION}", CHLOE))


async def test_a_wrong_id_stops_the_start(redis_url: str) -> None:
    """Whether it is no id, or one of a group that Slack does not know."""
    async with company(redis_url) as world:
        for wrong, name in (
            ("@chloe", "ALLOWED_USERS"),
            ("S0NOWHERE1", "ALLOWED_USERS"),
            ("#sales", "ALLOWED_CHANNELS"),
        ):
            assert_one_sentence(await world.refused_start(**{name: wrong}), name, " id")
