"""A person at the sandbox's page, in headless Chromium."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Locator, Page, expect

from render import words
from tests.chromium import open_browser, open_page
from tests.stories.world import ADA, SALES, World


class Person:
    """What somebody does and sees on the page."""

    def __init__(self, page: Page, world: World, user: str) -> None:
        """Act as `user`."""
        self.page, self._world, self._user = page, world, user
        self.thread: Locator = page.locator("aside.thread")

    async def visit(self, channel: str = SALES, thread: str = "") -> None:
        """Open a channel, and a thread in it."""
        address = f"{self._world.slack.url}/#user={self._user}&channel={channel}"
        await self.page.goto("about:blank")
        await self.page.goto(f"{address}&thread={thread}" if thread else address)
        await expect(self.page.locator(".composer-field:visible").first).to_be_visible()

    async def write(self, text: str) -> None:
        """Type a message or a command in the channel, and send it."""
        await self._send(self.page.locator("main .composer-field").first, text)

    async def reply(self, text: str) -> None:
        """Type a reply in the open thread, and send it."""
        await self._send(self.thread.locator(".composer-field"), text)

    async def open_thread(self) -> None:
        """Open the newest thread of the channel."""
        await self.page.locator(".thread-summary").last.click()
        await expect(self.thread).to_be_visible()

    async def open_direct_messages(self) -> None:
        """Open the direct messages with the bot, and the newest thread there."""
        await self.page.locator(".nav-item[data-channel^='D']").click()
        await expect(self.page.locator("main .badge").first).to_be_visible()
        await self.open_thread()

    async def press(self, label: str) -> None:
        """Press a button in the thread."""
        await self.thread.get_by_role("button", name=label, exact=True).last.click()

    def answer(self, number: int = 1) -> Locator:
        """Return the n-th answer of the thread."""
        return self.thread.locator(".message", has_text=words.answer.AI_GENERATED).nth(number - 1)

    async def picture(self, number: int, kind: str) -> Locator:
        """Wait until the n-th answer shows a chart of this kind, loaded; return it."""
        image = self.answer(number).locator(f"img[alt^='{kind}']")
        await expect(image).to_be_visible()
        await expect(image).to_have_js_property("complete", value=True)
        assert await image.evaluate("image => image.naturalWidth") > 0
        return image

    async def follow_link(self) -> Page:
        """Press the newest link to sign in; return Databricks' page, which opens beside Slack."""
        link = self.page.get_by_role("button", name=words.sign_in.SIGN_IN, exact=True).last
        async with self.page.context.expect_page() as opened:
            await link.click()
        page = await opened.value
        await expect(page.get_by_role("button", name="Allow")).to_be_visible()
        return page

    async def sign_in(self, name: str) -> None:
        """Follow the link, allow the bot at Databricks as the person of this name, and confirm."""
        page = await self.follow_link()
        await allow(page, name)
        await page.get_by_role("button", name=words.sign_in.CONFIRM, exact=True).click()
        await expect(page.get_by_text(words.sign_in.DONE_TITLE)).to_be_visible()
        await page.close()

    async def _send(self, field: Locator, text: str) -> None:
        await field.click()
        await field.fill(text)
        # The list of names or commands is left as a person leaves it: by typing on.
        await field.press_sequentially(" ")
        await field.press("Enter")


async def allow(page: Page, name: str) -> None:
    """Choose at Databricks who signs in, and allow the bot what it asks for."""
    await page.get_by_role("radio", name=name).check()
    await page.get_by_role("button", name="Allow").click()
    await expect(page.get_by_text(words.sign_in.CONFIRM_TITLE)).to_be_visible()


@asynccontextmanager
async def at_the_page(
    world: World,
    user: str = ADA,
    *,
    width: int = 1400,
    height: int = 900,
    scale: float = 1,
    dark: bool = False,
    environment: dict[str, str | float | bool] | None = None,
) -> AsyncIterator[Person]:
    """Let a person open the sandbox's page in a browser of their own, with `environment` besides ours.

    LookupError when there is no Chromium on this machine.
    """
    async with (
        open_browser(environment) as browser,
        open_page(browser, width=width, height=height, scale=scale, dark=dark) as page,
    ):
        yield Person(page, world, user)
