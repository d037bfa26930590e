"""A day of sales later a watched answer tells what changed, and shows the rows when it is asked to."""

import re

import pytest

from render import words
from render.watch.message import TABLE
from render.watch.modal import RHYTHM, WHAT
from render.watch.model import When
from tests.stories.watches.runs import due, ran
from tests.stories.watches.watching import Watching, answered, said
from tests.stories.world import BEN, SALES, kinds, words_of

pytestmark = pytest.mark.redis


async def test_a_day_of_orders_is_told_with_its_picture_and_its_rows_on_demand(watching: Watching) -> None:
    """Set in the menu; silent as long as nothing is sold, then told in one sentence. No question is asked."""
    world, slack = watching.world, watching.world.slack
    thread, answer = await answered(world)
    await watching.watch(answer, **{RHYTHM: "mornings", WHAT: When.CHANGED})
    name = (await watching.only()).watch.id
    await ran(watching, name)
    await slack.until(lambda: said(world, thread, "I look at this answer again"))
    await due(watching, name)
    assert said(world, thread, "Orders add up to") is None
    world.databricks.next_day()
    await due(watching, name)
    told = await slack.until(lambda: said(world, thread, "Orders add up to"))
    assert re.search(r"Orders add up to [\d.]+K, up \d+ \(\+\d\.\d%\) since <!date", words_of(told))
    assert "image" in kinds(told)
    await slack.click(BEN, SALES, told.ts, TABLE)
    rows = await slack.until(lambda: next((each for each in world.ours(thread) if each.ts > told.ts), None))
    assert "data_table" in kinds(rows)
    assert "EMEA" in words_of(rows)
    assert words.watches.rows("4", "4", is_part=False) in words_of(rows)
    assert len(world.databricks.questions()) == 1
