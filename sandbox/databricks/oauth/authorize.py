"""The authorization endpoint: an app sends a browser here, a person decides, and the browser goes back.

Whatever makes the way back doubtful is told on a page; everything else goes back as OAuth's error.
https://www.rfc-editor.org/rfc/rfc6749#section-4.1, https://www.rfc-editor.org/rfc/rfc7636
"""

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from aiohttp import web

from sandbox.databricks.identities import Person
from sandbox.databricks.oauth import consent_page
from sandbox.databricks.oauth.apps import OAuthApp
from sandbox.databricks.oauth.grants import Grants, Wish

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
"""The Base64 of a SHA-256, as S256 makes it."""


class AuthorizeApi:
    """The endpoint: GET shows the page, its form comes back to the same address."""

    def __init__(self, apps: Mapping[str, OAuthApp], people: tuple[Person, ...], grants: Grants) -> None:
        self._apps = apps
        self._people = {person.email: person for person in people}
        self._grants = grants

    def routes(self) -> list[web.RouteDef]:
        """Give the routes."""
        return [
            web.get("/oidc/v1/authorize", self._show, name="authorize.page"),
            web.post("/oidc/v1/authorize", self._decide, name="authorize.decision"),
        ]

    async def _show(self, request: web.Request) -> web.Response:
        wish = self._wish(request)
        if isinstance(wish, web.Response):
            return wish
        return consent_page.question(wish, tuple(self._people.values()))

    async def _decide(self, request: web.Request) -> web.Response:
        """Send the browser back with a code for the person who pressed Allow, or with access_denied."""
        wish = self._wish(request)
        if isinstance(wish, web.Response):
            return wish
        form = await request.post()
        if form.get("decision") != "allow":
            return _back(wish.redirect_uri, wish.state, error="access_denied")
        person = self._people.get(str(form.get("person", "")))
        if person is None:
            return consent_page.refusal("Nobody of this workspace was chosen.")
        return _back(wish.redirect_uri, wish.state, code=self._grants.code(wish, person))

    def _wish(self, request: web.Request) -> Wish | web.Response:
        """Read what is asked for, or give the refusal."""
        asked = request.query
        repeated = sorted({name for name in asked if len(asked.getall(name)) > 1})
        if repeated:
            return consent_page.refusal(f"Parameter(s) present more than once: [{', '.join(repeated)}]")
        app, redirect_uri = self._apps.get(asked.get("client_id", "")), asked.get("redirect_uri", "")
        if app is None:
            return consent_page.refusal("OAuth application with this client_id is not available.")
        if redirect_uri not in app.redirect_uris:
            return consent_page.refusal("redirect_uri is not registered for this OAuth application.")
        state, scopes = asked.get("state"), frozenset(asked.get("scope", "").split())
        if asked.get("response_type") != "code":
            return _back(redirect_uri, state, error="unsupported_response_type")
        if not scopes or not scopes <= app.scopes:
            return _back(redirect_uri, state, error="invalid_scope")
        challenge = asked.get("code_challenge", "")
        if asked.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(challenge):
            return _back(redirect_uri, state, error="invalid_request")
        return Wish(app, redirect_uri, scopes, challenge, state, asked.get("nonce"))


def _back(redirect_uri: str, state: str | None, **result: str) -> web.Response:
    """Send the browser back to the app with a code or an error."""
    told = result | ({} if state is None else {"state": state})
    joint = "&" if "?" in redirect_uri else "?"
    return web.Response(status=302, headers={"Location": f"{redirect_uri}{joint}{urlencode(told)}"})
