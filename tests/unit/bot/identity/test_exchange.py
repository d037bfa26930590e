"""A code from a browser is worth something to the one who began that sign-in, once."""

from collections.abc import AsyncIterator
from functools import partial
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from redis.asyncio import Redis

from bot.identity.identities import UserIdentities
from genie.errors import GrantEnded, SignInFailed
from genie.http.user_oauth import error_from_browser, new_verifier
from sandbox.databricks import Databricks, Timing
from tests.unit.bot.identity.replicas import ANA, BEN, EMAILS, add_app, allow, replica

pytestmark = pytest.mark.redis


@pytest.fixture
async def databricks() -> AsyncIterator[Databricks]:
    async with Databricks(timing=Timing.instant()) as databricks:
        yield databricks


@pytest.fixture
async def people(redis: "Redis", databricks: Databricks) -> AsyncIterator[UserIdentities]:
    app = add_app(databricks)
    async with replica(redis, databricks.url, app.client_id, app.client_secret) as people:
        yield people


async def code_of(people: UserIdentities, verifier: str) -> str:
    """Let Ana allow it in her browser."""
    return (await allow(await people.oauth.authorize_url("the-state", verifier), ANA))["code"]


async def test_the_code_tells_who_allowed_it(people: UserIdentities) -> None:
    """Databricks says who that was, not whoever sent the link; the state comes back as it went."""
    verifier = new_verifier()
    back = await allow(await people.oauth.authorize_url("s t&te", verifier), BEN)
    assert back["state"] == "s t&te"
    assert (await people.oauth.sign_in(back["code"], verifier)).databricks_user == EMAILS[BEN]


async def test_a_code_without_its_verifier_is_worth_nothing(people: UserIdentities) -> None:
    """Another verifier uses the code up, so that who stole it spoils it at most."""
    verifier = new_verifier()
    code = await code_of(people, verifier)
    with pytest.raises(GrantEnded):
        await people.oauth.sign_in(code, new_verifier())
    with pytest.raises(GrantEnded):
        await people.oauth.sign_in(code, verifier)


async def test_a_code_that_comes_twice_ends_what_the_first_brought(people: UserIdentities) -> None:
    """A replay is an attack, and Databricks takes the tokens of both away."""
    verifier = new_verifier()
    code = await code_of(people, verifier)
    signed_in = await people.oauth.sign_in(code, verifier)
    with pytest.raises(GrantEnded):
        await people.oauth.sign_in(code, verifier)
    with pytest.raises(GrantEnded):
        await people.oauth.refresh(signed_in.refresh_token)


async def test_a_code_or_token_of_another_client_is_worth_nothing(
    redis: "Redis", people: UserIdentities, databricks: Databricks
) -> None:
    """Nor is a client with another one's secret."""
    verifier, app = new_verifier(), add_app(databricks)
    code = await code_of(people, verifier)
    start = partial(replica, redis, databricks.url, app.client_id)
    async with start(app.client_secret) as others, start("dose-guessed") as guessing:
        with pytest.raises(GrantEnded):
            await others.oauth.sign_in(code, verifier)
        with pytest.raises(SignInFailed, match="invalid_client"):
            await guessing.oauth.sign_in(code, verifier)
        signed_in = await people.oauth.sign_in(code, verifier)
        with pytest.raises(GrantEnded):
            await others.oauth.refresh(signed_in.refresh_token)
        await others.oauth.revoke(signed_in.refresh_token)
    await people.oauth.refresh(signed_in.refresh_token)


async def test_a_person_may_say_no(people: UserIdentities) -> None:
    """Databricks sends the browser back with its word for that."""
    back = await allow(await people.oauth.authorize_url("state", new_verifier()), ANA, decision="deny")
    assert type(error_from_browser(back["error"])) is GrantEnded


async def test_a_scope_that_the_client_may_not_have_is_named(redis: "Redis", databricks: Databricks) -> None:
    """Before anybody can allow it: the operator has to ask for others."""
    app = add_app(databricks, scopes=frozenset({"all-apis", "offline_access"}))
    async with replica(redis, databricks.url, app.client_id, app.client_secret) as people:
        address = await people.oauth.authorize_url("state", new_verifier())
        async with aiohttp.ClientSession() as browser, browser.get(address, allow_redirects=False) as sent:
            [error] = parse_qs(urlsplit(sent.headers["Location"]).query)["error"]
    assert "scope" in str(error_from_browser(error))
