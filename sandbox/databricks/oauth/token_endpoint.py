"""The token endpoint and its sibling that revokes: clients prove who they are, then get or end tokens.

https://www.rfc-editor.org/rfc/rfc6749#section-3.2, https://www.rfc-editor.org/rfc/rfc7009
"""

import base64
import binascii
import secrets
import time
import urllib.parse
from collections.abc import Mapping

from aiohttp import web

from sandbox.databricks.identities import Identity
from sandbox.databricks.oauth import id_token
from sandbox.databricks.oauth.apps import SCOPES, OAuthApp
from sandbox.databricks.oauth.discovery import issuer
from sandbox.databricks.oauth.errors import NOT_KEPT, OAuthError
from sandbox.databricks.oauth.grants import Grants, Issued
from sandbox.databricks.oauth.tokens import IDENTITY, Tokens

Form = Mapping[str, str]


class TokenApi:
    """Both endpoints; a token of the service principal lives `lifetime` seconds."""

    def __init__(self, apps: Mapping[str, OAuthApp], tokens: Tokens, grants: Grants, lifetime: float) -> None:
        self._apps = apps
        self._tokens = tokens
        self._grants = grants
        self._lifetime = lifetime
        self.client_id = "5a9d0b1e-sandbox-service-principal"
        self.client_secret = f"dose{secrets.token_hex(16)}"

    def routes(self) -> list[web.RouteDef]:
        """Give the routes."""
        return [
            web.post("/oidc/v1/token", self._token, name="token"),
            web.post("/oidc/v1/revoke", self._revoke, name="revoke"),
        ]

    async def _token(self, request: web.Request) -> web.Response:
        try:
            body = self._granted(request, await _form(request))
        except OAuthError as error:
            return error.response()
        return web.json_response(body, headers=NOT_KEPT)

    def _granted(self, request: web.Request, form: Form) -> dict[str, object]:
        app, grant_type = self._client(request, form), form.get("grant_type")
        if app is None:
            if grant_type != "client_credentials":
                raise OAuthError("unsupported_grant_type", "A service principal has client_credentials only.")
            return self._principals_token(request, form)
        if grant_type == "authorization_code":
            code, redirect_uri, verifier = _needed(form, "code", "redirect_uri", "code_verifier")
            return _personal(request, self._grants.exchange(app, code, redirect_uri, verifier), first=True)
        if grant_type == "refresh_token":
            (refresh_token,) = _needed(form, "refresh_token")
            scopes = frozenset(form.get("scope", "").split())
            return _personal(request, self._grants.refresh(app, refresh_token, scopes), first=False)
        if grant_type == "client_credentials":
            raise OAuthError("unauthorized_client", "This client has no client_credentials.")
        raise OAuthError("unsupported_grant_type", "The grant type is not supported.")

    def _principals_token(self, request: web.Request, form: Form) -> dict[str, object]:
        scopes = frozenset(form.get("scope", "").split())
        if not scopes or not scopes <= SCOPES:
            raise OAuthError("invalid_scope", "The requested scope is invalid")
        owner = Identity(self.client_id, 8123456789012345, scopes, time.monotonic() + self._lifetime)
        request[IDENTITY] = owner
        return _body(self._tokens.issue(owner), self._lifetime, scopes)

    async def _revoke(self, request: web.Request) -> web.Response:
        """End a token; one that is not known is no error."""
        try:
            form = await _form(request)
            app = self._client(request, form)
            (token,) = _needed(form, "token")
        except OAuthError as error:
            return error.response()
        if app is not None:
            self._grants.revoke(app, token)
        return web.Response(headers=NOT_KEPT)

    def _client(self, request: web.Request, form: Form) -> OAuthApp | None:
        """Find the app that proves to call, or None for the service principal."""
        header = request.headers.get("Authorization", "")
        if header and "client_secret" in form:
            raise OAuthError("invalid_request", "More than one way of client authentication.")
        name, secret = (
            _basic(header) if header else (form.get("client_id", ""), form.get("client_secret", ""))
        )
        if header and name == self.client_id and _same(secret, self.client_secret):
            return None
        app = self._apps.get(name)
        public_by_basic = header and app is not None and not app.client_secret
        if app is None or public_by_basic or not _same(secret, app.client_secret):
            raise OAuthError("invalid_client", "Client authentication failed", 401)
        return app


def _same(secret: str, known: str) -> bool:
    return secrets.compare_digest(secret.encode(), known.encode())


def _basic(header: str) -> tuple[str, str]:
    """Read a client's id and secret, which are form-encoded within HTTP Basic."""
    scheme, _, encoded = header.partition(" ")
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    if scheme != "Basic":
        return "", ""
    return urllib.parse.unquote_plus(name), urllib.parse.unquote_plus(secret)


async def _form(request: web.Request) -> Form:
    """Read the body: a form without repeated fields."""
    fields = urllib.parse.parse_qsl(await request.text(), keep_blank_values=True)
    form = dict(fields)
    if request.content_type != "application/x-www-form-urlencoded" or len(form) < len(fields):
        raise OAuthError("invalid_request", "The body must be a form without repeated fields.")
    return form


def _needed(form: Form, *names: str) -> list[str]:
    for name in names:
        if not form.get(name):
            raise OAuthError("invalid_request", f"{name} is missing.")
    return [form[name] for name in names]


def _personal(request: web.Request, issued: Issued, *, first: bool) -> dict[str, object]:
    """Give a person's tokens; the first time with who signed in, where `openid` was asked for."""
    app, person = issued.grant.app, issued.grant.person
    request[IDENTITY] = person.identity(issued.scopes, 0.0)
    body = _body(issued.access_token, app.access_token_lifetime, issued.scopes)
    if issued.refresh_token:
        body["refresh_token"] = issued.refresh_token
    if first and "openid" in issued.scopes:
        body["id_token"] = id_token.make(issuer(request), issued.grant)
    return body


def _body(token: str, lifetime: float, scopes: frozenset[str]) -> dict[str, object]:
    scope = " ".join(sorted(scopes))
    return {"access_token": token, "token_type": "Bearer", "scope": scope, "expires_in": int(lifetime)}
