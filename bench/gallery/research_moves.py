"""What a person does before a picture of research is taken."""

from playwright.async_api import Locator, expect

from bench.gallery.case import Case
from bench.gallery.moves import asks, thread_of
from render import words
from tests.stories.browser import Person
from tests.stories.world import GENIE, World


async def watches_research(world: World, person: Person, case: Case) -> Locator:
    """Look at a run that goes on."""
    asked = await world.ask(f"{GENIE} research: {case.question}")
    shown = await thread_of(person, asked)
    await expect(shown).to_contain_text(words.research.so_far(2, 1), timeout=60_000)
    return shown


async def digs_deeper(world: World, person: Person, case: Case) -> Locator:
    """Have Genie look into an answer."""
    shown = await asks(world, person, case)
    await person.press(words.research.DIG_DEEPER)
    await expect(shown).to_contain_text(words.research.so_far(2, 1), timeout=60_000)
    return shown


async def stops_research(world: World, person: Person, case: Case) -> Locator:
    """Stop a run, and read what it had found."""
    shown = await watches_research(world, person, case)
    await person.press(words.research.STOP)
    await expect(shown.get_by_text(words.research.FAILED_WITH)).to_be_visible(timeout=60_000)
    return shown


async def reads_report(world: World, person: Person, case: Case) -> Locator:
    """Read the report of a run."""
    asked = await world.ask(f"{GENIE} research: {case.question}")
    shown = await thread_of(person, asked)
    report = shown.locator(".message", has_text=words.answer.AI_GENERATED).first
    await expect(report).to_be_visible(timeout=60_000)
    await report.scroll_into_view_if_needed()
    return report
