"""Bearer tokens: fetched, cached, renewed early, and one renewal at a time.

Vendor's page: https://docs.databricks.com/aws/en/dev-tools/auth/oauth-m2m
Other ways of the bot to sign in are in `genie.http.auth_sdk`, that of people is in `genie.http.user_oauth`.
"""

import asyncio
import base64
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode

import aiohttp

from genie.errors import GenieError, Malformed, SignInFailed
from genie.http.read_reply import read_reply
from genie.protocol.coerce import Object, as_code, as_number, as_object, as_text, parse
from genie.protocol.error_mapping import error_for_no_reply, error_for_reply
from genie.protocol.reply import Reply

_LAST_SECONDS = 60.0
"""A token this close to its end is not used: Azure refuses one that has 30 s left."""

_RENEW_AT = 0.8
"""The part of a token's life after which it is renewed in the background."""

_RETRY_RENEWAL = 5.0
"""Seconds between two attempts to renew a token that still works."""

FORM = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
"""Headers of a request to a token endpoint."""
_DEFAULT_LIFE = 3600.0
_MAX_BYTES = 1 << 20
_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)


class Auth(Protocol):
    """Where the client gets its bearer token."""

    async def token(self) -> str:
        """Return a token that may be used now; GenieError when there is none to be had."""

    def invalidate(self, token: str) -> None:
        """Note that Databricks refused this token, so that it is not given out again."""


@dataclass(frozen=True)
class PersonalToken:
    """A personal access token: always the same."""

    value: str = field(repr=False)

    def __post_init__(self) -> None:
        if not self.value.isascii() or not self.value.isprintable() or not self.value.strip():
            raise ValueError("The Databricks token is empty or holds characters that no token has.")

    async def token(self) -> str:
        """Return the token."""
        return self.value

    def invalidate(self, token: str) -> None:
        """Do nothing: there is no other."""


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token, and until when it is of use by the clock of the one who holds it."""

    value: str = field(repr=False)
    renew_at: float
    unusable_at: float


class RenewedToken(ABC):
    """A token that is bought anew as it ages: one purchase at a time serves all who wait.

    A token that is due for renewal but still good is given out at once and renewed in the background, so
    nobody waits for the token endpoint except at the start or after an outage of it.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: Token | None = None
        self._renewal: asyncio.Task[str] | None = None
        self._not_before = 0.0

    @abstractmethod
    async def _buy(self) -> Token:
        """Get a new token; GenieError when there is none to be had."""

    async def token(self) -> str:
        """Return a token; what `_buy` raises when there is none that works."""
        held, now = self._held, self._clock()
        if held is None or now >= held.unusable_at:
            # Shielded: a caller that gives up must not take the renewal from the others.
            return await asyncio.shield(self._renew())
        if now >= max(held.renew_at, self._not_before):
            self._not_before = now + _RETRY_RENEWAL
            self._renew()
        return held.value

    def invalidate(self, token: str) -> None:
        """Forget this token, unless it has been replaced already."""
        if self._held is not None and self._held.value == token:
            self._held = None

    async def settle(self) -> None:
        """Let a purchase end that is on its way, however it ends."""
        if self._renewal is not None:
            await asyncio.wait([self._renewal])

    def _renew(self) -> asyncio.Task[str]:
        if self._renewal is None or self._renewal.done():
            self._renewal = asyncio.create_task(self._replace())
            self._renewal.add_done_callback(mark_seen)
        return self._renewal

    async def _replace(self) -> str:
        self._held = await self._buy()
        return self._held.value


class ServicePrincipal(RenewedToken):
    """OAuth machine-to-machine: a client id and secret buy a token of about an hour.

    SignInFailed for wrong credentials, Unavailable or Malformed for an outage.
    """

    def __init__(
        self,
        http: aiohttp.ClientSession,
        host: str,
        client_id: str,
        client_secret: str,
        scope: str = "all-apis",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(clock)
        self._http = http
        self._url = f"{host}/oidc/v1/token"
        self._headers = FORM | {"Authorization": basic(client_id, client_secret)}
        self._form = urlencode({"grant_type": "client_credentials", "scope": scope})

    async def _buy(self) -> Token:
        started = self._clock()
        reply = await fetch(self._http, "POST", self._url, self._headers, self._form)
        if error := error_for_reply(reply, once=False):
            raise _as_sign_in(error, reply)
        return token_of(as_object(parse(reply.body)), started)


def basic(client_id: str, client_secret: str) -> str:
    """Return the header with which a client shows who it is."""
    return f"Basic {base64.b64encode(f'{client_id}:{client_secret}'.encode()).decode()}"


async def fetch(
    http: aiohttp.ClientSession, method: str, url: str, headers: Mapping[str, str], form: str | None = None
) -> Reply:
    """Call an endpoint of a sign-in once; no redirect is followed, as secrets are sent along."""
    try:
        async with http.request(
            method, url, data=form, headers=headers, timeout=_TIMEOUT, allow_redirects=False
        ) as response:
            return await read_reply(response, _MAX_BYTES)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise error_for_no_reply(error, once=False, sent=True) from None


def token_of(body: Object, started: float) -> Token:
    """Read what a token endpoint sold; its life counts from when it was `started` to be bought."""
    value = as_text(body.get("access_token"))
    if not value or not value.isascii() or not value.isprintable():
        raise Malformed("the token endpoint sent no token")
    life = as_number(body.get("expires_in"))
    life = _DEFAULT_LIFE if life is None else max(float(life), 0.0)
    return Token(value, started + life * _RENEW_AT, started + life - _LAST_SECONDS)


def mark_seen(renewal: asyncio.Future[str]) -> None:
    """Take the error of a renewal that nobody waits for; the next caller meets it again if it matters."""
    if not renewal.cancelled():
        renewal.exception()


def _as_sign_in(error: GenieError, reply: Reply) -> GenieError:
    """Read the endpoint's 400, 401 and 403 as what they are: credentials that are wrong or not allowed."""
    if error.retryable or reply.is_page:
        return error
    try:
        code = as_code(as_object(parse(reply.body)).get("error"))
    except Malformed:
        code = None
    return SignInFailed(
        "Databricks did not accept the client id and secret",
        status=error.status,
        code=code or error.code,
        request_id=error.request_id,
        detail=error.detail,
    )
