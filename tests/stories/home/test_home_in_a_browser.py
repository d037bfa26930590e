"""The Home tab as a person uses it on the sandbox's page, in headless Chromium."""

import pytest
from playwright.async_api import expect

from render import words
from tests.stories.browser import at_the_page
from tests.stories.privacy import DIRECT
from tests.stories.world import ADA, BEN, GENIE, OWN_CHARTS, company

pytestmark = [pytest.mark.redis, pytest.mark.browser]

QUESTION = "revenue by region last year"


async def test_a_person_uses_it_on_the_page(redis_url: str) -> None:
    """Presses a starter, opens the answer, changes a setting, and withdraws what waits."""
    once = OWN_CHARTS | {"question_limit": 2}
    async with (
        company(redis_url, databricks=once, QUESTIONS_PER_MINUTE="2", STARTER_QUESTIONS=QUESTION) as world,
        at_the_page(world) as ada,
    ):
        await world.start_bot()
        await ada.page.goto(f"{world.slack.url}/#user={ADA}&channel={DIRECT}&tab=home")
        tab = ada.page.locator(".home")
        await tab.get_by_role("button", name=QUESTION, exact=True).click()
        await expect(tab.get_by_text(words.home.PRIVATE_TITLE)).to_be_visible()
        await tab.get_by_role("button", name=words.home.CHANGE).click()
        await ada.page.get_by_label(words.home.WITHOUT_CHARTS).check()
        await ada.page.get_by_label(words.home.IN_DIRECT_MESSAGES).check()
        await ada.page.locator("dialog select").first.select_option("point")
        await ada.page.get_by_role("button", name=words.home.SAVE).click()
        await expect(tab.get_by_text(words.home.WITHOUT_CHARTS)).to_be_visible()
        await expect(tab.get_by_text(words.home.NUMBER_FORMATS["point"])).to_be_visible()
        await world.answer(await world.ask(f"{GENIE} orders by month", BEN))
        await world.ask(f"{GENIE} top 5 products by margin")
        await tab.get_by_role("button", name=words.home.WITHDRAW).click()
        await expect(tab.get_by_text(words.home.WAITING_TITLE)).to_be_hidden()
        async with ada.page.context.expect_page() as opened:
            await tab.get_by_role("button", name=words.home.OPEN).click()
        there = await opened.value
        await expect(there.locator("aside.thread")).to_be_visible()
