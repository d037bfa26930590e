"""What people have granted to apps: codes that wait for their exchange, refresh tokens, access tokens.

https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2, https://www.rfc-editor.org/rfc/rfc9700#section-4.14
"""

import base64
import hashlib
import re
import secrets
import time
from dataclasses import dataclass, field

from sandbox.databricks.identities import Person
from sandbox.databricks.oauth.apps import OAuthApp
from sandbox.databricks.oauth.errors import OAuthError
from sandbox.databricks.oauth.tokens import Tokens

_CODE_SECONDS = 60.0
_BAD_REFRESH_TOKEN = "Refresh token is invalid"  # noqa: S105 - words, those of a workspace
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


@dataclass(frozen=True, slots=True)
class Wish:
    """What an app asks a person for, found to be in order."""

    app: OAuthApp
    redirect_uri: str
    scopes: frozenset[str]
    challenge: str
    state: str | None
    nonce: str | None


@dataclass(slots=True)
class Grant:
    """What one person allowed one app, until it has `ended`."""

    app: OAuthApp
    person: Person
    scopes: frozenset[str]
    nonce: str | None
    refresh_token: str = ""
    refresh_until: float = 0.0
    access_tokens: list[str] = field(default_factory=list)
    ended: bool = False


@dataclass(slots=True)
class _Code:
    wish: Wish
    grant: Grant
    expires: float
    used: bool = False


@dataclass(frozen=True, slots=True)
class Issued:
    """Tokens for an app; `refresh_token` only where a new one was made."""

    grant: Grant
    access_token: str
    refresh_token: str
    scopes: frozenset[str]


class Grants:
    """Codes and refresh tokens, in memory."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._codes: dict[str, _Code] = {}
        self._refresh_tokens: dict[str, Grant] = {}
        """Used ones stay, since one that comes back ends its grant."""

    def code(self, wish: Wish, person: Person) -> str:
        """Make the code of what a person allowed; it is good once, and for a minute."""
        code = secrets.token_urlsafe(32)
        grant = Grant(wish.app, person, wish.scopes, wish.nonce)
        self._codes[code] = _Code(wish, grant, time.monotonic() + _CODE_SECONDS)
        return code

    def exchange(self, app: OAuthApp, code: str, redirect_uri: str, verifier: str) -> Issued:
        """Give tokens for a code; any attempt uses it up, and a second one ends what the first gave."""
        found = self._codes.get(code)
        if found is None or found.wish.app != app:
            raise _invalid_grant("The authorization code is not known.")
        if found.used:
            self._end(found.grant)
            raise _invalid_grant("The authorization code was used before.")
        found.used = True
        if found.expires <= time.monotonic():
            raise _invalid_grant("The authorization code has expired.")
        if redirect_uri != found.wish.redirect_uri:
            raise _invalid_grant("The redirect_uri is not the one of the authorization request.")
        if not _VERIFIER.fullmatch(verifier) or _challenge(verifier) != found.wish.challenge:
            raise _invalid_grant("The code_verifier does not fit the code_challenge.")
        refresh_token = self._new_refresh_token(found.grant) if "offline_access" in found.wish.scopes else ""
        return self._issued(found.grant, refresh_token, found.wish.scopes)

    def refresh(self, app: OAuthApp, refresh_token: str, scopes: frozenset[str]) -> Issued:
        """Give a new access token, for all scopes of the grant where none are named."""
        grant = self._refresh_tokens.get(refresh_token)
        if grant is None or grant.app != app or grant.ended:
            raise _invalid_grant(_BAD_REFRESH_TOKEN)
        if refresh_token != grant.refresh_token:
            self._end(grant)
            raise _invalid_grant(_BAD_REFRESH_TOKEN)
        if grant.refresh_until <= time.monotonic():
            raise _invalid_grant(_BAD_REFRESH_TOKEN)
        if not scopes <= grant.scopes:
            raise OAuthError("invalid_scope", "The requested scope exceeds what was granted.")
        fresh = self._new_refresh_token(grant) if app.single_use_refresh_tokens else ""
        return self._issued(grant, fresh, scopes or grant.scopes)

    def revoke(self, app: OAuthApp, token: str) -> None:
        """End the grant of a refresh token, or an access token alone; others are none of the app's."""
        grant = self._refresh_tokens.get(token)
        if grant is not None and grant.app == app:
            self._end(grant)
        for each in self._grants():
            if each.app == app and token in each.access_tokens:
                self._tokens.expire(token)

    def end_all(self, email: str) -> None:
        """End everything that a person has granted."""
        for grant in self._grants():
            if grant.person.email == email:
                self._end(grant)

    def _grants(self) -> list[Grant]:
        return [code.grant for code in self._codes.values()]

    def _new_refresh_token(self, grant: Grant) -> str:
        grant.refresh_token = secrets.token_urlsafe(48)
        grant.refresh_until = time.monotonic() + grant.app.refresh_token_lifetime
        self._refresh_tokens[grant.refresh_token] = grant
        return grant.refresh_token

    def _issued(self, grant: Grant, refresh_token: str, scopes: frozenset[str]) -> Issued:
        expires = time.monotonic() + grant.app.access_token_lifetime
        token = self._tokens.issue(grant.person.identity(scopes, expires))
        grant.access_tokens.append(token)
        return Issued(grant, token, refresh_token, scopes)

    def _end(self, grant: Grant) -> None:
        grant.ended = True
        for token in grant.access_tokens:
            self._tokens.expire(token)


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _invalid_grant(description: str) -> OAuthError:
    return OAuthError("invalid_grant", description)
