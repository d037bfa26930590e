"""What users do who change their mind: withdraw a question, or ask the new words of an edited one."""

from slack_bolt.async_app import AsyncBoltContext

from bot.question import Place
from bot.slack.users import question_text
from bot.store.results import Withdrawn
from handlers.actions.follow_ups import ask
from handlers.ephemeral import replace_private_reply, reply_privately
from handlers.payloads.actions import clicked
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
    click = clicked(context)
    refusal = await ask(services, click, click.suggestion)
    await replace_private_reply(context, refusal or words.changes.ASKED_AGAIN)


async def withdraw_latest(
    services: Services, context: AsyncBoltContext, wish: str, place: Place, user: str
) -> str:
    """Withdraw a user's newest unfinished question of a thread or channel; return words that name it.

    Nothing is returned for a wish that was heard before.
    """
    withdrawal = await services.changes.withdraw_latest(wish, place, user)
    services.wake()
    if not withdrawal.question_id:
        return "" if withdrawal.result is Withdrawn.ENDED else words.changes.NOTHING
    progress = await services.questions.progress(withdrawal.question_id)
    question = await services.questions.find(withdrawal.question_id)
    written = question_text(question.text, context.bot_user_id or "", {}) if question else ""
    text = (progress.text if progress else "") or written
    waited = withdrawal.result is Withdrawn.WAITING
    return words.changes.withdrawn(text) if waited else words.changes.stopped(text)
