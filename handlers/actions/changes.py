"""What users do who change their mind: withdraw a question, or ask the new words of an edited one."""

import logging

from slack_bolt.async_app import AsyncBoltContext

from bot.records.question import Question
from bot.replies.refusal import refusal
from bot.store.questions import in_time
from bot.store.results import Receipt, Withdrawn
from handlers.actions.follow_ups import of_thread
from handlers.ephemeral import replace_message, replace_private_reply, reply_privately
from handlers.payloads.actions import Click, clicked
from handlers.services import Services
from handlers.written import own_text, still_waits
from render import words

log = logging.getLogger(__name__)

BY_BUTTON = {
    Withdrawn.WAITING: "",  # the placeholder goes away
    Withdrawn.RUNNING: words.changes.STOPPED,
    Withdrawn.NOT_YOURS: words.changes.NOT_YOURS,
}
"""What the user is told; whatever else came of it, there was nothing to withdraw."""


async def handle_withdraw(services: Services, context: AsyncBoltContext) -> None:
    """Withdraw the question of a placeholder, if its asker presses."""
    click = clicked(context)
    result, question = await in_time(_withdraw(services, click))
    services.wake()
    if result is Withdrawn.RUNNING and question and question.research:
        await reply_privately(context, words.research.WITHDRAWN)
    elif result is Withdrawn.UNKNOWN and await still_waits(context, click):
        log.warning("question.lost")
        await replace_message(context, click, words.changes.LOST)
    else:
        await reply_privately(context, BY_BUTTON.get(result, words.changes.ENDED))


async def _withdraw(services: Services, click: Click) -> tuple[Withdrawn, Question | None]:
    result = await services.changes.withdraw(click.question_id, click.user)
    return result, await services.questions.find(click.question_id)


async def handle_ask_edited(services: Services, context: AsyncBoltContext) -> None:
    """Ask what an edited message says now; the offer says so."""
    click = clicked(context)
    text = await own_text(context, click)
    if text is None:
        await reply_privately(context, words.changes.NOT_READ)
        return
    receipt = await in_time(_accept(services, click, text))
    services.wake()
    if refused := refusal(receipt, services.questions.bounds):
        await reply_privately(context, refused)  # the offer stays, for later
    else:
        again = receipt is Receipt.DUPLICATE
        await replace_private_reply(
            context, words.questions.ALREADY_ASKED if again else words.changes.ASKED_AGAIN
        )


async def _accept(services: Services, click: Click, text: str) -> Receipt:
    receipt = await services.questions.accept(await of_thread(services, click.question(text)))
    if receipt is Receipt.ACCEPTED:
        await services.changes.take_offer(click.question_id)
    return receipt
