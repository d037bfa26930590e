"""How a person signs in to Databricks: OAuth's authorization code with PKCE, refresh tokens, revocation.

oauthlib makes the requests and reads the replies, aiohttp sends them. The endpoints are those that the
workspace names, as long as they are its own.

Vendor's page: https://docs.databricks.com/aws/en/dev-tools/auth/oauth-u2m
"""

import base64
import binascii
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from oauthlib.oauth2 import WebApplicationClient
from oauthlib.oauth2.rfc6749 import parameters

from genie.errors import Forbidden, GenieError, GrantEnded, Malformed, ScopeRefused, SignInFailed, Unavailable
from genie.http.auth import FORM, Token, basic, fetch, token_of
from genie.protocol.coerce import Object, as_code, as_object, as_text, parse
from genie.protocol.error_mapping import error_for_reply
from genie.protocol.reply import Reply

_DISCOVERY = "/oidc/.well-known/oauth-authorization-server"
_REVOKE = "/oidc/v1/revoke"
"""Where the discovery document names no place for it."""
_ME = "/api/2.0/preview/scim/v2/Me"
_ANY_HOST = "https://workspace.invalid/"
"""oauthlib makes queries for https alone; `genie.http.host` has decided that this machine may do without."""

_ENDED = frozenset({"invalid_grant", "access_denied", "consent_required", "login_required"})
_SCOPE = frozenset({"invalid_scope", "insufficient_scope"})
_CLIENT = frozenset({"invalid_client", "unauthorized_client", "invalid_request", "unsupported_grant_type"})
"""Codes about the client itself: another sign-in would meet them again, so no grant ends by them."""
_REFRESH_TOKEN_INVALID = "refresh token is invalid"  # noqa: S105 - words
"""In the description of an `invalid_request`, where RFC 6749 has `invalid_grant` (databricks/cli#667)."""


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """What an admin of the account registered; without a secret it is a public client."""

    client_id: str
    client_secret: str | None = field(repr=False)
    redirect_uri: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """What the token endpoint gave."""

    access: Token
    refresh_token: str | None = field(repr=False)
    """None where the old one goes on."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that succeeded."""

    databricks_user: str
    """The person's address in Databricks."""
    refresh_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Endpoints:
    authorize: str
    token: str
    revoke: str


def new_verifier() -> str:
    """Make the secret of one sign-in, of which the browser only carries a digest."""
    return secrets.token_urlsafe(48)


def error_from_browser(code: str) -> GenieError:
    """Return what the `error` that a browser brought back stands for; GrantEnded: it was not allowed."""
    return _named(as_code(code) or "unknown")


class UserOAuth:
    """Signs people in to one workspace; `host` as `genie.http.host.host_url` gives it.

    Every method raises GenieError: GrantEnded when the person has to sign in again, ScopeRefused and another
    SignInFailed when the operator has to look after the client, Unavailable or Malformed when it is to be
    tried later.
    """

    def __init__(
        self,
        http: aiohttp.ClientSession,
        host: str,
        client: OAuthClient,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._http, self._host, self._client, self.clock = http, host, client, clock
        self._endpoints: _Endpoints | None = None
        secret = client.client_secret
        self._headers = FORM | ({"Authorization": basic(client.client_id, secret)} if secret else {})

    async def authorize_url(self, state: str, verifier: str) -> str:
        """Return the address to which the person's browser goes."""
        endpoints = await self._discovered()
        web = WebApplicationClient(self._client.client_id)
        made = web.prepare_request_uri(
            _ANY_HOST,
            redirect_uri=self._client.redirect_uri,
            scope=list(self._client.scopes),
            state=state,
            code_challenge=web.create_code_challenge(verifier, "S256"),
            code_challenge_method="S256",
        )
        return f"{endpoints.authorize}?{urlsplit(made).query}"

    async def sign_in(self, code: str, verifier: str) -> SignedIn:
        """Exchange the code that came back with the browser, and learn who the person is in Databricks."""
        body, issued = await self._buy(
            grant_type="authorization_code",
            code=code,
            code_verifier=verifier,
            redirect_uri=self._client.redirect_uri,
        )
        if not issued.refresh_token:
            raise ScopeRefused("Databricks gave no refresh token", code="offline_access")
        user = _email_claim(body, self._client.client_id) or await self._ask_who(issued.access.value)
        return SignedIn(user, issued.refresh_token)

    async def refresh(self, refresh_token: str) -> Issued:
        """Get a new access token; the refresh token may be used up by that."""
        _, issued = await self._buy(grant_type="refresh_token", refresh_token=refresh_token)
        return issued

    async def revoke(self, refresh_token: str) -> None:
        """Have Databricks end a refresh token."""
        endpoints = await self._discovered()
        _, _, form = parameters.prepare_token_revocation_request(
            _ANY_HOST,
            refresh_token,
            token_type_hint="refresh_token",  # noqa: S106 - a kind of token
            client_id=self._client.client_id,
        )
        reply = await fetch(self._http, "POST", endpoints.revoke, self._headers, form)
        if not reply.ok:
            raise _refusal(reply)

    async def _buy(self, *, grant_type: str, **fields: Any) -> tuple[Object, Issued]:
        endpoints, started = await self._discovered(), self.clock()
        form = parameters.prepare_token_request(grant_type, client_id=self._client.client_id, **fields)
        reply = await fetch(self._http, "POST", endpoints.token, self._headers, form)
        if not reply.ok or reply.is_page:
            raise _refusal(reply)
        body = as_object(parse(reply.body))
        return body, Issued(token_of(body, started), as_text(body.get("refresh_token")) or None)

    async def _ask_who(self, access_token: str) -> str:
        headers = {"Authorization": f"Bearer {access_token}", "Accept": "application/json"}
        reply = await fetch(self._http, "GET", self._host + _ME, headers)
        if error := error_for_reply(reply, once=False):
            if isinstance(error, Forbidden):
                raise ScopeRefused("the sign-in does not tell who it was", code="openid")
            raise error
        name = as_text(as_object(parse(reply.body)).get("userName"))
        if not name:
            raise Malformed("Databricks does not say who signed in")
        return name

    async def _discovered(self) -> _Endpoints:
        if self._endpoints is None:
            reply = await fetch(self._http, "GET", self._host + _DISCOVERY, {"Accept": "application/json"})
            if error := error_for_reply(reply, once=False):
                raise error if error.retryable else Unavailable("no sign-in is offered", status=error.status)
            self._endpoints = _endpoints(as_object(parse(reply.body)), self._host)
        return self._endpoints


def _endpoints(document: Object, host: str) -> _Endpoints:
    """Read the discovery document; Malformed unless all endpoints are the workspace's: secrets go there."""
    named = {"revocation_endpoint": host + _REVOKE} | dict(document)
    names = ("authorization_endpoint", "token_endpoint", "revocation_endpoint")
    addresses = [as_text(named.get(name)) for name in names]
    if not all(re.fullmatch(rf"{re.escape(host)}/[\w./-]+", address, re.ASCII) for address in addresses):
        raise Malformed("the workspace names a place to sign in that is not its own")
    return _Endpoints(*addresses)


def _email_claim(body: Object, client_id: str) -> str:
    """Read who signed in from the ID token, or "" where there is none that says so to this client.

    Its signature needs no look: it came from the token endpoint itself, over TLS
    (https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation).
    """
    payload = as_text(body.get("id_token")).split(".")[1:2]
    try:
        claims = as_object(parse(base64.urlsafe_b64decode("".join(payload) + "==")))
    except (binascii.Error, ValueError, Malformed):
        return ""
    audience = claims.get("aud")
    meant = client_id in (audience if isinstance(audience, list) else [audience])
    return as_text(claims.get("email")) if meant and claims.get("email_verified", True) is True else ""


def _refusal(reply: Reply) -> GenieError:
    """Return what a reply of the token endpoint stands for that is no success."""
    error = error_for_reply(reply, once=False)
    body = {} if reply.is_page else _body(reply)
    code = as_code(body.get("error"))
    if error is None or error.retryable or code is None:
        # A page, a way to a login, a proxy's words: nothing was said about the grant.
        return error if error and error.retryable else Unavailable("no token was sold", status=reply.status)
    if _REFRESH_TOKEN_INVALID in as_text(body.get("error_description")).lower():
        return GrantEnded(code=code, status=reply.status)
    return _named(code, reply.status)


def _named(code: str, status: int | None = None) -> GenieError:
    """Return what an error code of OAuth stands for."""
    if code in _ENDED:
        return GrantEnded(code=code, status=status)
    if code in _SCOPE:
        return ScopeRefused(code=code, status=status)
    if code in _CLIENT:
        return SignInFailed("Databricks did not accept the app connection", code=code, status=status)
    return Unavailable("Databricks could not sign a person in", code=code, status=status)


def _body(reply: Reply) -> Object:
    try:
        return as_object(parse(reply.body))
    except Malformed:
        return {}
