"""Tokens: bought once, renewed early and together, never shown."""

import asyncio
import base64
from collections.abc import AsyncIterator

import aiohttp
import pytest

from genie.errors import Fault, GenieError, Malformed, SignInFailed, Unavailable, Unreachable
from genie.http.auth import PersonalToken, ServicePrincipal
from tests.unit.genie.genie_server import DROP, GenieServer, Say

BUY = "POST /oidc/v1/token"


def sold(number: int, life: object = 3600) -> Say:
    return Say({"access_token": f"token-{number}", "token_type": "Bearer", "expires_in": life})


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def principal(server: GenieServer, clock: Clock) -> AsyncIterator[ServicePrincipal]:
    async with aiohttp.ClientSession() as http:
        yield ServicePrincipal(http, server.url, "the-id", "the-secret", clock=clock)


async def test_a_service_principal_buys_a_token_with_its_id_and_secret(
    server: GenieServer, principal: ServicePrincipal
) -> None:
    """Client credentials over Basic authentication, as the vendor's page says."""
    server.on(BUY, sold(1))
    assert await principal.token() == "token-1"
    (seen,) = server.seen
    assert seen.body == b"grant_type=client_credentials&scope=all-apis"
    assert base64.b64decode(seen.headers["Authorization"].removeprefix("Basic ")) == b"the-id:the-secret"


async def test_a_life_without_end_is_an_ordinary_one(
    server: GenieServer, principal: ServicePrincipal, clock: Clock
) -> None:
    """A number that no clock counts says nothing; the token is good for an hour."""
    server.on(BUY, sold(1, 10**400), sold(2))
    assert await principal.token() == "token-1"
    clock.now = 3599.0
    assert await principal.token() == "token-2"


async def test_one_purchase_serves_all_who_wait(server: GenieServer, principal: ServicePrincipal) -> None:
    """A hundred questions at the start are one call to the token endpoint."""
    server.on(BUY, sold(1))
    assert set(await asyncio.gather(*(principal.token() for _ in range(100)))) == {"token-1"}
    assert server.count(BUY) == 1


async def test_one_who_gives_up_does_not_take_the_token_from_the_others(
    server: GenieServer, principal: ServicePrincipal
) -> None:
    """The purchase goes on when a caller is cancelled."""
    server.on(BUY, sold(1))
    first = asyncio.create_task(principal.token())
    second = asyncio.create_task(principal.token())
    await asyncio.sleep(0)
    first.cancel()
    assert await second == "token-1"


async def test_a_token_is_renewed_early_without_making_anyone_wait(
    server: GenieServer, principal: ServicePrincipal, clock: Clock
) -> None:
    """After four fifths of its life the old one is given out while the new one is bought."""
    server.on(BUY, sold(1), sold(2))
    await principal.token()
    clock.now = 3600 * 0.79
    assert await principal.token() == "token-1"
    assert server.count(BUY) == 1
    clock.now = 3600 * 0.81
    assert await principal.token() == "token-1"
    await renewed(principal)
    assert await principal.token() == "token-2"
    assert server.count(BUY) == 2


async def test_a_token_in_its_last_minute_is_not_used(
    server: GenieServer, principal: ServicePrincipal, clock: Clock
) -> None:
    """It could end on the way."""
    server.on(BUY, sold(1), sold(2))
    await principal.token()
    clock.now = 3600 - 60
    assert await principal.token() == "token-2"


async def test_a_failed_renewal_leaves_the_token_that_still_works(
    server: GenieServer, principal: ServicePrincipal, clock: Clock
) -> None:
    """An outage of the token endpoint is not noticed before the token ends, and not hammered meanwhile."""
    server.on(BUY, sold(1), Say(status=500))
    await principal.token()
    clock.now = 3000
    for _ in range(3):
        assert await principal.token() == "token-1"
        await renewed(principal)
    assert server.count(BUY) == 2
    clock.now = 3006
    assert await principal.token() == "token-1"
    await renewed(principal)
    assert server.count(BUY) == 3


async def test_a_refused_token_is_replaced_once_for_all(
    server: GenieServer, principal: ServicePrincipal
) -> None:
    """Ten requests that all met 401 buy one new token."""
    server.on(BUY, sold(1), sold(2), sold(3))
    old = await principal.token()
    principal.invalidate(old)
    assert await principal.token() == "token-2"
    principal.invalidate(old)
    assert await principal.token() == "token-2"


async def test_a_life_may_be_text_short_or_unknown(server: GenieServer, principal: ServicePrincipal) -> None:
    """A token that lives less than a minute is used for the call that bought it."""
    server.on(BUY, sold(1, "30"), sold(2, None))
    assert [await principal.token() for _ in range(3)] == ["token-1", "token-2", "token-2"]


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Say({"error": "invalid_client", "error_description": "no"}, 401), SignInFailed),
        (Say({"error": "invalid_scope"}, 400), SignInFailed),
        (Say(status=302), SignInFailed),
        (Say(body=b"<html>", headers={"Content-Type": "text/html"}), SignInFailed),
        (Say(status=503), Unavailable),
        (DROP, Unreachable),
        (Say({"token": "x"}), Malformed),
        (Say({"access_token": "a\r\nX: y"}), Malformed),
        (Say(body=b"{"), Malformed),
    ],
)
async def test_a_purchase_can_fail_in_words(
    reply: Say, error: type[GenieError], server: GenieServer, principal: ServicePrincipal
) -> None:
    """Wrong credentials are the operator's, an outage is not, and neither shows the secret."""
    server.on(BUY, reply)
    with pytest.raises(error) as raised:
        await principal.token()
    assert "the-secret" not in f"{raised.value} {raised.value!r} {raised.value.detail}"
    if error is SignInFailed:
        assert raised.value.fault is Fault.OPERATOR


async def test_wrong_credentials_keep_the_servers_code(
    server: GenieServer, principal: ServicePrincipal
) -> None:
    """The operator reads `invalid_client` and knows."""
    server.on(BUY, Say({"error": "invalid_client"}, 401))
    with pytest.raises(SignInFailed, match="invalid_client"):
        await principal.token()


async def test_secrets_are_not_in_a_repr(principal: ServicePrincipal) -> None:
    """Neither a personal token nor a client secret."""
    assert "dapi" not in repr(PersonalToken("dapi-123"))
    assert "the-secret" not in repr(principal)


@pytest.mark.parametrize("text", ["", " ", "a\nb", "tökén"])
def test_a_personal_token_that_cannot_be_sent_is_refused(text: str) -> None:
    """At the start, not at the first question."""
    with pytest.raises(ValueError, match="token"):
        PersonalToken(text)


async def renewed(principal: ServicePrincipal) -> None:
    """Wait for a renewal in the background, whatever becomes of it."""
    assert principal._renewal is not None
    await asyncio.wait([principal._renewal], timeout=5)
