"""People who signed in: who they are, what their tokens open, and how those end."""

import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from sandbox.databricks import Databricks, Timing
from tests.unit.sandbox.databricks.oauth.app_client import AppClient, app_client

ANA, BEN = "ana@example.com", "ben@example.com"
ME = "/api/2.0/preview/scim/v2/Me"


@pytest.fixture
def databricks() -> Databricks:
    return Databricks(timing=Timing.instant())


@pytest.fixture
async def client(databricks: Databricks) -> AsyncIterator[AppClient]:
    async with app_client(databricks) as client:
        yield client


def claims(id_token: str) -> Any:
    part = id_token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


@pytest.mark.parametrize("document", ["oauth-authorization-server", "openid-configuration"])
async def test_discovery_tells_the_endpoints(
    databricks: Databricks, client: AppClient, document: str
) -> None:
    """Both documents name the endpoints, S256 and the grants."""
    said = json.loads((await client.open(f"{databricks.url}/oidc/.well-known/{document}")).body)
    assert said["issuer"] == f"{databricks.url}/oidc"
    assert said["authorization_endpoint"] == f"{databricks.url}/oidc/v1/authorize"
    assert said["token_endpoint"] == f"{databricks.url}/oidc/v1/token"
    assert said["code_challenge_methods_supported"] == ["S256"]
    assert "refresh_token" in said["grant_types_supported"]


async def test_id_token_tells_who_signed_in(databricks: Databricks, client: AppClient) -> None:
    """The id_token is for the app, carries its nonce, and has an address only with the scope `email`."""
    said = await client.exchange(await client.code(ANA, nonce="n1"))
    told = claims(said.body["id_token"])
    assert (told["email"], told["name"], told["nonce"]) == (ANA, "Ana Ribeiro", "n1")
    assert (told["iss"], told["aud"]) == (f"{databricks.url}/oidc", client.app.client_id)
    assert "email" not in claims((await client.sign_in(ANA, "genie openid"))["id_token"])
    assert "id_token" not in await client.sign_in(ANA, "genie email")


async def test_scim_says_who_calls(client: AppClient) -> None:
    """Me names the person behind a token, if that may use all APIs."""
    said = await client.caller((await client.sign_in(ANA, "all-apis"))["access_token"]).call("GET", ME)
    assert (said.body["userName"], said.body["displayName"]) == (ANA, "Ana Ribeiro")
    assert said.body["emails"] == [{"type": "work", "value": ANA, "primary": True}]


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("/api/2.0/genie/spaces", "genie"),
        ("/api/2.0/sql/statements/s/result/chunks/0", "sql"),
        ("/serving-endpoints/e/invocations", "serving.serving-endpoints"),
        (ME, "all-apis"),
    ],
)
async def test_missing_scope_is_403_in_words(client: AppClient, path: str, scope: str) -> None:
    """A person's token without the scope of an API is refused as the platform words it."""
    said = await client.caller((await client.sign_in(ANA, "openid"))["access_token"]).call("GET", path)
    words = f"Provided OAuth token does not have required scopes: {scope}"
    assert (said.status, said.body) == (403, {"error_code": 403, "message": words})


async def test_expired_token_is_403_and_refreshed(databricks: Databricks, client: AppClient) -> None:
    """A person's token that has expired is an invalid one; others go on, and a refresh helps."""
    ana, ben = await client.sign_in(ANA), await client.sign_in(BEN)
    databricks.expire_tokens(ANA)
    said = await client.caller(ana["access_token"]).call("GET", "conversations")
    assert (said.status, said.body) == (403, {"error_code": 403, "message": "Invalid access token."})
    assert (await client.caller(ben["access_token"]).call("GET", "conversations")).status == 200
    fresh = (await client.refresh(ana["refresh_token"])).body["access_token"]
    assert (await client.caller(fresh).call("GET", "conversations")).status == 200


async def test_bad_token_can_be_401() -> None:
    """A workspace may answer a person's bad token with 401 instead."""
    databricks = Databricks(bad_user_token=401)
    async with app_client(databricks) as client:
        token = (await client.sign_in(ANA))["access_token"]
        databricks.expire_tokens()
        said = await client.caller(token).call("GET", "conversations")
        assert (said.status, said.body["error_code"]) == (401, "UNAUTHENTICATED")


async def test_admin_ends_what_a_person_granted(databricks: Databricks, client: AppClient) -> None:
    """Ended grants have neither access nor refresh tokens; those of others live on."""
    ana, ben = await client.sign_in(ANA), await client.sign_in(BEN)
    databricks.end_grants(ANA)
    assert (await client.caller(ana["access_token"]).call("GET", "conversations")).status == 403
    said = await client.refresh(ana["refresh_token"])
    assert (said.status, said.body["error"]) == (400, "invalid_grant")
    assert (await client.refresh(ben["refresh_token"])).status == 200


async def test_log_tells_whose_token_each_request_carried(databricks: Databricks, client: AppClient) -> None:
    """Every request is kept with the identity of its token, also when that was refused."""
    ana, ben = await client.sign_in(ANA), await client.sign_in(BEN, "genie")
    caller = client.caller(ana["access_token"])
    await caller.answer("total revenue")
    model = {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Explain"}]}
    await caller.call("POST", "/serving-endpoints/e/invocations", model)
    assert databricks.request_log[-1].content == "Explain"
    databricks.expire_tokens(ANA)
    await caller.call("GET", "conversations")
    await client.caller(ben["access_token"]).call("GET", "/api/2.0/sql/statements/s/result/chunks/0")
    await client.caller("unknown").call("GET", "conversations")
    await client.caller(databricks.token).call("GET", "conversations")
    await client.refresh(ana["refresh_token"])
    kept = [(each.kind, each.identity, each.status) for each in databricks.request_log]
    assert [each for each in kept if each[0] == "token"] == [
        *(("token", ANA, 200), ("token", BEN, 200), ("token", ANA, 200))
    ]
    assert {each[1] for each in kept if each[0] in {"question", "poll"}} == {ANA}
    assert kept[-6:-1] == [
        ("serving", ANA, 403),
        ("list", ANA, 403),
        ("chunk", BEN, 403),
        ("list", "", 401),
        ("list", "user@sandbox.example", 200),
    ]
