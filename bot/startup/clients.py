"""The clients of Redis, Slack and Databricks: opened, checked, and closed in reverse."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

import aiohttp
from redis.asyncio import Redis
from redis.exceptions import RedisError
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import redis_address
from bot.config.settings import Settings
from bot.identity.identities import UserIdentities, shared_identity
from bot.identity.model import GenieOf
from bot.observability.records import OK, GenieCalled, Observe, nobody
from bot.slack.channels import Channels
from bot.slack.members import MemberCounts
from bot.slack.observed_client import ObservedClient
from bot.slack.user_groups import UserGroups
from bot.slack.users import Users
from bot.spaces.catalog import Catalog
from bot.startup import checks
from bot.startup.embedded_redis import embedded_store
from bot.startup.group_check import check_user_groups, named_groups
from bot.startup.redis_client import open_redis
from bot.startup.scopes import check_scopes
from bot.startup.space_checks import SpaceChecks
from bot.startup.user_mode import user_identities
from bot.store.grants import GrantStore
from bot.store.keys import Keys
from bot.store.limiter import Bucket, Rate
from bot.store.questions import NotStored
from genie.client import Genie
from genie.http.auth import Auth, PersonalToken, ServicePrincipal
from genie.http.auth_sdk import SdkAuth
from genie.http.read_reply import LargeReplyBackend
from genie.http.transport import Exchange, Timeouts

REQUESTS = Rate(50, 1.0)
"""Half of the 100 requests a second that Databricks allows a workspace beside its questions."""
TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)


@dataclass(frozen=True, slots=True)
class Clients:
    """Checked clients, and who we are there."""

    redis: "Redis"
    slack: AsyncWebClient
    genie_of: GenieOf
    http: aiohttp.ClientSession
    identity: checks.Identity
    catalog: Catalog
    space_checks: SpaceChecks
    users: Users
    channels: Channels
    user_groups: UserGroups
    user_identities: UserIdentities | None = None
    """None where the bot asks for everybody."""
    observe: Observe = nobody


@asynccontextmanager
async def open_clients(
    settings: Settings,
    redis: "Redis",
    keys: Keys,
    large: LargeReplyBackend,
    stopping: asyncio.Event,
    observe: Observe = nobody,
) -> AsyncIterator[Clients]:
    """Open the other two; StartupError with one sentence when one of them is not well.

    A Slack that is away is waited for, until `stopping`: then it raises Stopped. A Databricks that is away is
    not: people can be told so, and their questions kept.
    """
    app_token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else None
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(http_session())
        slack = slack_client(settings, http, observe)
        identity = await checks.wait_for_slack(slack, app_token, stopping)
        client = _genie_client(settings, http, Bucket(redis, keys, "requests", REQUESTS), large, observe)
        own = client(own_auth(settings, http))
        catalog = Catalog(settings.spaces)
        space_checks = SpaceChecks(own, settings.databricks_host, catalog)
        await space_checks.look()
        check_scopes(identity.scopes, people_sign_in=settings.user_identity is not None)
        groups = UserGroups(slack, redis, keys)
        await check_user_groups(slack, named_groups(settings))
        users = Users(slack, redis, keys, identity.enterprise)
        counts = await stack.enter_async_context(MemberCounts(slack, redis, keys, users))
        identities = None
        if settings.user_identity:
            identities = user_identities(
                settings.user_identity, settings.databricks_host, http, GrantStore(redis, keys), users, client
            )
            await stack.enter_async_context(identities)
        yield Clients(
            redis=redis,
            slack=slack,
            genie_of=identities.genie_of if identities else shared_identity(own),
            http=http,
            identity=identity,
            catalog=catalog,
            space_checks=space_checks,
            users=users,
            user_groups=groups,
            channels=Channels(slack, redis, keys, counts, identity.enterprise),
            user_identities=identities,
            observe=observe,
        )


def http_session(timeout: aiohttp.ClientTimeout = TIMEOUT) -> aiohttp.ClientSession:
    """Return a session that keeps no cookies."""
    return aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar())


def slack_client(
    settings: Settings, http: aiohttp.ClientSession, observe: Observe = nobody
) -> AsyncWebClient:
    """Return a client of Slack's Web API."""
    client = AsyncWebClient if observe is nobody else partial(ObservedClient, observe)
    return client(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        session=http,
        # A repeated post would show twice: the worker retries, after a look at what is there.
        retry_handlers=[],
    )


def _genie_client(
    settings: Settings,
    http: aiohttp.ClientSession,
    requests: Bucket,
    large: LargeReplyBackend,
    observe: Observe,
) -> Callable[[Auth], Genie]:
    """Return what builds a client that asks with given tokens."""
    return partial(
        Genie,
        http,
        settings.databricks_host,
        pace=partial(paced, requests),
        # With the age that a token may reach (`bot.steps.ask`) this stays within the guard of the limiter.
        timeouts=Timeouts(send=settings.question_guard_seconds * 3 / 4),
        workspace_id=settings.databricks_workspace_id,
        large=large,
        observe=None if observe is nobody else partial(_tell, observe),
    )


def _tell(observe: Observe, exchange: Exchange) -> None:
    result = type(exchange.error).__name__ if exchange.error else OK
    observe(GenieCalled(exchange.operation, result, exchange.seconds))


async def paced(requests: Bucket) -> None:
    """Wait for room for one request; NotStored without Redis, as other processes make their requests too."""
    try:
        await requests.wait()
    except RedisError as error:
        raise NotStored(type(error).__name__) from error  # and no error of Genie's, who has done nothing


@asynccontextmanager
async def open_store(settings: Settings, keys: Keys) -> AsyncIterator["Redis"]:
    """Open Redis, or the bot's own store; StartupError with one sentence when it is not well."""
    async with AsyncExitStack() as stack:
        if settings.redis_url:
            url = settings.redis_url.get_secret_value()
        else:
            url = await stack.enter_async_context(embedded_store(settings.data_dir))
        address = redis_address.parse(url)
        own = not settings.redis_url
        opening = open_redis(address, keys, verify_tls=settings.redis_tls_verify, own=own)
        with checks.explained(address):
            redis = await stack.enter_async_context(opening)
        yield redis


def own_auth(settings: Settings, http: aiohttp.ClientSession) -> Auth:
    """Return how the bot itself signs in to Databricks."""
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
