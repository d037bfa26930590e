"""The bot's own client signs people in at the local workspace, as an app with a secret and without."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from genie.errors import GrantEnded, ScopeRefused, SignInFailed
from genie.http.user_oauth import OAuthClient, UserOAuth, error_from_browser, new_verifier
from sandbox.databricks import Databricks, OAuthApp
from tests.unit.sandbox.databricks.oauth.app_client import REDIRECT, SCOPES, AppClient, app_client

ANA = "ana@example.com"
CONFIDENTIAL = OAuthApp((REDIRECT,), client_secret="s3c:r%t")
PUBLIC = OAuthApp((REDIRECT,), client_secret="")


@pytest.fixture
def databricks() -> Databricks:
    return Databricks()


@pytest.fixture(params=[CONFIDENTIAL, PUBLIC], ids=["confidential", "public"])
async def browser(databricks: Databricks, request: pytest.FixtureRequest) -> AsyncIterator[AppClient]:
    async with app_client(databricks, request.param) as client:
        yield client


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as http:
        yield http


def user_oauth(
    http: aiohttp.ClientSession, databricks: Databricks, app: OAuthApp, scopes: str = SCOPES
) -> UserOAuth:
    client = OAuthClient(app.client_id, app.client_secret or None, REDIRECT, tuple(scopes.split()))
    return UserOAuth(http, databricks.url, client)


async def test_person_signs_in_stays_signed_in_and_signs_out(
    databricks: Databricks, browser: AppClient, http: aiohttp.ClientSession
) -> None:
    """The client learns who signed in, refreshes with each new token once, and revokes the last."""
    oauth, verifier = user_oauth(http, databricks, browser.app), new_verifier()
    back = await browser.decide(await oauth.authorize_url("the-state", verifier), ANA)
    assert back.body["state"] == "the-state"
    signed_in = await oauth.sign_in(back.body["code"], verifier)
    assert signed_in.databricks_user == ANA
    issued = await oauth.refresh(signed_in.refresh_token)
    assert (await browser.caller(issued.access.value).call("GET", "conversations")).status == 200
    assert issued.refresh_token
    await oauth.revoke(issued.refresh_token)
    assert (await browser.caller(issued.access.value).call("GET", "conversations")).status == 403
    with pytest.raises(GrantEnded):
        await oauth.refresh(issued.refresh_token)


async def test_without_openid_the_client_asks_who_it_is(
    databricks: Databricks, browser: AppClient, http: aiohttp.ClientSession
) -> None:
    """Where no id_token comes, Me tells who signed in, if the scopes allow it."""
    wide, narrow = (
        user_oauth(http, databricks, browser.app, f"{scope} offline_access")
        for scope in ("all-apis", "genie")
    )
    verifier = new_verifier()
    first, second = [
        (await browser.decide(await oauth.authorize_url("s", verifier), ANA)).body["code"]
        for oauth in (wide, narrow)
    ]
    assert (await wide.sign_in(first, verifier)).databricks_user == ANA
    with pytest.raises(ScopeRefused):
        await narrow.sign_in(second, verifier)


async def test_refusals_of_the_workspace_are_told_apart(
    databricks: Databricks, browser: AppClient, http: aiohttp.ClientSession
) -> None:
    """A person's no ends the sign-in, a scope that is not the app's and an unknown app need the operator."""
    oauth, verifier = user_oauth(http, databricks, browser.app), new_verifier()
    address = await oauth.authorize_url("s", verifier)
    denied = (await browser.decide(address, ANA, "deny")).body["error"]
    assert isinstance(error_from_browser(denied), GrantEnded)
    wide = await user_oauth(http, databricks, browser.app, "iam").authorize_url("s", verifier)
    assert isinstance(error_from_browser((await browser.decide(wide, ANA)).body["error"]), ScopeRefused)
    code = (await browser.decide(address, ANA)).body["code"]
    with pytest.raises(SignInFailed):
        await user_oauth(http, databricks, OAuthApp(())).sign_in(code, verifier)
    with pytest.raises(GrantEnded):
        await oauth.sign_in(code, new_verifier())
