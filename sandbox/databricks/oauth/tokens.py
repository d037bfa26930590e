"""Access tokens: a personal one, those of the service principal and those of people who signed in.

https://docs.databricks.com/aws/en/dev-tools/auth/oauth-m2m
"""

import secrets
import time
from dataclasses import replace
from typing import Literal

from aiohttp import web

from sandbox.databricks.errors import DatabricksError
from sandbox.databricks.identities import ALL_RIGHTS, Identity, Rights

_NEEDED = {
    "/api/2.0/genie/": ("genie", "dashboards.genie", "all-apis"),
    "/api/2.0/sql/": ("sql", "all-apis"),
    "/api/2.0/preview/scim/": ("all-apis",),
    "/api/2.1/unity-catalog/": ("unity-catalog", "all-apis"),
    "/api/2.0/serving-endpoints/": ("serving.serving-endpoints", "all-apis"),
    "/serving-endpoints/": ("serving.serving-endpoints", "all-apis"),
}
"""The scopes of which one opens the paths; a refusal names the first."""
IDENTITY = web.RequestKey("identity", Identity)
"""Where a request keeps whose token it carries, be the token still good or not."""
BadUserToken = Literal[401, 403]
"""How a person's token is refused that has expired or was revoked: both were seen."""


class Tokens:
    """All access tokens of the workspace, those that have ended included."""

    def __init__(self, bad_user_token: BadUserToken, personal_rights: Rights = ALL_RIGHTS) -> None:
        self._bad_user_token = bad_user_token
        self.personal = f"dapi{secrets.token_hex(16)}"
        self._owners = {
            self.personal: Identity("user@sandbox.example", 7412589630123456, rights=personal_rights)
        }

    def issue(self, owner: Identity) -> str:
        """Make a token for an identity."""
        token = f"eyJ{secrets.token_urlsafe(48)}"
        self._owners[token] = owner
        return token

    def expire(self, token: str) -> None:
        """Let a token expire now."""
        self._owners[token] = replace(self._owners[token], expires=0.0)

    def expire_all(self, name: str = "") -> None:
        """Let every OAuth token expire now, or those of one identity; the personal one stays."""
        for token, owner in self._owners.items():
            if token != self.personal and name in {"", owner.name}:
                self._owners[token] = replace(owner, expires=0.0)

    def admit(self, request: web.Request) -> None:
        """Note whose token a request carries; raise `DatabricksError` when it is bad or its scopes lack."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        owner = self._owners.get(token) if scheme == "Bearer" else None
        if owner is None:
            raise _unauthenticated()
        request[IDENTITY] = owner
        if owner.expires <= time.monotonic():
            if owner.signed_in and self._bad_user_token == 403:  # noqa: PLR2004 - the setting
                raise DatabricksError(403, 403, "Invalid access token.")
            raise _unauthenticated()
        for prefix, scopes in _NEEDED.items():
            if request.path.startswith(prefix) and not owner.scopes.intersection(scopes):
                message = f"Provided OAuth token does not have required scopes: {scopes[0]}"
                raise DatabricksError(403, 403, message)


def _unauthenticated() -> DatabricksError:
    return DatabricksError(401, "UNAUTHENTICATED", "Credential was not sent, is unknown or has expired.")
