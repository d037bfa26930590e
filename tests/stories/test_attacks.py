"""What no person would send by hand and a machine may: half characters, ten people at one button."""

import dataclasses

import pytest

from tests.stories.world import CHLOE, GENIE, World, kinds

pytestmark = pytest.mark.redis

HALF = "\ud83d"
"""Half of a surrogate pair, which JSON can spell and no encoder takes: an emoji that a program cut in two."""


async def test_half_a_character_costs_no_question(world: World) -> None:
    """A question with a cut emoji is answered like any other."""
    asked = await world.ask(f"{GENIE} revenue by region last year {HALF}")
    assert "data_table" in kinds(await world.answer(asked))


async def test_half_a_character_in_a_name_costs_no_question(world: World) -> None:
    """Nor does one in the name of somebody who is mentioned."""
    people = world.slack.workspace.users
    people[CHLOE] = dataclasses.replace(people[CHLOE], real_name=f"Chloe {HALF}")
    asked = await world.ask(f"{GENIE} revenue by region last year for <@{CHLOE}>")
    await world.answer(asked)
    assert "Chloe ?" in world.databricks.questions()[0].content
