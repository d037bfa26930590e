"""Builds what lets people ask Databricks as themselves."""

from collections.abc import Callable

import aiohttp

from bot.config.user_identity import UserIdentity
from bot.identity.encryption import Encryption
from bot.identity.grants import Grant, Grants
from bot.identity.identities import UserIdentities
from bot.identity.model import SlackUser
from bot.identity.sign_in_flow import CALLBACK
from bot.slack.users import Users
from bot.store.grants import GrantStore
from genie.client import Genie
from genie.errors import Unavailable
from genie.http.auth import Auth
from genie.http.user_oauth import OAuthClient, UserOAuth


def user_identities(
    settings: UserIdentity,
    host: str,
    http: aiohttp.ClientSession,
    store: GrantStore,
    users: Users,
    client: Callable[[Auth], Genie],
) -> UserIdentities:
    """Build them for the workspace `host`."""

    async def is_theirs(user: SlackUser, grant: Grant) -> bool:
        person = await users.person(user.team, user.id)
        if not person.known:
            raise Unavailable("Slack does not say who a person is")
        same = person.email.lower() == grant.slack_email.lower()
        # An admin may take a pair back by which somebody has signed in.
        together = settings.emails.belong_together(person.email, grant.databricks_user)
        return same and together and not person.deleted

    grants = Grants(store, Encryption(settings.encryption_keys), host)
    return UserIdentities(grants, people_oauth(settings, host, http), is_theirs, client)


def people_oauth(settings: UserIdentity, host: str, http: aiohttp.ClientSession) -> UserOAuth:
    """Build what signs people in to the workspace `host`."""
    app = OAuthClient(
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        redirect_uri=settings.public_url + CALLBACK,
        scopes=settings.scopes,
    )
    return UserOAuth(http, host, app)
