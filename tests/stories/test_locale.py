"""Numbers and dates as whoever asked writes them."""

import re

import pytest

from tests.stories.world import GENIE, World, words_of

pytestmark = pytest.mark.redis

DIEGO, EMI = "U0DIEGO004", "U0EMI00005"


async def test_an_answer_is_written_as_its_asker_writes(world: World) -> None:
    """Slack tells the asker's language: Spain writes 1.234,50, and Japan begins a date with its year."""
    spanish = await world.ask(f"{GENIE} revenue by region last year", DIEGO)
    japanese = await world.ask(f"{GENIE} revenue by month last year", EMI)
    assert re.search(r"\d{1,3}(\.\d{3})+,\d\d", words_of(await world.answer(spanish)))
    assert re.search(r"\d{4}-\d\d", words_of(await world.answer(japanese)))
