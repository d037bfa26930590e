"""A company in which people have signed in to Databricks before, and ask as themselves."""

import base64
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
from redis.asyncio import Redis

from bot.config.user_identity import SCOPES, SERVING_SCOPE
from bot.identity.encryption import Encryption
from bot.identity.grants import Grant, Grants
from bot.identity.model import SlackUser
from bot.store.grants import GrantStore
from bot.store.keys import Keys
from sandbox.databricks.oauth.apps import OAuthApp
from sandbox.slack.state.rate_limits import Limits
from sandbox.slack.state.records import Message
from tests.stories.world import BEN, OWN_CHARTS, World, company

ANA = "U0ANA00007"
EMAILS = {ANA: "ana@example.com", BEN: "ben@example.com"}
"""By user. Ben sees the rows of EMEA only."""
_KEY = secrets.token_bytes(32)
_VERIFIER = secrets.token_urlsafe(48)


@asynccontextmanager
async def signed_in(
    redis_url: str,
    emails: Mapping[str, str] = EMAILS,
    *,
    databricks: dict[str, Any] | None = None,
    limits: Limits | None = None,
    **environment: str,
) -> AsyncIterator[World]:
    """Open the company without a bot; the users of `emails` have signed in with these addresses."""
    async with company(redis_url, databricks=OWN_CHARTS | (databricks or {}), limits=limits) as world:
        public_url = f"http://127.0.0.1:{world.environment['PORT']}"
        app = OAuthApp((f"{public_url}/sign-in/callback",))
        world.databricks.add_app(app)
        world.environment |= {
            "IDENTITY": "user",
            "PUBLIC_URL": public_url,
            "DATABRICKS_OAUTH_CLIENT_ID": app.client_id,
            "DATABRICKS_OAUTH_CLIENT_SECRET": app.client_secret,
            "TOKEN_ENCRYPTION_KEYS": base64.urlsafe_b64encode(_KEY).decode(),
        } | environment
        async with Redis.from_url(redis_url, decode_responses=True) as redis:
            store = GrantStore(redis, Keys(world.environment["REDIS_PREFIX"]))
            grants = Grants(store, Encryption((_KEY,)), world.databricks.url)
            async with aiohttp.ClientSession() as browser:
                for user, email in emails.items():
                    granted = Grant(email, email, await _refresh_token(browser, world, app, email))
                    await grants.save(SlackUser(world.slack.workspace.team_id, user), granted)
        yield world


async def _refresh_token(browser: aiohttp.ClientSession, world: World, app: OAuthApp, email: str) -> str:
    """Let a person allow the app to act as them; return what Databricks gives for that."""
    challenge = base64.urlsafe_b64encode(sha256(_VERIFIER.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": app.redirect_uris[0],
        "scope": " ".join((*SCOPES, SERVING_SCOPE)),
        "state": "s",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    oauth = f"{world.databricks.url}/oidc/v1"
    form = {"person": email, "decision": "allow"}
    async with browser.post(
        f"{oauth}/authorize?{urlencode(asked)}", data=form, allow_redirects=False
    ) as decided:
        [code] = parse_qs(urlsplit(decided.headers["Location"]).query)["code"]
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": app.redirect_uris[0],
        "code_verifier": _VERIFIER,
    }
    auth = aiohttp.encode_basic_auth(app.client_id, app.client_secret)
    async with browser.post(f"{oauth}/token", data=form, headers={"Authorization": auth}) as said:
        return str((await said.json())["refresh_token"])


def direct(world: World, user: str) -> str:
    """Return the channel of a person's direct messages with the bot; empty before there is one."""
    channels = world.slack.workspace.channels.values()
    return next((each.id for each in channels if each.user == user), "")


async def own_answer(world: World, user: str, number: int = 1) -> Message:
    """Wait for the n-th thread in a person's direct messages; return the first answer in it."""

    def root() -> Message | None:
        roots = world.slack.workspace.roots(direct(world, user)) if direct(world, user) else []
        return roots[number - 1] if len(roots) >= number else None

    opened = await world.slack.until(root)
    return await world.answer(opened.ts, channel=opened.channel)


async def told(world: World, user: str, part: str) -> Message:
    """Wait until a person alone reads something with an action id or words; return it."""

    def found() -> Message | None:
        said = [each for each in world.slack.ephemerals if each.for_user == user]
        return next((each for each in said if part in str(each.blocks)), None)

    return await world.slack.until(found)
