"""What users do who change their mind: withdraw a question, or ask the new words of an edited one."""

from dataclasses import replace

from slack_bolt.async_app import AsyncBoltContext

from bot.store.questions import in_time
from bot.store.results import Withdrawn
from handlers.actions.follow_ups import ask
from handlers.ephemeral import replace_private_reply, reply_privately
from handlers.payloads.actions import Click, clicked
from handlers.services import Services
from render import words

BY_BUTTON = {
    Withdrawn.WAITING: "",  # the placeholder goes away
    Withdrawn.RUNNING: words.changes.STOPPED,
    Withdrawn.NOT_YOURS: words.changes.NOT_YOURS,
}
"""What the user is told; whatever else came of it, there was nothing to withdraw."""


async def handle_withdraw(services: Services, context: AsyncBoltContext) -> None:
    """Withdraw the question of a placeholder, if its asker presses."""
    click = clicked(context)
    result = await services.changes.withdraw(click.question_id, click.user)
    services.wake()
    await reply_privately(context, BY_BUTTON.get(result, words.changes.ENDED))


async def handle_ask_edited(services: Services, context: AsyncBoltContext) -> None:
    """Ask what a message says since it was edited; the offer says so."""
    await replace_private_reply(context, await in_time(_ask_edited(services, clicked(context))))


async def _ask_edited(services: Services, click: Click) -> str:
    edited = await services.questions.find(click.question_id)
    if not edited:
        return words.questions.BUTTON_TOO_OLD
    refusal = await ask(services, replace(click, place=edited.place), click.suggestion)
    return refusal or words.changes.ASKED_AGAIN
