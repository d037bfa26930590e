"""The clients of Redis, Slack and Databricks: opened, checked, and closed in reverse."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from redis.asyncio import BlockingConnectionPool, Redis
from redis.exceptions import RedisError
from slack_sdk.web.async_client import AsyncWebClient

from bot.config.settings import Settings
from bot.startup import checks
from bot.startup.embedded_redis import embedded_store
from bot.store.keys import Keys
from bot.store.limiter import Bucket, Rate
from genie.client import Genie
from genie.errors import Unavailable
from genie.http.auth import Auth, PersonalToken, ServicePrincipal
from genie.http.auth_sdk import SdkAuth
from genie.http.read_reply import LargeReplyBackend
from genie.http.transport import Timeouts
from genie.model import Space

REQUESTS = Rate(50, 1.0)
"""Half of the 100 requests a second that Databricks allows a workspace beside its questions."""
TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)

CONNECTIONS = 16
"""To Redis, by one process; the smallest of Heroku's plans allows 20 in all."""
TURN = 5.0
"""Seconds that a call waits for a connection to Redis to become free."""


@dataclass(frozen=True, slots=True)
class Clients:
    """Checked clients, and who we are there."""

    redis: "Redis"
    slack: AsyncWebClient
    genie: Genie
    http: aiohttp.ClientSession
    identity: checks.Identity
    space: Space


@asynccontextmanager
async def open_clients(
    settings: Settings, keys: Keys, large: LargeReplyBackend | None = None
) -> AsyncIterator[Clients]:
    """Open all three; StartupError with one sentence when one of them is not well."""
    app_token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else None
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(
            aiohttp.ClientSession(timeout=TIMEOUT, cookie_jar=aiohttp.DummyCookieJar())
        )
        slack = AsyncWebClient(
            token=settings.slack_bot_token.get_secret_value(),
            base_url=settings.slack_api_url,
            session=http,
            # A repeated post would show twice: the worker retries, after a look at what is there.
            retry_handlers=[],
        )
        identity, redis = await asyncio.gather(
            checks.check_slack(slack, app_token), stack.enter_async_context(_redis(settings))
        )
        requests = Bucket(redis, keys, "requests", REQUESTS)
        # With the age that a token may reach (`bot.steps.ask`) this stays within the guard of the limiter.
        timeouts = Timeouts(send=settings.question_guard_seconds * 3 / 4)
        auth = _auth(settings, http)
        genie = Genie(
            http,
            settings.databricks_host,
            auth,
            pace=partial(paced, requests),
            timeouts=timeouts,
            workspace_id=settings.databricks_workspace_id,
            large=large,
        )
        space = await checks.check_databricks(genie, settings.databricks_host, settings.genie_space)
        yield Clients(redis, slack, genie, http, identity, space)


async def paced(requests: Bucket) -> None:
    """Wait for room for one request; without Redis none is made, since other processes make theirs too."""
    try:
        await requests.wait()
    except RedisError:
        raise Unavailable("the shared budget of requests cannot be read") from None


@asynccontextmanager
async def _redis(settings: Settings) -> AsyncIterator["Redis"]:
    given = settings.redis_url.get_secret_value() if settings.redis_url else None
    async with nullcontext(given) if given else embedded_store(settings.data_dir) as url:
        tls: dict[str, Any] = {}
        if url.startswith("rediss") and not settings.redis_tls_verify:
            tls["ssl_cert_reqs"] = ssl.CERT_NONE
        # With all connections in use a call waits for one; the default pool would refuse at once.
        pool = BlockingConnectionPool.from_url(
            url, max_connections=CONNECTIONS, timeout=TURN, decode_responses=True, **tls
        )
        async with Redis.from_pool(pool) as redis:
            address = urlsplit(url)
            await checks.check_redis(redis, address.netloc.rpartition("@")[2] or address.path)
            yield redis


def _auth(settings: Settings, http: aiohttp.ClientSession) -> Auth:
    if settings.databricks_auth == "pat" and settings.databricks_token:
        return PersonalToken(settings.databricks_token.get_secret_value())
    if settings.databricks_auth == "oauth-m2m" and settings.databricks_client_secret:
        secret = settings.databricks_client_secret.get_secret_value()
        return ServicePrincipal(http, settings.databricks_host, settings.databricks_client_id or "", secret)
    named = {
        "host": settings.databricks_host,
        "profile": settings.databricks_config_profile,
        "auth_type": settings.databricks_auth_type,
    }
    return SdkAuth(**{name: value for name, value in named.items() if value})
