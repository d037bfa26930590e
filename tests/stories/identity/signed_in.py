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

from bot.config import user_identity
from bot.config.user_identity import SCOPES, SERVING_SCOPE
from bot.identity.encryption import Encryption
from bot.identity.grants import Grant, Grants
from bot.identity.model import SlackUser
from bot.store.grants import GrantStore
from bot.store.keys import Keys
from sandbox.slack.state.rate_limits import Limits
from sandbox.slack.state.records import Message
from tests.stories.identity.people import EMAILS, direct, let_people_sign_in
from tests.stories.world import OWN_CHARTS, World, company

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
        let_people_sign_in(world)
        world.environment |= environment
        encryption = Encryption((user_identity.key(world.environment["TOKEN_ENCRYPTION_KEYS"]),))
        async with (
            Redis.from_url(redis_url, decode_responses=True) as redis,
            aiohttp.ClientSession() as browser,
        ):
            store = GrantStore(redis, Keys(world.environment["REDIS_PREFIX"]))
            grants = Grants(store, encryption, world.databricks.url)
            for user, email in emails.items():
                granted = Grant(email, email, await _refresh_token(browser, world, email))
                await grants.save(SlackUser(world.slack.workspace.team_id, user), granted)
        yield world


async def _refresh_token(browser: aiohttp.ClientSession, world: World, email: str) -> str:
    """Let a person allow the bot to act as them; return what Databricks gives for that."""
    oauth, client_id = f"{world.databricks.url}/oidc/v1", world.environment["DATABRICKS_OAUTH_CLIENT_ID"]
    back = f"{world.environment['PUBLIC_URL']}/sign-in/callback"
    challenge = base64.urlsafe_b64encode(sha256(_VERIFIER.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": back,
        "scope": world.environment.get("DATABRICKS_OAUTH_SCOPES", " ".join((*SCOPES, SERVING_SCOPE))),
        "state": "s",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    form = {"person": email, "decision": "allow"}
    asking = browser.post(f"{oauth}/authorize?{urlencode(asked)}", data=form, allow_redirects=False)
    async with asking as decided:
        [code] = parse_qs(urlsplit(decided.headers["Location"]).query)["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back}
    auth = aiohttp.encode_basic_auth(client_id, world.environment["DATABRICKS_OAUTH_CLIENT_SECRET"])
    told = browser.post(
        f"{oauth}/token", data=form | {"code_verifier": _VERIFIER}, headers={"Authorization": auth}
    )
    async with told as said:
        return str((await said.json())["refresh_token"])


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
