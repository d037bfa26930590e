"""What no person would send by hand and a machine may: half characters, ten people at one button."""

import dataclasses

import pytest

from sandbox.faults import Fault
from sandbox.slack.state.records import Message
from tests.stories.world import BEN, CHLOE, GENIE, SALES, World, kinds

pytestmark = pytest.mark.redis

HALF = "\ud83d"
"""Half of a surrogate pair, which JSON can spell and no encoder takes: an emoji that a program cut in two."""


@pytest.mark.slow
async def test_half_a_character_costs_no_question(world: World) -> None:
    """A question with a cut emoji is answered like any other."""
    asked = await world.ask(f"{GENIE} revenue by region last year {HALF}")
    assert "data_table" in kinds(await world.answer(asked))


@pytest.mark.slow
async def test_half_a_character_in_a_name_costs_no_question(world: World) -> None:
    """Nor does one in the name of somebody who is mentioned."""
    people = world.slack.workspace.users
    people[CHLOE] = dataclasses.replace(people[CHLOE], real_name=f"Chloe {HALF}")
    asked = await world.ask(f"{GENIE} revenue by region last year for <@{CHLOE}>")
    await world.answer(asked)
    assert "Chloe ?" in world.databricks.questions()[0].content


async def test_a_lost_reply_in_a_long_thread_leaves_one_message(world: World) -> None:
    """Slack posted and its answer was lost: the message is found again, however much was said before it."""
    root = "1700000000.000000"
    world.slack.workspace.store(Message(root, SALES, BEN, "a long story"))
    for number in range(1, 250):
        world.slack.workspace.store(Message(f"1700000000.{number:06}", SALES, BEN, "and on", thread_ts=root))
    world.slack.faults.add(Fault(path="/api/chat.postMessage", drop=True, after=True))
    await world.ask(f"{GENIE} revenue by region last year", thread=root)
    answer = await world.answer(root)
    assert [each.ts for each in world.ours(root) if not each.files] == [answer.ts]
