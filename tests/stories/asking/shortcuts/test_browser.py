"""The shortcuts as people use them: from the menu of a message, and beside the field that they write in."""

import pytest
from playwright.async_api import Browser, expect

from render import words
from sandbox.databricks import Rights
from tests.chromium import open_page
from tests.stories.asking.shortcuts.menu import ALERT
from tests.stories.browser import Person
from tests.stories.spaces.three import company_with_spaces
from tests.stories.world import ADA, SALES

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.asyncio(loop_scope="session")]


async def test_an_alert_is_asked_about_from_its_menu(redis_url: str, browser: Browser) -> None:
    """Its words stand in the modal, a starter takes their place with its space; its thread has the answer."""
    async with company_with_spaces(redis_url, rights=Rights(can_edit=True)) as world:
        await world.start_bot()
        alert = await world.slack.app_says(SALES, "", ALERT)
        async with open_page(browser) as page:
            ada = Person(page, world, ADA)
            await ada.visit()
            message = page.locator(f'[data-ts="{alert}"]')
            await message.hover()
            await message.get_by_label("More actions").click()
            await page.get_by_role("menuitem", name="Ask Genie about this").click()
            modal = page.get_by_role("dialog")
            question = modal.get_by_role("textbox")
            await expect(question).to_have_value("\n".join(_said()))
            await expect(question).to_be_focused()
            await modal.get_by_role("radio").nth(1).check()
            await modal.locator(".actions button").first.click()
            await expect(question).to_have_value("What was total revenue by region this year?")
            await expect(modal.get_by_label(words.shortcuts.SPACE).locator("option:checked")).to_have_text(
                "Sales"
            )
            await expect(modal.get_by_role("radio").nth(1)).to_be_checked()
            await modal.get_by_role("radio").first.check()
            await modal.get_by_role("button", name=words.shortcuts.ASK, exact=True).click()
            await expect(modal).to_have_count(0)
            await world.answer(alert)
            await ada.open_thread()
            await expect(ada.answer()).to_contain_text("Asked by @Ada Okafor: What was total revenue")
            await page.get_by_role("button", name="Shortcuts").first.click()
            await page.get_by_role("menuitem", name="Ask Genie").click()
            await expect(modal.get_by_text(words.shortcuts.CHANNEL_HINT)).to_be_visible()


def _said() -> list[str]:
    [attachment] = ALERT
    fields = [f"{each['title']}: {each['value']}" for each in attachment["fields"]]
    return [*(attachment[name] for name in ("pretext", "title", "text")), *fields]
