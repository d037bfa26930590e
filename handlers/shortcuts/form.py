"""What the modal of the shortcuts offers: the spaces, and two starters whose words fit the question."""

from dataclasses import replace

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
