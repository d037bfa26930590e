"""Several spaces on the sandbox's page: the buttons of a choice, and the menu of the first answer."""

import pytest
from playwright.async_api import expect

from render import words
from tests.stories.browser import at_the_page
from tests.stories.spaces.three import UNSURE, asked_in, company_with_spaces
from tests.stories.world import GENIE

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.slow]


async def test_a_person_chooses_a_space_and_asks_in_another_one(redis_url: str) -> None:
    """By pressing what stands there."""
    async with company_with_spaces(redis_url) as world, at_the_page(world) as ada:
        await world.start_bot()
        await ada.visit()
        await ada.write(UNSURE.replace(GENIE, "@Genie"))
        await ada.open_thread()
        await expect(ada.thread.get_by_text(words.spaces.WHICH)).to_be_visible()
        await ada.press("Finance")
        await expect(ada.answer()).to_contain_text("Genie space: Finance")
        await ada.answer().get_by_label(words.spaces.ELSEWHERE).select_option(label="Supply chain")
        await world.asked(2)
        assert asked_in(world) == ["finance", "supply-chain"]
