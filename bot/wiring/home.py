"""Builds the Home tab."""

from functools import partial

from bot.config.settings import Settings
from bot.home.content import HomeContents, SignInReader, space_cards
from bot.home.tab import HomeTab
from bot.startup.clients import Clients
from bot.store.keys import Keys
from bot.store.limiter import Rate
from bot.store.oversight.figures import FigureStore
from bot.store.people import HomeTurns, PeopleStore
from bot.wiring.audience import access, answer_privacy, asker_guard
from bot.wiring.sign_in import sign_in_messages
from bot.wiring.watches import views_of_watches, watch_store
from render.chart.model import Charts


def build_home(settings: Settings, clients: Clients, keys: Keys, rate: Rate) -> HomeTab:
    """Build it; `rate` is the limit of question POSTs."""
    identities, users = clients.user_identities, settings.user_identity
    sign_in = None
    if identities and users:
        sign_in = SignInReader(identities=identities, messages=sign_in_messages(users, clients, keys))

    starters, as_users = tuple(settings.starter_questions), settings.identity == "user"
    contents = HomeContents(
        people=PeopleStore(clients.redis, keys),
        figures=FigureStore(clients.redis, keys, rate),
        watches=watch_store(settings, clients, keys),
        view_of=views_of_watches(clients),
        spaces=partial(space_cards, clients.catalog, starters, as_users=as_users),
        is_admin=access(settings, clients).is_admin,
        sign_in=sign_in,
        never_charts=settings.charts is Charts.OFF,
        always_private=answer_privacy(settings, clients, keys).always_private,
        workspace_url=clients.identity.url,
        bot_user=clients.identity.bot_user,
    )
    return HomeTab(
        slack=clients.slack,
        turns=HomeTurns(clients.redis, keys),
        contents=contents,
        users=clients.users,
        guard=asker_guard(settings, clients),
    )
