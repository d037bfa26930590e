"""Processes of the bot that ask one local Databricks as the same people, with one Redis between them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.config.sign_in_emails import SignInEmails
from bot.config.user_identity import SCOPES, UserIdentity
from bot.identity.grants import Grant
from bot.identity.identities import UserIdentities
from bot.identity.model import SlackUser
from bot.slack.users import Person, Users
from bot.startup.user_mode import user_identities
from bot.store.grants import GrantStore
from bot.store.keys import DAY, Keys
from genie.client import Genie
from genie.http.user_oauth import new_verifier
from sandbox.databricks import Databricks, OAuthApp

KEYS, KEY = Keys("test"), b"k" * 32
ANA, BEN, DAN, EVE = (SlackUser("T1", f"U{name}") for name in ("ANA", "BEN", "DAN", "EVE"))
EMAILS = {user: f"{user.id[1:].lower()}@example.com" for user in (ANA, BEN, DAN, EVE)}
"""Of people whom the local Databricks knows: Ben sees some rows, Dan no table, Eve no space."""
PUBLIC_URL = "http://127.0.0.1:9"


def users(redis: "Redis") -> Users:
    """Return what knows people; nobody is asked, as long as Redis remembers what Slack said."""
    return Users(AsyncWebClient(base_url="http://127.0.0.1:9/"), redis, KEYS)


async def slack_says(redis: "Redis", user: SlackUser, **said: Any) -> None:
    """Let Slack say something about a person, by default what it says about an ordinary one."""
    person = Person(**{"name": user.id, "email": EMAILS[user]} | said)
    await users(redis)._remember(user.team, user.id, person, DAY)


def add_app(databricks: Databricks, **options: Any) -> OAuthApp:
    """Register the bot at Databricks."""
    app = OAuthApp((f"{PUBLIC_URL}/sign-in/callback",), **options)
    databricks.add_app(app)
    return app


@asynccontextmanager
async def replica(
    redis: "Redis",
    url: str,
    client_id: str,
    client_secret: str,
    keys: tuple[bytes, ...] = (KEY,),
) -> AsyncIterator[UserIdentities]:
    """Run what one process has of people."""
    settings = UserIdentity(
        public_url=PUBLIC_URL,
        client_id=client_id,
        client_secret=client_secret,
        scopes=SCOPES,
        encryption_keys=keys,
        emails=SignInEmails(),
    )
    async with aiohttp.ClientSession() as http:
        build = partial(user_identities, settings, url, http, GrantStore(redis, KEYS), users(redis))
        async with build(partial(Genie, http, url)) as people:
            yield people


async def allow(address: str, user: SlackUser, decision: str = "allow") -> dict[str, str]:
    """Let a person decide in a browser, and return what that brings back."""
    async with (
        aiohttp.ClientSession() as browser,
        browser.post(
            address, data={"person": EMAILS[user], "decision": decision}, allow_redirects=False
        ) as back,
    ):
        return dict(parse_qsl(urlsplit(back.headers["Location"]).query))


async def sign_in(people: UserIdentities, user: SlackUser) -> Grant:
    """Let a person allow the bot, and keep what came of it."""
    verifier = new_verifier()
    code = (await allow(await people.oauth.authorize_url("state", verifier), user))["code"]
    signed_in = await people.oauth.sign_in(code, verifier)
    grant = Grant(signed_in.databricks_user, EMAILS[user], signed_in.refresh_token)
    await people.grants.save(user, grant)
    return grant
