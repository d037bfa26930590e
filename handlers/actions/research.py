"""Clicks on "Dig Deeper" below an answer, and on "Stop" below research that runs."""

from dataclasses import replace

from slack_bolt.async_app import AsyncBoltContext

from bot.records.question import Question
from bot.records.research import deeper
from bot.slack.users import question_text
from bot.store.questions import in_time
from bot.store.results import Withdrawn
from handlers.actions.follow_ups import accept
from handlers.ephemeral import reply_privately
from handlers.payloads.actions import Click, clicked
from handlers.services import Services
from render import words
from render.text.escape import escape

STOPPED = {
    Withdrawn.WAITING: "",  # the message goes away
    Withdrawn.RUNNING: "",  # the message says it
    Withdrawn.NOT_YOURS: words.research.NOT_YOURS,
}
"""What the user is told; whatever else came of it, there was nothing to stop."""


async def handle_dig_deeper(services: Services, context: AsyncBoltContext) -> None:
    """Have Genie look into an answer, in its thread, as the user who presses."""
    click = clicked(context)
    await reply_privately(context, await in_time(_dig_deeper(services, click, context.bot_user_id or "")))


async def _dig_deeper(services: Services, click: Click, bot_user: str) -> str:
    question = await _question(services, click, bot_user)
    if question is None:
        return words.questions.BUTTON_TOO_OLD
    told = await accept(services, question)
    return words.research.ALREADY if told == words.questions.ALREADY_ASKED else told


async def _question(services: Services, click: Click, bot_user: str) -> Question | None:
    """Return the research about an answer: it is one, however often and by whom the button is pressed."""
    asked = await services.questions.find(click.question_id)
    if asked is None:
        return None
    progress = await services.questions.progress(click.question_id)
    text = (progress.text if progress else "") or question_text(asked.text, bot_user, {})
    return replace(
        click.question(words.research.deeper(escape(text))),
        id=deeper(click.question_id),
        space=progress.space if progress else asked.space,
        research=True,
        deepens=click.question_id,
    )


async def handle_stop(services: Services, context: AsyncBoltContext) -> None:
    """Stop research, if its asker presses; its message says the rest."""
    click = clicked(context)
    result = await services.changes.stop(click.question_id, click.user)
    services.wake()
    await reply_privately(context, STOPPED.get(result, words.research.ENDED))
