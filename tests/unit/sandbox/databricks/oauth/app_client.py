"""An app that asks people of the local Databricks for tokens, and the browser in which they decide."""

from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from aiohttp import ClientSession, encode_basic_auth

from sandbox.databricks import Databricks, OAuthApp
from tests.unit.genie.databricks_caller import Caller, Said

REDIRECT = "http://127.0.0.1:9/sign-in/callback"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
"""Of RFC 7636, appendix B."""
Body = str | list[tuple[str, str]]
SCOPES = "genie sql offline_access openid email profile"


class AppClient:
    """Sends what an app or a browser would, each parameter changed as a test wants; None leaves one out."""

    def __init__(self, databricks: Databricks, session: ClientSession, app: OAuthApp) -> None:
        self.app = app
        self._databricks = databricks
        self._session = session

    def address(self, **changed: str | None) -> str:
        """Give the address at which a person is asked."""
        asked: dict[str, str | None] = {
            "response_type": "code",
            "client_id": self.app.client_id,
            "redirect_uri": REDIRECT,
            "scope": SCOPES,
            "state": "s t&te",
            "code_challenge": challenge_of(VERIFIER),
            "code_challenge_method": "S256",
        }
        return f"{self._databricks.url}/oidc/v1/authorize?{urlencode(_present(asked | changed))}"

    async def open(self, address: str) -> Said:
        """Open a page; its text is the body."""
        async with self._session.get(address, allow_redirects=False) as said:
            return Said(said.status, await said.text(), said.headers)

    async def decide(self, address: str, person: str, decision: str = "allow") -> Said:
        """Send the form of the page; the body holds what the app gets back."""
        form = {"person": person, "decision": decision}
        async with self._session.post(address, data=form, allow_redirects=False) as said:
            return Said(said.status, told(said.headers.get("Location", "")), said.headers)

    async def code(self, person: str, **changed: str | None) -> str:
        """Let a person allow it; give the code."""
        return str((await self.decide(self.address(**changed), person)).body["code"])

    async def exchange(self, code: str | None, **changed: str | None) -> Said:
        """Ask for the tokens of a code."""
        form = {"grant_type": "authorization_code", "code": code}
        return await self.post(
            "token", **form | {"redirect_uri": REDIRECT, "code_verifier": VERIFIER} | changed
        )

    async def sign_in(self, person: str, scope: str = SCOPES) -> Any:
        """Let a person sign in; give the tokens."""
        said = await self.exchange(await self.code(person, scope=scope))
        assert said.status == 200, said.body
        return said.body

    async def refresh(self, token: str, **changed: str | None) -> Said:
        """Ask for a new access token."""
        return await self.post("token", **{"grant_type": "refresh_token", "refresh_token": token} | changed)

    async def post(self, endpoint: str, authorization: str | None = None, **form: str | None) -> Said:
        """Send a form, by default with HTTP Basic of the app or, when that is public, with its id."""
        if not self.app.client_secret:
            form = {"client_id": self.app.client_id, **form}
        elif authorization is None:
            authorization = encode_basic_auth(self.app.client_id, self.app.client_secret)
        return await self.send(endpoint, list(_present(form).items()), authorization)

    async def send(self, endpoint: str, body: Body, authorization: str | None = None) -> Said:
        """Send a body as it is."""
        headers = {"Authorization": authorization} if authorization else {}
        url = f"{self._databricks.url}/oidc/v1/{endpoint}"
        async with self._session.post(url, data=body, headers=headers) as said:
            answer = await said.json() if said.content_type == "application/json" else None
            return Said(said.status, answer, said.headers)

    def caller(self, token: str) -> Caller:
        """Give a caller of the API with a token."""
        caller = Caller(self._databricks, self._session)
        caller.token = token
        return caller


def challenge_of(verifier: str) -> str:
    """Give the challenge of a verifier by S256."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


def told(location: str) -> dict[str, str]:
    """Read what an address tells in its query."""
    return {name: value for name, (value,) in parse_qs(urlsplit(location).query).items()}


@asynccontextmanager
async def app_client(databricks: Databricks, app: OAuthApp | None = None) -> AsyncIterator[AppClient]:
    """Run a workspace that knows an app, by default a confidential one; give the app's client."""
    app = app or OAuthApp((REDIRECT,))
    databricks.add_app(app)
    async with databricks, ClientSession() as session:
        yield AppClient(databricks, session, app)


def _present(fields: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value is not None}
