"""How a person signs in: what is sent, to whom alone, and what each refusal means."""

import base64
import hashlib
import json
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from genie.errors import GenieError, GrantEnded, Malformed, ScopeRefused, SignInFailed, Unavailable
from genie.http.user_oauth import OAuthClient, UserOAuth, error_from_browser, new_verifier
from tests.unit.genie.genie_server import DROP, GenieServer, Say

DISCOVERY = "GET /oidc/.well-known/oauth-authorization-server"
TOKEN, REVOKE, ME = "POST /oidc/v1/token", "POST /oidc/v1/revoke", "GET /api/2.0/preview/scim/v2/Me"
SCOPES = ("genie", "offline_access", "openid")
CONFIDENTIAL = OAuthClient("the-id", "the-secret", "https://bot.example/sign-in/callback", SCOPES)
PUBLIC = OAuthClient("the-id", None, "https://bot.example/sign-in/callback", SCOPES)


def claims(**said: object) -> str:
    """Write an ID token."""
    return f"e30.{base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip('=')}.sig"


def issued(**more: object) -> Say:
    body = {"access_token": "access-1", "refresh_token": "refresh-1", "expires_in": 3600} | more
    return Say({name: value for name, value in body.items() if value is not None})


def document(url: str, **more: str) -> Say:
    return Say(
        {
            "authorization_endpoint": f"{url}/oidc/v1/authorize",
            "token_endpoint": f"{url}/oidc/v1/token",
            **more,
        }
    )


def form(body: bytes) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(body.decode(), strict_parsing=True).items()}


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as http:
        yield http


@pytest.fixture
def oauth(server: GenieServer, http: aiohttp.ClientSession) -> UserOAuth:
    server.on(DISCOVERY, document(server.url))
    return UserOAuth(http, server.url, CONFIDENTIAL)


async def test_the_browser_is_sent_with_a_digest_and_never_with_the_verifier(
    server: GenieServer, oauth: UserOAuth
) -> None:
    """The address has all that authorization code with PKCE wants, and goes to the workspace."""
    verifier = new_verifier()
    url = await oauth.authorize_url("the-state", verifier)
    assert url.startswith(f"{server.url}/oidc/v1/authorize?")
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    assert form(urlsplit(url).query.encode()) == {
        "response_type": "code",
        "client_id": "the-id",
        "redirect_uri": "https://bot.example/sign-in/callback",
        "scope": "genie offline_access openid",
        "state": "the-state",
        "code_challenge": digest,
        "code_challenge_method": "S256",
    }
    assert verifier not in url
    assert 43 <= len(verifier) <= 128


async def test_a_code_is_exchanged_with_its_verifier(server: GenieServer, oauth: UserOAuth) -> None:
    """The client shows its secret in a header, and the ID token says who signed in."""
    server.on(TOKEN, issued(id_token=claims(aud="the-id", email="Ana@company.example")))
    signed_in = await oauth.sign_in("code +&=1", "the-verifier")
    assert (signed_in.databricks_user, signed_in.refresh_token) == ("Ana@company.example", "refresh-1")
    (seen,) = [seen for seen in server.seen if seen.method == "POST"]
    assert form(seen.body) == {
        "grant_type": "authorization_code",
        "client_id": "the-id",
        "code": "code +&=1",
        "code_verifier": "the-verifier",
        "redirect_uri": "https://bot.example/sign-in/callback",
    }
    assert base64.b64decode(seen.headers["Authorization"].removeprefix("Basic ")) == b"the-id:the-secret"


async def test_a_public_client_shows_no_secret(server: GenieServer, http: aiohttp.ClientSession) -> None:
    """It has none: the verifier alone proves that the code is its own."""
    server.on(DISCOVERY, document(server.url))
    server.on(TOKEN, issued())
    await UserOAuth(http, server.url, PUBLIC).refresh("refresh-0")
    assert "Authorization" not in server.seen[-1].headers
    assert form(server.seen[-1].body)["client_id"] == "the-id"


@pytest.mark.parametrize(
    "id_token",
    [
        None,
        "",
        "x.y.z",
        "x.%%%.z",
        claims(aud="the-id"),
        claims(aud="another", email="eve@company.example"),
        claims(aud=["another"], email="eve@company.example"),
        claims(aud="the-id", email="eve@company.example", email_verified=False),
        claims(aud="the-id", email=["eve@company.example"]),
    ],
)
async def test_the_workspace_is_asked_who_it_was_where_no_claim_says_so(
    id_token: str | None, server: GenieServer, oauth: UserOAuth
) -> None:
    """A token that is missing, unreadable, for another client or unverified names nobody."""
    server.on(TOKEN, issued(id_token=id_token))
    server.on(ME, Say({"userName": "ana@company.example"}))
    assert (await oauth.sign_in("code", "verifier")).databricks_user == "ana@company.example"
    assert server.seen[-1].headers["Authorization"] == "Bearer access-1"


async def test_a_refresh_gives_another_access_token(server: GenieServer, oauth: UserOAuth) -> None:
    """A new refresh token comes with it where the old one serves once, and none where it goes on."""
    server.on(TOKEN, issued(access_token="access-2", refresh_token="refresh-2"), issued(refresh_token=None))
    first, second = await oauth.refresh("refresh-1"), await oauth.refresh("refresh-2")
    assert (first.access.value, first.refresh_token, second.refresh_token) == ("access-2", "refresh-2", None)
    assert form(server.seen[-1].body)["refresh_token"] == "refresh-2"
    assert server.count(DISCOVERY) == 1


async def test_a_sign_out_revokes_where_the_workspace_says(server: GenieServer, oauth: UserOAuth) -> None:
    """Or at the usual place where it names none."""
    server.on(REVOKE, Say())
    await oauth.revoke("refresh-1")
    assert form(server.seen[-1].body)["token"] == "refresh-1"


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Say({"error": "invalid_grant"}, 400), GrantEnded),
        (Say({"error": "invalid_request", "error_description": "Refresh token is invalid"}, 400), GrantEnded),
        (Say({"error": "invalid_scope"}, 400), ScopeRefused),
        (Say({"error": "invalid_client"}, 401), SignInFailed),
        (Say({"error": "unauthorized_client"}, 400), SignInFailed),
        (Say({"error": "invalid_request"}, 400), SignInFailed),
        (Say({"error": "server_error"}, 400), Unavailable),
        (Say({"error": "invalid_grant"}, 503), Unavailable),
        (Say({"error_code": "PERMISSION_DENIED", "message": "IP blocked"}, 403), Unavailable),
        (Say(status=302, headers={"Location": "https://evil.example/"}), Unavailable),
        (Say(body=b"<html>", headers={"Content-Type": "text/html"}), Unavailable),
        (Say(body=b"invalid_grant", status=400), Unavailable),
        (Say(status=500), Unavailable),
        (DROP, Unavailable),
        (Say(body=b"[]"), Malformed),
        (Say({"access_token": "a\r\nX: y"}), Malformed),
    ],
)
async def test_only_a_word_about_the_grant_ends_it(
    reply: Say, error: type[GenieError], server: GenieServer, oauth: UserOAuth
) -> None:
    """Words about the scopes and the client are the operator's, everything else is waited for."""
    server.on(TOKEN, reply)
    with pytest.raises(GenieError) as raised:
        await oauth.refresh("refresh-secret")
    assert type(raised.value) is error or (error is Unavailable and isinstance(raised.value, Unavailable))
    shown = f"{raised.value} {raised.value!r} {raised.value.detail} {raised.value.__cause__}"
    assert [secret for secret in ("refresh-secret", "the-secret") if secret in shown] == []


@pytest.mark.parametrize(
    "more",
    [
        {"token_endpoint": "https://evil.example/oidc/v1/token"},
        {"authorization_endpoint": "https://evil.example/"},
        {"revocation_endpoint": "http://127.0.0.1:1/revoke"},
        {"token_endpoint": "{url}.evil.example/token"},
        {"token_endpoint": "{url}@evil.example/token"},
        {"authorization_endpoint": "{url}/authorize?next=https://evil.example"},
        {"token_endpoint": ""},
    ],
)
async def test_a_place_that_is_not_the_workspaces_gets_nothing(
    more: dict[str, str], server: GenieServer, http: aiohttp.ClientSession
) -> None:
    """Whatever the document names: neither a browser nor a secret goes to another host."""
    named = {name: place.replace("{url}", server.url) for name, place in more.items()}
    server.on(DISCOVERY, document(server.url, **named))
    oauth = UserOAuth(http, server.url, CONFIDENTIAL)
    with pytest.raises(Malformed):
        await oauth.authorize_url("state", new_verifier())
    with pytest.raises(Malformed):
        await oauth.refresh("refresh-1")
    assert {seen.method for seen in server.seen} == {"GET"}


@pytest.mark.parametrize("reply", [Say(status=404), Say(status=302), Say(status=503)])
async def test_a_workspace_that_offers_no_sign_in_now_is_tried_later(
    reply: Say, server: GenieServer, http: aiohttp.ClientSession
) -> None:
    """Its document is read again at the next try."""
    server.on(DISCOVERY, reply, document(server.url))
    server.on(TOKEN, issued())
    oauth = UserOAuth(http, server.url, CONFIDENTIAL)
    with pytest.raises(Unavailable):
        await oauth.refresh("refresh-1")
    await oauth.refresh("refresh-1")


async def test_a_sign_in_without_what_it_needs_names_the_scope(server: GenieServer, oauth: UserOAuth) -> None:
    """No refresh token is a missing offline_access, a person who cannot be named a missing openid."""
    server.on(TOKEN, issued(refresh_token=None), issued())
    server.on(ME, Say({"message": "no required scopes"}, 403))
    for scope in ("offline_access", "openid"):
        with pytest.raises(ScopeRefused, match=scope):
            await oauth.sign_in("code", "verifier")


def test_what_a_browser_brings_back_is_told_apart() -> None:
    """A person may have pressed Deny; free text is no code."""
    assert type(error_from_browser("access_denied")) is GrantEnded
    assert type(error_from_browser("invalid_scope")) is ScopeRefused
    assert isinstance(error_from_browser("temporarily_unavailable"), Unavailable)
    assert "<script>" not in str(error_from_browser("<script>alert(1)</script>"))


async def test_secrets_are_in_no_repr(server: GenieServer, oauth: UserOAuth) -> None:
    """Neither of the client nor of what was issued."""
    server.on(TOKEN, issued(id_token=claims(aud="the-id", email="a@b.example")))
    shown = repr(
        (CONFIDENTIAL, await oauth.sign_in("code", "verifier"), await oauth.refresh("refresh-0"), oauth)
    )
    assert [secret for secret in ("the-secret", "refresh-1", "access-1") if secret in shown] == []
