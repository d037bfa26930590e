"""Who is answered, and who reads it: what the steps and the listeners decide alike."""

from bot.config.settings import Settings
from bot.replies.access import Access
from bot.replies.answer_privacy import AnswerPrivacy, UserAnswers
from bot.replies.asker_guard import AskerGuard
from bot.startup.clients import Clients
from bot.store.keys import Keys
from bot.store.people import PeopleStore


def access(settings: Settings, clients: Clients) -> Access:
    """Build what decides who may ask and where, and who is an admin."""
    return Access(
        groups=clients.user_groups,
        channels=settings.allowed_channels,
        users=settings.allowed_users,
        admins=settings.admins,
    )


def asker_guard(settings: Settings, clients: Clients) -> AskerGuard:
    """Build what decides whom the bot answers."""
    return AskerGuard(
        users=clients.users,
        access=access(settings, clients),
        allow_guests=settings.allow_guests,
        allow_external=settings.allow_external,
    )


def answer_privacy(settings: Settings, clients: Clients, keys: Keys) -> AnswerPrivacy:
    """Build what decides where answers go."""
    own_rights = UserAnswers(settings.user_answers) if settings.identity == "user" else None
    people = PeopleStore(clients.redis, keys)
    return AnswerPrivacy(channels=clients.channels, people=people, own_rights=own_rights)
