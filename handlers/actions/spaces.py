"""Genie spaces of questions: the one for which a question waits, another one, and the likely one."""

from dataclasses import replace

from slack_bolt.async_app import AsyncBoltContext

from bot.records.job import job_id
from bot.records.question import Place
from bot.replies.refusal import refusal
from bot.spaces.model import Space
from bot.spaces.router import route
from bot.store.questions import in_time
from bot.store.results import Receipt, SpaceChoice
from handlers.ephemeral import reply_privately
from handlers.payloads.actions import Click, clicked
from handlers.services import Services
from render import words
from render.notices.spaces import CHOOSE_OTHER
from render.text.escape import literal

NOT_CHOSEN = {
    SpaceChoice.ALREADY: words.spaces.CHOSEN_ALREADY,
    SpaceChoice.GONE: words.questions.BUTTON_TOO_OLD,
}


async def handle_choose_space(services: Services, context: AsyncBoltContext) -> None:
    """Let a question go on in the space that a user presses; the first press counts."""
    click = clicked(context)
    chosen = click.value if click.action == CHOOSE_OTHER else click.action_id.partition(":")[2]
    space = services.catalog.find(chosen)
    if space is None:
        await reply_privately(context, words.spaces.NO_SPACE)
        return
    result = await services.spaces.choose(click.place, click.question_id, space.id)
    services.wake()
    await reply_privately(context, NOT_CHOSEN.get(result, ""))


async def handle_other_space(services: Services, context: AsyncBoltContext) -> None:
    """Ask the question of an answer in another space, in a thread of its own."""
    click = clicked(context)
    space = services.catalog.find(click.value)
    said = await in_time(_ask(services, click, space)) if space else words.spaces.NO_SPACE
    services.wake()
    await reply_privately(context, said)


async def _ask(services: Services, click: Click, space: Space) -> str:
    earlier = await services.questions.find(click.question_id)
    if earlier is None:
        return words.questions.BUTTON_TOO_OLD
    # Once for each space, however often it is chosen.
    mark = job_id(click.place, f"space.{space.id}", click.question_id)
    receipt = await services.questions.accept(replace(click.command(earlier.text), id=mark, space=space.id))
    if receipt is Receipt.DUPLICATE:
        return words.spaces.ASKED_THERE
    asked_in = words.spaces.asked_in(literal(services.catalog.about(space.id).name))
    return refusal(receipt, services.questions.bounds) or asked_in


async def likely_space(services: Services, place: Place, text: str) -> str:
    """Return the id of the space in which a question about a message goes on, or which its words say."""
    catalog = services.catalog
    if not catalog.several:
        return ""
    own = catalog.find(await services.spaces.of_place(place)) if place.channel else None
    if own:
        return own.id
    return route(text, catalog.known).space_id if text.strip() and catalog.usable else ""
