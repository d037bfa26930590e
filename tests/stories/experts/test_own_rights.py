"""Where people ask as themselves, experts see SQL, and everybody reads rows by their own rights alone."""

import json

import pytest

from render import words
from render.blockkit.buttons import ASK_EXPERT
from render.expert.card import CONFIRM
from sandbox.slack.state.records import Message
from tests.stories.identity.people import ANA, direct
from tests.stories.identity.signed_in import signed_in
from tests.stories.world import BEN, GENIE, SALES, World, words_of

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region"
REGIONS = ("EMEA", "Americas", "APAC")


async def answered(world: World, user: str) -> Message:
    """Ask in the channel, and wait for the answer in one's direct messages."""
    await world.ask(QUESTION, user)
    here = direct(world, user)
    root = await world.slack.until(lambda: next(iter(world.slack.workspace.roots(here)), None))
    return await world.answer(root.ts, channel=here)


@pytest.mark.slow
async def test_a_confirmation_is_shared_and_rows_are_not(redis_url: str) -> None:
    """The card has no region; who asks the same reads the own regions, and who confirmed the SQL."""
    async with signed_in(redis_url, EXPERT_CHANNEL=SALES, CHARTS="off") as world:
        await world.start_bot()
        answer = await answered(world, ANA)
        await world.slack.click(ANA, answer.channel, answer.ts, ASK_EXPERT)
        roots = world.slack.workspace.roots
        card = await world.slack.until(lambda: next((c for c in roots(SALES) if c.bot_id), None))
        shown = json.dumps(card.blocks)
        assert "SELECT" in shown
        assert [region for region in REGIONS if region in shown] == []
        await world.slack.click(BEN, SALES, card.ts, CONFIRM)
        thread = answer.thread_ts or ""
        await world.slack.until(
            lambda: [m for m in world.ours(thread, answer.channel) if "confirmed this answer" in words_of(m)]
        )
        same = await answered(world, BEN)
        assert "this is the confirmed SQL" in words_of(same)
        assert words.readers.AS_YOU in words_of(same)
        mine, theirs = ({each for each in REGIONS if each in words_of(m)} for m in (answer, same))
        assert mine != theirs
