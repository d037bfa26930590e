"""Pictures of docs/asking.md beside those of the README: a choice of a space, a form, research, Home.

    python -m bench.asking_pictures

Writes docs/pictures/*.webp; needs Chromium.
"""

import asyncio

from playwright.async_api import expect

from bench.identity_pictures import take
from render import words
from sandbox.databricks import Rights
from sandbox.databricks.genie.agent_turn import AgentTurn
from sandbox.databricks.genie.timing import Turn
from tests.chromium import open_browser, open_page
from tests.redis_server import redis_server
from tests.stories.asking.shortcuts.menu import ALERT
from tests.stories.browser import Person
from tests.stories.privacy import DIRECT
from tests.stories.spaces.three import company_with_spaces
from tests.stories.world import ADA, GENIE, SALES, World

WIDTH, HEIGHT = 1100, 620
UNSURE = "@Genie costs last year"
RESEARCHED = "orders by category last year"
HELD = Turn(RESEARCHED, agent=AgentTurn(hold=19))
"""Waits in the midst of its third query."""
STARTERS = "Revenue by region last year|Top 5 products by margin|Revenue by month this year"


async def main() -> None:
    """Ask in each of these ways as a person would, and take a picture of it."""
    with redis_server() as redis_url:
        async with (
            company_with_spaces(redis_url, rights=Rights(can_edit=True), STARTER_QUESTIONS=STARTERS) as world,
            open_browser() as browser,
            open_page(browser, width=WIDTH, height=HEIGHT) as page,
        ):
            await world.start_bot(warm=True)
            ada = Person(page, world, ADA)
            await _choose_a_space(ada)
            await _about_a_message(ada, world)
            await _research(ada, world)
            await _home(ada, world)


async def _choose_a_space(ada: Person) -> None:
    """Ask what two spaces may answer."""
    await ada.visit()
    await ada.write(UNSURE)
    await ada.open_thread()
    await expect(ada.thread.get_by_text(words.spaces.WHICH)).to_be_visible()
    await take(ada.page, "which-space")
    await ada.press("Finance")
    await expect(ada.answer()).to_be_visible()


async def _about_a_message(ada: Person, world: World) -> None:
    """Open the form for the message of another app, and ask by it."""
    alert = await world.slack.app_says(SALES, "", ALERT)
    await ada.visit()
    message = ada.page.locator(f'[data-ts="{alert}"]')
    await message.hover()
    await message.get_by_label("More actions").click()
    await ada.page.get_by_role("menuitem", name="Ask Genie about this").click()
    form = ada.page.get_by_role("dialog")
    await expect(form.get_by_role("textbox")).to_be_focused()
    await ada.page.set_viewport_size({"width": WIDTH, "height": 900})
    await take(ada.page, "about-a-message")
    await ada.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    await form.locator(".actions button").first.click()
    await form.get_by_role("button", name=words.shortcuts.ASK, exact=True).click()
    await world.answer(alert)


async def _research(ada: Person, world: World) -> None:
    """Have a question researched, and look on while Genie is at it."""
    world.databricks.turns.add(HELD)
    await ada.visit(thread=await world.ask(f"{GENIE} research: {RESEARCHED}"))
    await expect(ada.thread.locator(".task")).to_have_count(3, timeout=60_000)
    await take(ada.page, "research")
    await ada.press(words.research.STOP)
    await expect(ada.thread.get_by_text(words.research.FAILED_WITH)).to_be_visible(timeout=60_000)


async def _home(ada: Person, world: World) -> None:
    """Open the Home tab, press a question, and see it among the others."""
    await ada.page.goto("about:blank")
    await ada.page.goto(f"{world.slack.url}/#user={ADA}&channel={DIRECT}&tab=home")
    tab = ada.page.locator(".home")
    await tab.get_by_role("button", name=STARTERS.partition("|")[0], exact=True).click()
    await expect(tab.get_by_text(words.home.PRIVATE_TITLE)).to_be_visible()
    await ada.page.set_viewport_size({"width": WIDTH, "height": 1250})
    await take(ada.page, "home")


if __name__ == "__main__":
    asyncio.run(main())
