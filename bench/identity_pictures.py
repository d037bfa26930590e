"""The pictures of docs/asking-as-yourself.md: two people sign in, and each sees what that person may see.

    python -m bench.identity_pictures

Writes docs/pictures/*.webp; needs Chromium.
"""

import asyncio
import base64
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, expect

from render import words
from tests.chromium import open_browser, open_page
from tests.redis_server import redis_server
from tests.stories.browser import Person, allow
from tests.stories.identity.people import ANA, asking_as_themselves
from tests.stories.world import BEN

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
QUALITY = 80
ANAS, BENS = "Ana Ribeiro", "Ben Lindqvist"
QUESTION, AGENCY = "@Genie revenue by region last year", "C0AGENCY06"
COUNTING_SECONDS = 30
"""For the guests of a channel, which are counted in the background."""
BESIDE_EACH_OTHER = """<!doctype html><style>
body {{ display: flex; gap: 28px; margin: 0; padding: 24px; width: max-content; background: #eef0f4;
  font: 600 20px system-ui, sans-serif; color: #16262d; }}
figure {{ margin: 0; }}
figcaption {{ padding: 0 4px 12px; }}
span {{ color: #566870; font-weight: 400; }}
img {{ display: block; border: 1px solid #d5dae2; border-radius: 10px; }}
</style>{figures}"""
FIGURE = """<figure><figcaption>{name} <span>{rights}</span></figcaption>
<img src="data:image/png;base64,{png}"></figure>"""


async def main() -> None:
    """Let both ask the same question, and take a picture of each step of the first one."""
    with redis_server() as redis_url:
        async with asking_as_themselves(redis_url) as world, open_browser() as browser:
            await world.start_bot(warm=True)
            async with (
                open_page(browser, width=1100, height=620) as anas,
                open_page(browser, width=1250, height=1200) as bens,
                open_page(browser) as sheet,
            ):
                ana, ben = Person(anas, world, ANA), Person(bens, world, BEN)
                await _first_time(ana)
                await ben.visit()
                await ben.write(QUESTION)
                await ben.sign_in(BENS)
                await anas.set_viewport_size({"width": 1250, "height": 1200})
                pictures = [await _answer(each) for each in (ana, ben)]
                await _beside_each_other(sheet, pictures)
                await anas.set_viewport_size({"width": 1100, "height": 620})
                await _share(ana)


async def _first_time(ana: Person) -> None:
    """Ask, sign in by the link, and wait for the line that tells of the answer."""
    await ana.visit()
    await ana.write(QUESTION)
    await expect(ana.page.get_by_role("button", name=words.sign_in.SIGN_IN)).to_be_visible()
    await take(ana.page, "sign-in-link")
    page = await ana.follow_link()
    await page.set_viewport_size({"width": 680, "height": 700})
    await page.get_by_role("radio", name=ANAS).check()
    await take(page, "sign-in-consent")
    await allow(page, ANAS)
    await page.set_viewport_size({"width": 680, "height": 660})
    await take(page, "sign-in-confirm")
    await page.get_by_role("button", name=words.sign_in.CONFIRM, exact=True).click()
    await page.close()
    await expect(ana.thread.get_by_text(words.share.answered_privately(ANAS))).to_be_visible()
    await expect(ana.page.locator(".unread-count")).to_have_text("2")
    await take(ana.page, "private-answer")


async def _share(ana: Person) -> None:
    """Be about to share an answer in a channel with guests, when they are counted."""
    await ana.visit(AGENCY)
    await ana.write(QUESTION)
    await expect(ana.thread.get_by_text(words.share.answered_privately(ANAS))).to_be_visible()
    await ana.open_direct_messages()
    await expect(ana.answer()).to_be_visible()
    uncounted = ana.page.get_by_text(words.readers.MAY_HAVE_GUESTS.rpartition(": ")[2])
    async with asyncio.timeout(COUNTING_SECONDS):
        while True:
            await ana.press(words.share.SHARE)
            await expect(ana.page.get_by_text(words.readers.YOUR_RIGHTS)).to_be_visible()
            if not await uncounted.is_visible():
                break
            await ana.page.get_by_role("button", name=words.readers.CANCEL, exact=True).click()
            await asyncio.sleep(0.5)
    await take(ana.page, "share")


async def _answer(person: Person) -> bytes:
    """Return the answer in a person's direct messages as a picture."""
    await person.open_direct_messages()
    answer = person.answer()
    await expect(answer).to_be_visible()
    await person.page.wait_for_function("[...document.images].every(image => image.complete)")
    await _let_go(person.page)
    return await answer.screenshot(animations="disabled")


async def _beside_each_other(sheet: Page, pictures: list[bytes]) -> None:
    rights = ("sees every region", "may see EMEA alone")
    figures = "".join(
        FIGURE.format(name=escape(name), rights=rights, png=base64.b64encode(png).decode())
        for name, rights, png in zip((ANAS, BENS), rights, pictures, strict=True)
    )
    await sheet.set_content(BESIDE_EACH_OTHER.format(figures=figures))
    _save("two-people", await sheet.locator("body").screenshot())


async def take(page: Page, name: str) -> None:
    """Keep a picture of a page under this name."""
    await _let_go(page)
    _save(name, await page.screenshot(animations="disabled"))


async def _let_go(page: Page) -> None:
    """Have nothing hovered or focused."""
    await page.mouse.move(0, 0)
    await page.evaluate("document.activeElement.blur()")


def _save(name: str, png: bytes) -> None:
    path = FOLDER / f"{name}.webp"
    Image.open(BytesIO(png)).convert("RGB").save(path, quality=QUALITY, method=6)
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    asyncio.run(main())
