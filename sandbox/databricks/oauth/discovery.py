"""Where the OAuth endpoints are: the documents that clients look for."""

from aiohttp import web

from sandbox.databricks.oauth.apps import SCOPES

WORKSPACE_ID = "7405610123456789"


def routes() -> list[web.RouteDef]:
    """Give the routes."""
    return [
        web.get("/.well-known/databricks-config", _config, name="discovery.host"),
        web.get("/oidc/.well-known/oauth-authorization-server", _server, name="discovery.oauth"),
        web.get("/oidc/.well-known/openid-configuration", _server, name="discovery.openid"),
    ]


def issuer(request: web.Request) -> str:
    """Give the name of this authorization server, which is an address."""
    return f"{request.url.origin()}/oidc"


async def _config(request: web.Request) -> web.Response:
    return web.json_response({"oidc_endpoint": issuer(request), "workspace_id": WORKSPACE_ID, "cloud": "AWS"})


async def _server(request: web.Request) -> web.Response:
    """Describe the server; revocation is left out, as nothing says that workspaces announce it."""
    oidc = issuer(request)
    return web.json_response(
        {
            "issuer": oidc,
            "authorization_endpoint": f"{oidc}/v1/authorize",
            "token_endpoint": f"{oidc}/v1/token",
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["client_credentials", "authorization_code", "refresh_token"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
            "scopes_supported": sorted(SCOPES),
        }
    )
