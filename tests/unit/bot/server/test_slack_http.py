"""Slack over HTTP: only what Slack has signed just now is heard."""

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from redis.asyncio import Redis
from slack_bolt.async_app import AsyncApp

import handlers
from bot.server.slack_http import PATH, SlackRoute
from tests.unit.handlers.slack_app import KEYS, authorize, mention, services

pytestmark = pytest.mark.redis

SECRET = "signing-secret"
Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(redis: "Redis") -> AsyncIterator[Client]:
    app = AsyncApp(authorize=authorize, signing_secret=SECRET, process_before_response=True)
    handlers.register(app, services(redis))
    server = web.Application()
    SlackRoute(server).app = app
    async with TestClient(TestServer(server)) as client:
        yield client


async def send(
    client: Client,
    body: dict[str, Any],
    headers: dict[str, str] | None = None,
    *,
    secret: str = SECRET,
    age: int = 0,
) -> ClientResponse:
    """Send an event as Slack does, signed with `secret` `age` seconds ago."""
    text, at = json.dumps(body), str(int(time.time()) - age)
    signature = hmac.new(secret.encode(), f"v0:{at}:{text}".encode(), hashlib.sha256).hexdigest()
    signed = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={signature}",
    }
    return await client.post(PATH, data=text, headers=signed | (headers or {}))


async def test_a_signed_event_is_taken(client: Client, redis: "Redis") -> None:
    """With the right signature the question is stored."""
    assert (await send(client, mention())).status == 200
    assert await redis.zcard(KEYS.due) == 1


async def test_a_retry_is_the_same_question(client: Client, redis: "Redis") -> None:
    """Slack numbers its retries; the question is taken once."""
    for number in ("1", "2"):
        retry = {"X-Slack-Retry-Num": number, "X-Slack-Retry-Reason": "http_timeout"}
        assert (await send(client, mention(), retry)).status == 200
    assert await redis.zcard(KEYS.due) == 1


@pytest.mark.parametrize("how", [{"secret": "another"}, {"age": 600}, {"age": -600}])
async def test_what_slack_did_not_sign_just_now_is_refused(
    how: dict[str, Any], client: Client, redis: "Redis"
) -> None:
    """A wrong signature or an old one, which somebody may have recorded, is answered 401 and forgotten."""
    assert (await send(client, mention(), **how)).status == 401
    assert await redis.exists(KEYS.due) == 0


async def test_an_unsigned_request_is_refused(client: Client, redis: "Redis") -> None:
    """Neither is one without any signature heard, in whatever form it comes."""
    assert (await client.post(PATH, json=mention())).status == 401
    assert (await client.post(PATH, data={"payload": json.dumps(mention())})).status == 401
    json_type = {"Content-Type": "application/json"}
    for rubbish in (b"\xff\xfe", b"{", b"", b"[]"):
        assert (await client.post(PATH, data=rubbish, headers=json_type)).status in {400, 401}
    strange = {"Content-Type": "text/plain; charset=nonsense"}
    assert (await client.post(PATH, data=b"x", headers=strange)).status in {400, 401}
    assert await redis.exists(KEYS.due) == 0


async def test_slacks_challenge_comes_back(client: Client) -> None:
    """So Slack knows that the address is ours."""
    answer = await send(client, {"type": "url_verification", "challenge": "abc"})
    assert (answer.status, await answer.json()) == (200, {"challenge": "abc"})
