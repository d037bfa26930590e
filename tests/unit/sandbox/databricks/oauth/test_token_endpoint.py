"""The endpoints token and revoke: codes and refresh tokens, each good once, and who may use them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from types import SimpleNamespace

import pytest
from aiohttp import encode_basic_auth

from sandbox.databricks import Databricks, OAuthApp
from sandbox.databricks.oauth import grants
from tests.unit.genie.databricks_caller import Said
from tests.unit.sandbox.databricks.oauth.app_client import (
    REDIRECT,
    VERIFIER,
    AppClient,
    Body,
    app_client,
    challenge_of,
)

ANA = "ana@example.com"
APP = OAuthApp((REDIRECT, f"{REDIRECT}2"), client_id="bot", client_secret="s3c:r%t")
PUBLIC = OAuthApp((REDIRECT,), client_id="public", client_secret="")


@pytest.fixture
def databricks() -> Databricks:
    return Databricks()


@pytest.fixture
async def client(databricks: Databricks) -> AsyncIterator[AppClient]:
    databricks.add_app(PUBLIC)
    async with app_client(databricks, APP) as client:
        yield client


def refused(said: Said, error: str, status: int = 400) -> None:
    assert (said.status, said.body["error"]) == (status, error)
    assert said.headers["Cache-Control"] == "no-store"


async def test_code_gives_tokens_of_the_person(client: AppClient) -> None:
    """A code becomes an access token with its lifetime and scopes, and a refresh token."""
    said = await client.exchange(await client.code(ANA))
    assert said.headers["Cache-Control"] == "no-store"
    assert (said.body["token_type"], said.body["expires_in"]) == ("Bearer", 3600)
    assert set(said.body["scope"].split()) == {"genie", "sql", "offline_access", "openid", "email", "profile"}
    assert said.body["refresh_token"]
    assert (await client.caller(said.body["access_token"]).call("GET", "conversations")).status == 200


async def test_refresh_token_needs_offline_access(client: AppClient) -> None:
    """Without the scope offline_access there is no refresh token."""
    assert "refresh_token" not in await client.sign_in(ANA, "genie")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code": "another"}, "invalid_grant"),
        ({"code": None}, "invalid_request"),
        ({"redirect_uri": f"{REDIRECT}2"}, "invalid_grant"),
        ({"redirect_uri": None}, "invalid_request"),
        ({"code_verifier": f"{VERIFIER}x"}, "invalid_grant"),
        ({"code_verifier": None}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": None}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, "unauthorized_client"),
    ],
)
async def test_wrong_exchange_is_refused(
    client: AppClient, changed: dict[str, str | None], error: str
) -> None:
    """A code is bound to its redirect_uri and verifier, and a client to its grant types."""
    code = await client.code(ANA)
    refused(await client.exchange(**{"code": code} | changed), error)


async def test_code_of_another_client_is_refused(client: AppClient) -> None:
    """A code is bound to the app that asked for it."""
    code = await client.code(ANA)
    client.app = PUBLIC
    refused(await client.exchange(code), "invalid_grant")


async def test_verifier_has_43_characters(client: AppClient) -> None:
    """A verifier that is shorter than PKCE demands is refused, although it fits its challenge."""
    code = await client.code(ANA, code_challenge=challenge_of("short"))
    refused(await client.exchange(code, code_verifier="short"), "invalid_grant")


async def test_failed_exchange_uses_the_code_up(client: AppClient) -> None:
    """A code can be tried once: a guessed verifier has no second chance."""
    code = await client.code(ANA)
    refused(await client.exchange(code, code_verifier="x" * 43), "invalid_grant")
    refused(await client.exchange(code), "invalid_grant")


async def test_code_that_comes_twice_ends_the_grant(client: AppClient) -> None:
    """A replayed code is refused, and what the first one gave ends."""
    code = await client.code(ANA)
    tokens = (await client.exchange(code)).body
    refused(await client.exchange(code), "invalid_grant")
    assert (await client.caller(tokens["access_token"]).call("GET", "conversations")).status == 403
    refused(await client.refresh(tokens["refresh_token"]), "invalid_grant")


async def test_code_lives_a_minute_and_a_refresh_token_its_time(
    client: AppClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Codes and refresh tokens expire."""
    now = [1000.0]
    monkeypatch.setattr(grants, "time", SimpleNamespace(monotonic=lambda: now[0]))
    codes = [await client.code(ANA) for _ in range(2)]
    now[0] += 59.9
    tokens = (await client.exchange(codes[0])).body
    now[0] += 0.1
    refused(await client.exchange(codes[1]), "invalid_grant")
    now[0] += APP.refresh_token_lifetime
    refused(await client.refresh(tokens["refresh_token"]), "invalid_grant")


async def test_refresh_token_is_good_once(client: AppClient) -> None:
    """Each refresh gives a new refresh token; an old one that comes back ends the whole grant."""
    first = await client.sign_in(ANA)
    second = (await client.refresh(first["refresh_token"])).body
    assert second["refresh_token"] != first["refresh_token"]
    refused(await client.refresh(first["refresh_token"]), "invalid_grant")
    refused(await client.refresh(second["refresh_token"]), "invalid_grant")
    for tokens in (first, second):
        assert (await client.caller(tokens["access_token"]).call("GET", "conversations")).status == 403


async def test_refresh_token_can_be_made_to_last(databricks: Databricks) -> None:
    """Where the app has lasting refresh tokens, one is given at sign-in alone and stays good."""
    async with app_client(databricks, replace(APP, single_use_refresh_tokens=False)) as client:
        token = (await client.sign_in(ANA))["refresh_token"]
        for _ in range(2):
            said = await client.refresh(token)
            assert (said.status, "refresh_token" in said.body) == (200, False)


async def test_refresh_may_narrow_the_scopes_only(client: AppClient) -> None:
    """A refresh gives the scopes of the grant, or some of them, and no id_token."""
    token = (await client.sign_in(ANA))["refresh_token"]
    narrow = (await client.refresh(token, scope="genie")).body
    assert narrow["scope"] == "genie"
    refused(await client.refresh(narrow["refresh_token"], scope="genie all-apis"), "invalid_scope")
    whole = (await client.refresh(narrow["refresh_token"])).body
    assert ("sql" in whole["scope"], "id_token" in whole) == (True, False)


async def test_clients_prove_who_they_are(client: AppClient) -> None:
    """A confidential app sends its secret by HTTP Basic or in the form, a public one its id alone."""
    form: dict[str, str | None] = {"grant_type": "refresh_token", "refresh_token": "any"}
    mine: dict[str, str | None] = {"client_id": APP.client_id, "client_secret": APP.client_secret}
    encoded = encode_basic_auth(APP.client_id, "s3c%3Ar%25t")
    for authorization in (None, encoded):
        refused(await client.post("token", authorization, **form), "invalid_grant")
    refused(await client.post("token", "", **form, **mine), "invalid_grant")
    refused(await client.post("token", **form, **mine), "invalid_request")
    wrong = [
        await client.post("token", encode_basic_auth(APP.client_id, "wrong"), **form),
        await client.post("token", encode_basic_auth(PUBLIC.client_id, ""), **form),
        await client.post("token", "Basic ?", **form),
        await client.post("token", "", **form, client_id=APP.client_id),
        await client.post("token", "", **form, client_id="nobody"),
        await client.post("token", "", **form),
        await client.post("token", "", **form, client_id=PUBLIC.client_id, client_secret="some"),
    ]
    for said in wrong:
        refused(said, "invalid_client", 401)


async def test_public_app_signs_people_in(databricks: Databricks) -> None:
    """An app without a secret gets tokens with its id and the verifier."""
    async with app_client(databricks, PUBLIC) as client:
        tokens = await client.sign_in(ANA)
        assert (await client.refresh(tokens["refresh_token"])).status == 200


async def test_revoke_ends_the_grant_or_one_access_token(client: AppClient) -> None:
    """Revoking a refresh token ends its access tokens, too; an unknown token is no error."""
    tokens = await client.sign_in(ANA)
    access, refresh = tokens["access_token"], tokens["refresh_token"]
    assert (await client.post("revoke", token=access)).status == 200
    assert (await client.caller(access).call("GET", "conversations")).status == 403
    tokens = (await client.refresh(refresh)).body
    assert (await client.post("revoke", token=tokens["refresh_token"])).status == 200
    assert (await client.caller(tokens["access_token"]).call("GET", "conversations")).status == 403
    refused(await client.refresh(tokens["refresh_token"]), "invalid_grant")
    assert (await client.post("revoke", token="any")).status == 200
    refused(await client.post("revoke"), "invalid_request")
    refused(await client.post("revoke", encode_basic_auth("bot", "no"), token=refresh), "invalid_client", 401)


async def test_app_cannot_touch_the_tokens_of_another(client: AppClient) -> None:
    """A refresh by another app is refused, and its revocation changes nothing."""
    tokens = await client.sign_in(ANA)
    client.app = PUBLIC
    refused(await client.refresh(tokens["refresh_token"]), "invalid_grant")
    for token in (tokens["refresh_token"], tokens["access_token"]):
        await client.post("revoke", token=token)
    client.app = APP
    assert (await client.caller(tokens["access_token"]).call("GET", "conversations")).status == 200
    assert (await client.refresh(tokens["refresh_token"])).status == 200


@pytest.mark.parametrize("body", [[("scope", "a"), ("scope", "a")], '{"grant_type": "refresh_token"}'])
async def test_body_is_a_form_in_which_each_field_comes_once(client: AppClient, body: Body) -> None:
    """A repeated field and a body of another type are refused."""
    refused(await client.send("token", body), "invalid_request")
