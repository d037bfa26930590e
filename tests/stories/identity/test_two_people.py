"""Two people sign in, in a browser, and each sees what that person may see."""

import signal
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from render import words
from tests.chromium import open_page
from tests.stories.browser import Person
from tests.stories.identity.people import ANA, asking_as_themselves
from tests.stories.world import BEN, SALES, World

pytestmark = [
    *(pytest.mark.browser, pytest.mark.redis, pytest.mark.slow),
    pytest.mark.asyncio(loop_scope="session"),
]
QUESTION = "revenue by region last year"
REGIONS = {"EMEA", "Americas", "APAC", "LATAM"}


@pytest_asyncio.fixture(loop_scope="session")
async def office(redis_url: str) -> AsyncIterator[World]:
    """Run Slack, Databricks and one bot."""
    async with asking_as_themselves(redis_url) as opened:
        await opened.start_bot()
        yield opened


async def test_each_sees_the_own_rows_and_a_killed_bot_asks_nobody_to_sign_in_again(
    office: World, browser: Browser
) -> None:
    """A link, Databricks' consent, Confirm, and the answer arrives; the second person asks in the thread."""
    async with open_page(browser) as anas, open_page(browser) as bens:
        ana, ben = Person(anas, office, ANA), Person(bens, office, BEN)
        await ana.visit()
        await ana.write(f"@Genie {QUESTION}")
        await ana.sign_in("Ana Ribeiro")
        await ana.open_direct_messages()
        assert await regions(ana) == REGIONS
        await ben.visit(SALES, office.slack.workspace.roots(SALES)[-1].ts)
        await expect(ben.thread.get_by_text(words.share.answered_privately("Ana Ribeiro"))).to_be_visible()
        await ben.reply(QUESTION)
        await ben.press(words.owners.ASK_AS_MYSELF)
        await ben.sign_in("Ben Lindqvist")
        await ben.open_direct_messages()
        assert await regions(ben) == {"EMEA"}
        await office.bots[0].end(signal.SIGKILL)
        await office.start_bot()
        await ana.reply("and by month?")
        await ana.picture(2, "Line chart")
        await ben.reply("and by country?")
        await expect(ben.answer(2).locator(".data-table").first).to_be_visible()
        for person in (ana, ben):
            await expect(person.page.get_by_role("button", name=words.sign_in.SIGN_IN)).to_have_count(0)
    asked = [each.identity for each in office.databricks.questions()]
    assert asked == [f"{name}@example.com" for name in ("ana", "ben", "ana", "ben")]


async def regions(person: Person) -> set[str]:
    """Wait for the first answer of the open thread; return the regions of which it tells."""
    answer = person.answer()
    await expect(answer.get_by_text("EMEA").first).to_be_visible()
    text = await answer.inner_text()
    return {region for region in REGIONS if region in text}
