"""Authentication: a personal access token, or a service principal with OAuth client credentials.

https://docs.databricks.com/aws/en/dev-tools/auth/oauth-m2m
"""

import base64
import binascii
import secrets
import time
from dataclasses import replace

from aiohttp import web

from sandbox.databricks.errors import DatabricksError
from sandbox.databricks.genie.store import Identity

SCOPES = frozenset(
    {"all-apis", "genie", "dashboards.genie", "sql", "serving.serving-endpoints", "offline_access"}
)
WORKSPACE_ID = "7405610123456789"
_NEEDED = {
    "/api/2.0/genie/": frozenset({"all-apis", "genie", "dashboards.genie"}),
    "/api/2.0/sql/": frozenset({"all-apis", "sql"}),
    "/serving-endpoints/": frozenset({"all-apis", "serving.serving-endpoints"}),
}


IDENTITY = web.RequestKey("identity", Identity)
"""Where the server keeps who calls, in a request that it let in."""


class Identities:
    """All tokens of the workspace. Those of a service principal live `lifetime` seconds."""

    def __init__(self, lifetime: float) -> None:
        self._lifetime = lifetime
        self.client_id, self.client_secret = (
            "5a9d0b1e-sandbox-service-principal",
            f"dose{secrets.token_hex(16)}",
        )
        self.token = f"dapi{secrets.token_hex(16)}"
        self._owners = {self.token: Identity("user@sandbox.example", 7412589630123456)}

    def expire_all(self) -> None:
        """Let every OAuth token expire now; the personal one stays."""
        for token, owner in self._owners.items():
            if token != self.token:
                self._owners[token] = replace(owner, expires=0.0)

    def of(self, request: web.Request) -> Identity:
        """Say who calls, or raise the `DatabricksError` for a bad token or a missing scope."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        owner = self._owners.get(token) if scheme == "Bearer" else None
        if owner is None or owner.expires <= time.monotonic():
            raise DatabricksError(
                401, "UNAUTHENTICATED", "Credential was not sent, is unknown or has expired."
            )
        for prefix, scopes in _NEEDED.items():
            if request.path.startswith(prefix) and not scopes & owner.scopes:
                wanted = prefix.strip("/").split("/")[-1]
                message = f"Provided OAuth token does not have required scopes: {wanted}"
                raise DatabricksError(403, 403, message)
        return owner

    def routes(self) -> list[web.RouteDef]:
        """Give the OAuth endpoints that the databricks-sdk looks for."""
        return [
            web.get("/.well-known/databricks-config", self._config, name="discovery.host"),
            web.get("/oidc/.well-known/oauth-authorization-server", self._server, name="discovery.oauth"),
            web.post("/oidc/v1/token", self._token, name="token"),
        ]

    async def _config(self, request: web.Request) -> web.Response:
        origin = request.url.origin()
        return web.json_response(
            {"oidc_endpoint": f"{origin}/oidc", "workspace_id": WORKSPACE_ID, "cloud": "AWS"}
        )

    async def _server(self, request: web.Request) -> web.Response:
        origin = request.url.origin()
        return web.json_response(
            {
                "issuer": f"{origin}/oidc",
                "authorization_endpoint": f"{origin}/oidc/v1/authorize",
                "token_endpoint": f"{origin}/oidc/v1/token",
                "grant_types_supported": ["client_credentials"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            }
        )

    async def _token(self, request: web.Request) -> web.Response:
        if not self._knows(request.headers.get("Authorization", "")):
            return _oauth_error(401, "invalid_client", "Client authentication failed")
        form = await request.post()
        if form.get("grant_type") != "client_credentials":
            return _oauth_error(400, "unsupported_grant_type", "Only client_credentials is supported")
        scopes = frozenset(str(form.get("scope", "")).split())
        if not scopes or not scopes <= SCOPES:
            return _oauth_error(400, "invalid_scope", "The requested scope is invalid")
        token = f"eyJ{secrets.token_urlsafe(48)}"
        expires = time.monotonic() + self._lifetime
        self._owners[token] = Identity(self.client_id, 8123456789012345, scopes, expires)
        body = {"access_token": token, "token_type": "Bearer", "scope": " ".join(sorted(scopes))}
        return web.json_response({**body, "expires_in": int(self._lifetime)})

    def _knows(self, authorization: str) -> bool:
        scheme, _, encoded = authorization.partition(" ")
        try:
            pair = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return False
        return scheme == "Basic" and secrets.compare_digest(
            pair.encode(), f"{self.client_id}:{self.client_secret}".encode()
        )


def _oauth_error(status: int, error: str, description: str) -> web.Response:
    return web.json_response({"error": error, "error_description": description}, status=status)
