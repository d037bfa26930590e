"""Builds what lets people sign in to Databricks: the links, the wait, the way of a browser."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.config.settings import Settings
from bot.config.user_identity import UserIdentity
from bot.identity.closed_accounts import ClosedAccounts
from bot.identity.encryption import Encryption
from bot.identity.model import SlackUser
from bot.identity.sign_in_actions import SignInActions
from bot.identity.sign_in_flow import SignInFlow
from bot.identity.sign_in_messages import SignInMessages
from bot.identity.sign_in_wait import SignInWaits, go_on_as_bot
from bot.identity.sign_ins import SignIns
from bot.slack.direct_messages import DirectMessages
from bot.slack.ephemeral import EphemeralReplies
from bot.slack.files import Files
from bot.slack.messages import Messages
from bot.slack.private_messages import PrivateMessages
from bot.startup.clients import Clients
from bot.store.grants import GrantStore
from bot.store.keys import Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Given to the worker, the pages and the listeners."""

    waits: SignInWaits
    flow: SignInFlow
    actions: SignInActions
    closed_accounts: ClosedAccounts


def sign_in_messages(users: UserIdentity, clients: Clients, keys: Keys) -> SignInMessages:
    """Build what makes links for people."""
    sign_ins = SignIns(clients.redis, keys, users.public_url)
    ephemeral = EphemeralReplies(clients.slack, clients.http)
    return SignInMessages(clients.redis, keys, clients.users, sign_ins, ephemeral)


def build_sign_in(
    settings: Settings, clients: Clients, keys: Keys, changed: Callable[[SlackUser], None]
) -> SignIn | None:
    """Build it; None where the bot asks for everybody. `changed` is told who signs in or out."""
    users, identities = settings.user_identity, clients.user_identities
    if users is None or identities is None:
        return None
    redis, slack, http = clients.redis, clients.slack, clients.http
    sign_ins, ephemeral = SignIns(redis, keys, users.public_url), EphemeralReplies(slack, http)
    messages = sign_in_messages(users, clients, keys)
    direct = DirectMessages(slack, Files(slack, http), clients.identity.bot_user)
    private = PrivateMessages(Messages(slack, redis, keys), ephemeral, direct)
    waits = SignInWaits(redis, keys, messages, private, changed)
    flow = SignInFlow(
        sign_ins=sign_ins,
        identities=identities,
        encryption=Encryption(users.encryption_keys),
        emails=users.emails,
        host=settings.databricks_host,
        users=clients.users,
        messages=messages,
        changed=changed,
    )
    actions = SignInActions(identities, messages, waits, changed)
    closed = ClosedAccounts(GrantStore(redis, keys), clients.users, actions)
    return SignIn(waits=waits, flow=flow, actions=actions, closed_accounts=closed)


@asynccontextmanager
async def tending_sign_ins(sign_in: SignIn | None, clients: Clients, keys: Keys) -> AsyncIterator[None]:
    """End sign-ins of closed accounts within the block; without any, let go on what waits for one."""
    if sign_in:
        async with sign_in.closed_accounts.watched():
            yield
    else:
        await go_on_as_bot(clients.redis, keys)
        yield
