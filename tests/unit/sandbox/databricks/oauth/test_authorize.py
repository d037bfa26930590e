"""The authorization endpoint: what is told on a page, what goes back to the app, and the page itself."""

from collections.abc import AsyncIterator

import pytest

from sandbox.databricks import Databricks, OAuthApp
from tests.unit.sandbox.databricks.oauth.app_client import REDIRECT, SCOPES, AppClient, app_client, told

ANA = "ana@example.com"
WITH_QUERY = f"{REDIRECT}?tenant=1"


@pytest.fixture
async def client() -> AsyncIterator[AppClient]:
    app = OAuthApp((REDIRECT, WITH_QUERY), frozenset(SCOPES.split()))
    async with app_client(Databricks(), app) as client:
        yield client


async def test_page_asks_who_signs_in_and_what_the_app_may(client: AppClient) -> None:
    """The page at /oidc/v1/authorize names the people and the scopes, runs no script and is not framed."""
    page = await client.open(client.address())
    assert page.status == 200
    assert all(word in page.body for word in (ANA, "offline_access", ">Allow<", ">Deny<"))
    assert "<script" not in page.body
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["Referrer-Policy"] == "no-referrer"


async def test_allow_and_deny_lead_back_with_the_state(client: AppClient) -> None:
    """The browser goes back to the app with a code or with access_denied, and always with its state."""
    allowed = await client.decide(client.address(), ANA)
    assert (allowed.status, allowed.headers["Location"].split("?")[0]) == (302, REDIRECT)
    assert allowed.body.keys() == {"code", "state"}
    denied = await client.decide(client.address(), ANA, "deny")
    assert denied.body == {"error": "access_denied", "state": "s t&te"}
    silent = await client.decide(client.address(state=None), ANA)
    assert silent.body.keys() == {"code"}


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": None},
        {"client_id": "another"},
        {"redirect_uri": None},
        {"redirect_uri": REDIRECT + "/"},
        {"redirect_uri": REDIRECT.replace("127.0.0.1", "localhost")},
        {"redirect_uri": f"{REDIRECT}?tenant=2"},
        {"redirect_uri": "https://evil.example/"},
    ],
)
async def test_doubtful_way_back_is_told_on_a_page(client: AppClient, changed: dict[str, str | None]) -> None:
    """With an unknown app or an address that is not registered to the letter, nobody is sent anywhere."""
    address = client.address(**changed)
    for said in (await client.open(address), await client.decide(address, ANA)):
        assert (said.status, "Location" in said.headers) == (400, False)


async def test_repeated_parameter_is_told_on_a_page(client: AppClient) -> None:
    """A parameter that comes twice is refused by its name."""
    page = await client.open(f"{client.address()}&state=other")
    assert (page.status, "more than once: [state]" in page.body) == (400, True)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"response_type": None}, "unsupported_response_type"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": None}, "invalid_scope"),
        ({"scope": "genie all-apis"}, "invalid_scope"),
        ({"scope": "genie everything"}, "invalid_scope"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
    ],
)
async def test_wrong_wish_goes_back_as_an_error(
    client: AppClient, changed: dict[str, str | None], error: str
) -> None:
    """A wish that cannot be met goes back to the app, be the page opened or its form sent."""
    address = client.address(**changed)
    page = await client.open(address)
    assert page.status == 302
    assert told(page.headers["Location"]) == {"error": error, "state": "s t&te"}
    assert (await client.decide(address, ANA)).body == {"error": error, "state": "s t&te"}


async def test_stranger_cannot_sign_in(client: AppClient) -> None:
    """Only a person of the workspace can allow something."""
    said = await client.decide(client.address(), "nobody@example.com")
    assert (said.status, "Location" in said.headers) == (400, False)


async def test_registered_query_stays(client: AppClient) -> None:
    """The query of a registered address is kept, and the result is added to it."""
    said = await client.decide(client.address(redirect_uri=WITH_QUERY), ANA)
    assert said.body.keys() == {"tenant", "code", "state"}
