"""Who is answered, and who reads it: what the steps and the listeners decide alike."""

from bot.config.settings import Settings
from bot.replies.answer_privacy import AnswerPrivacy, UserAnswers
from bot.replies.asker_guard import AskerGuard
from bot.startup.clients import Clients


def asker_guard(settings: Settings, clients: Clients) -> AskerGuard:
    """Build what decides whom the bot answers."""
    return AskerGuard(
        users=clients.users,
        allow_guests=settings.allow_guests,
        allow_external=settings.allow_external,
    )


def answer_privacy(settings: Settings, clients: Clients) -> AnswerPrivacy:
    """Build what decides where answers go."""
    own_rights = UserAnswers(settings.user_answers) if settings.identity == "user" else None
    return AnswerPrivacy(channels=clients.channels, own_rights=own_rights)
