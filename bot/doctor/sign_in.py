"""Looks at what people need to sign in, as far as that shows without anybody who does."""

import asyncio
from collections.abc import AsyncGenerator
from urllib.parse import parse_qs, urlsplit

import aiohttp

from bot.config.user_identity import UserIdentity
from bot.doctor.model import Finding, green, red, yellow
from bot.doctor.surroundings import Surroundings
from bot.identity.sign_in_flow import CALLBACK
from bot.server.health import ALIVE
from bot.startup.user_mode import people_oauth
from genie import errors
from genie.http.user_oauth import UserOAuth, new_verifier
from render.words.operator import check_sign_in as words

NO_TOKEN = "none"  # noqa: S105 - and no secret of anybody
UNKNOWN_CLIENT = frozenset({"invalid_client", "unauthorized_client"})
REFUSED = 400


async def look_at_sign_in(around: Surroundings) -> AsyncGenerator[Finding, None]:
    """Look at the app connection, the way back, and PUBLIC_URL; nothing where the bot asks for everybody."""
    people = around.settings.user_identity
    if people is None:
        return
    oauth = people_oauth(people, around.settings.databricks_host, around.http)
    try:
        address = await oauth.authorize_url("check", new_verifier())
    except errors.GenieError as error:
        yield red(
            "sign_in.discovery", words.no_discovery(around.settings.databricks_host, str(error.args[0]))
        )
        return
    yield green("sign_in.discovery", words.DISCOVERY)
    for finding in await asyncio.gather(
        _client(oauth), _redirect(around, address, people), _public_url(around, people)
    ):
        yield finding


async def _client(oauth: UserOAuth) -> Finding:
    """Offer a refresh token that is none: a client that is not known is refused before that is seen."""
    name = "sign_in.client"
    try:
        await oauth.refresh(NO_TOKEN)
    except errors.GrantEnded:
        return green(name, words.CLIENT)
    except errors.SignInFailed as refused:
        if refused.code in UNKNOWN_CLIENT:
            return red(name, words.unknown_client(refused.code or ""))
        return yellow(name, words.client_not_seen(refused.code or ""))
    except errors.GenieError as error:
        return yellow(name, words.client_not_seen(error.code or ""))
    return yellow(name, words.client_not_seen(""))


async def _redirect(around: Surroundings, address: str, people: UserIdentity) -> Finding:
    """Go where browsers are sent: a way back that is not registered is refused, before or after a login."""
    name = "sign_in.redirect"
    try:
        async with around.http.get(address, allow_redirects=False) as response:
            status, leads_to = response.status, response.headers.get(aiohttp.hdrs.LOCATION, "")
    except (aiohttp.ClientError, OSError, TimeoutError):
        return yellow(name, words.REDIRECT_NOT_SEEN)
    if REFUSED <= status < REFUSED + 100:
        return red(name, words.redirect_refused(people.public_url + CALLBACK))
    if leads_to.startswith(people.public_url) and (codes := parse_qs(urlsplit(leads_to).query).get("error")):
        return red(name, words.authorization_refused(codes[0]))
    return green(name, words.REDIRECT)


async def _public_url(around: Surroundings, people: UserIdentity) -> Finding:
    """Look whether the bot answers where browsers come back."""
    name = "sign_in.public_url"
    try:
        async with around.http.get(people.public_url + ALIVE, allow_redirects=False) as response:
            alive = await response.json(content_type=None)
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
        alive = None
    if isinstance(alive, dict) and alive.get("alive") is True:
        return green(name, words.PUBLIC_URL)
    return yellow(name, words.nobody_there(people.public_url))
