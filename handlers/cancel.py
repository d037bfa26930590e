"""Withdraws a user's newest question, for all ways in which people say so in words."""

from slack_bolt.async_app import AsyncBoltContext

from bot.records.question import Place
from bot.slack.users import question_text
from bot.store.results import Withdrawn
from handlers.services import Services
from render import words


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
    if withdrawal.result is Withdrawn.WAITING:
        return words.changes.withdrawn(text)
    is_research = question is not None and question.research
    return words.research.withdrawn(text) if is_research else words.changes.stopped(text)
