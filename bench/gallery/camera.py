"""From a person's screen to a small picture."""

import re
from collections.abc import Awaitable, Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Locator, expect

from render import words_how
from tests.stories.browser import PATIENCE, Person

FOLDER = Path(__file__).parents[2] / "docs" / "gallery"
_QUALITY = 80
_EXTENT = """shown => {
  const whole = shown.getBoundingClientRect();
  const last = shown.matches(".messages-inner") && shown.lastElementChild?.getBoundingClientRect();
  const bottom = Math.min(innerHeight, last ? last.bottom + 12 : whole.bottom);
  return { x: whole.x, y: Math.max(0, whole.y), width: whole.width, height: bottom - Math.max(0, whole.y) };
}"""


async def take(name: str, shown: Locator) -> None:
    """Save what is shown as a picture in the gallery; of a list, as far down as it goes."""
    page = shown.page
    await page.mouse.move(0, 0)
    await page.wait_for_function("[...document.images].every(image => image.complete)")
    box = await shown.evaluate(_EXTENT)
    taken = Image.open(BytesIO(await page.screenshot(animations="disabled", clip=box))).convert("RGB")
    FOLDER.mkdir(parents=True, exist_ok=True)
    taken.save(FOLDER / f"{name}.webp", quality=_QUALITY, method=6)


async def answer(person: Person) -> Locator:
    """Show all that stands in the thread."""
    await person.page.evaluate("document.activeElement.blur()")
    return person.thread.locator(".messages-inner")


async def open_sql(person: Person) -> Locator:
    """Unfold the SQL."""
    await person.thread.locator("details summary").first.click()
    return await answer(person)


async def open_how(person: Person) -> Locator:
    """Ask how the answer came about."""
    await person.press(words_how.HOW)
    modal = person.page.locator("dialog[open]")
    await expect(modal).to_contain_text(words_how.READING, timeout=PATIENCE)
    return modal


async def open_menu(person: Person) -> Locator:
    """Open the menu at the end of the row."""
    await person.thread.get_by_role("button", name=re.compile("More")).last.click()
    return person.thread.locator(".messages-inner")


MOVES: dict[str, Callable[[Person], Awaitable[Locator]]] = {
    "": answer,
    "wait": answer,
    "open_sql": open_sql,
    "open_how": open_how,
    "open_menu": open_menu,
}
