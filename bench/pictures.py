"""The pictures in the README, taken of the real bot on the sandbox's page.

    python -m bench.pictures

Writes docs/pictures/*.png; needs Chromium. Small, since everybody who clones the repository gets them.
"""

import asyncio
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import expect

from sandbox.databricks.genie.timing import Timing
from tests.stories.browser import Person, at_the_page
from tests.stories.world import BEN, CHLOE, GENIE, OWN_CHARTS, SALES, World, company

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
COLOURS = 128
TIMING = Timing(total=lambda _: 1.0)


async def main() -> None:
    """Ask as a person would, and take a picture of what is shown."""
    with tempfile.TemporaryDirectory() as folder:
        async with company(
            None, timing=TIMING, data_dir=Path(folder), databricks=OWN_CHARTS, PORT="0"
        ) as world:
            await world.start_command()
            thread = await _morning(world)
            async with at_the_page(world, height=1090) as ada:
                await _answer(ada)
                await _follow_up(ada)
            async with at_the_page(world, BEN, height=1000, dark=True) as ben:
                await _command(ben)
            async with at_the_page(world, width=390, height=844) as phone:
                await _phone(phone, thread)


async def _morning(world: World) -> str:
    """Let people talk, and one of them ask; return the thread."""
    await world.ask("Good morning! The review of last year is on Thursday.", CHLOE)
    await world.ask("I am on the slides. Does anybody have the split by region?", BEN)
    thread = await world.ask(f"{GENIE} revenue by region last year")
    await world.chart(await world.answer(thread))
    return thread


async def _answer(ada: Person) -> None:
    await ada.visit()
    await ada.open_thread()
    await ada.picture(1, "Bar chart")
    await _to_top_of(ada, 1)
    await _take(ada, "answer")


async def _follow_up(ada: Person) -> None:
    await ada.reply("and by month?")
    await ada.picture(2, "Line chart")
    await _to_top_of(ada, 2)
    await _take(ada, "follow-up")


async def _command(ben: Person) -> None:
    await ben.visit()
    await ben.write("/genie top 5 products by margin this year")
    await expect(ben.page.locator(".thread-summary")).to_have_count(2)
    await ben.open_thread()
    await ben.picture(1, "Horizontal bar chart")
    await ben.answer().locator("details summary").click()
    await ben.answer().evaluate("answer => answer.scrollIntoView({block: 'end'})")
    await _take(ben, "command-dark")


async def _phone(phone: Person, thread: str) -> None:
    await phone.visit(SALES, thread)
    await phone.picture(2, "Line chart")
    await _to_top_of(phone, 2)
    await _take(phone, "phone")


async def _to_top_of(person: Person, number: int) -> None:
    await person.answer(number).evaluate("answer => answer.scrollIntoView({block: 'start'})")


async def _take(person: Person, name: str) -> None:
    # Nothing is hovered, focused or still moving.
    await person.page.mouse.move(0, 0)
    await person.page.evaluate("document.activeElement.blur()")
    taken = Image.open(BytesIO(await person.page.screenshot(animations="disabled"))).convert("RGB")
    path = FOLDER / f"{name}.png"
    FOLDER.mkdir(parents=True, exist_ok=True)
    taken.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    asyncio.run(main())
