"""What the modal of the shortcuts offers: the spaces, and two starters whose words fit the question."""

from dataclasses import replace

from bot.records.question import Place
from bot.spaces.router import route
from bot.spaces.starters import fitting, starters_of
from handlers.services import Services
from render.blockkit.blocks import Block
from render.notices.ask_modal import AskForm, StarterChoice, ask_modal
from render.notices.spaces import SpaceChoice

STARTERS = 2


def fill(services: Services, form: AskForm) -> Block:
    """Return the modal with the spaces of a form and, where it has none yet, its starters."""
    catalog = services.catalog
    spaces = [SpaceChoice(each.space.id, each.name) for each in catalog.usable] if catalog.several else []
    return ask_modal(replace(form, spaces=spaces, starters=form.starters or _starters(services, form)))


async def likely_space(services: Services, place: Place, text: str) -> str:
    """Return the id of the space in which a question about a message goes on, or which its words say."""
    catalog = services.catalog
    if not catalog.several:
        return ""
    own = catalog.find(await services.spaces.of_place(place)) if place.channel else None
    if own:
        return own.id
    return route(text, catalog.known).space_id if text.strip() and catalog.usable else ""


def _starters(services: Services, form: AskForm) -> list[StarterChoice]:
    catalog = services.catalog
    spaces = [catalog.about(form.space)] if form.space else catalog.usable
    offered = [
        each
        for info in spaces
        for each in starters_of(info, catalog, services.starters, as_users=services.as_users)
    ]
    found = fitting(form.question, offered, STARTERS)
    return [StarterChoice(each.question, each.space_id if catalog.several else "") for each in found]
