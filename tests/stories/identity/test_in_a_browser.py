"""The whole way as a person goes it: in Slack, at Databricks' login, on the bot's page, and back."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from render import words
from tests.chromium import open_page
from tests.stories.browser import Person
from tests.stories.identity.people import asking_as_themselves, direct
from tests.stories.world import BEN, World

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def office(redis_url: str) -> AsyncIterator[World]:
    """Run Slack, Databricks and one bot."""
    async with asking_as_themselves(redis_url) as opened:
        await opened.start_bot()
        yield opened


async def at_databricks(slack: Page) -> Page:
    """Press the link in Slack, which opens a page of its own."""
    async with slack.context.expect_page() as opening:
        await slack.get_by_text(words.sign_in.SIGN_IN, exact=True).last.click()
    return await opening.value


async def test_ask_sign_in_confirm_and_read(office: World, browser: Browser) -> None:
    """A browser keeps to the pages' policy, sends the cookie back, and names the origin of the form."""
    async with open_page(browser) as slack:
        ben = Person(slack, office, BEN)
        await ben.visit()
        await ben.write("@Genie revenue by region")
        page = await at_databricks(slack)
        refused: list[str] = []
        page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
        await page.get_by_text("Ben Lindqvist").click()
        await page.get_by_role("button", name="Allow").click()
        await expect(page.get_by_role("heading")).to_have_text(words.sign_in.CONFIRM_TITLE)
        await expect(page.locator("dl")).to_contain_text("Ben Lindqvist")
        assert await page.locator("main").evaluate("main => getComputedStyle(main).borderRadius") == "16px"
        assert await page.evaluate("document.cookie") == ""
        await page.get_by_role("button", name=words.sign_in.CONFIRM).click()
        await expect(page.get_by_role("heading")).to_have_text(words.sign_in.DONE_TITLE)
        assert (page.url.partition("?")[2], refused) == ("", [])
        await office.slack.until(lambda: direct(office, BEN))
        await ben.visit(direct(office, BEN))
        await ben.open_thread()
        await expect(ben.answer()).to_contain_text("EMEA")
        await expect(ben.answer()).not_to_contain_text("APAC")
