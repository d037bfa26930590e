"""The composition root: builds every part, hands them to each other, and closes them in reverse."""

import asyncio
import logging
import os
import signal
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web
from redis.asyncio import Redis
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from bot import startup
from bot.announcing import Announcing
from bot.answering import Answering
from bot.asking import Asking
from bot.delivery import Delivery
from bot.embedded import embedded_store
from bot.ending import Ending
from bot.health import health_app
from bot.http_mode import PATH, add_slack_route
from bot.intake import Intake
from bot.keys import Keys
from bot.limiter import Bucket, Rate
from bot.names import Names
from bot.question import State
from bot.queue import QUESTIONS, Queue
from bot.settings import Settings
from bot.socket_mode import SocketMode
from bot.status import StatusLine
from bot.studio import Studio
from bot.uploads import Uploads
from bot.watching import Watching
from bot.worker import Worker
from genie.auth import Auth, PersonalToken, ServicePrincipal
from genie.client import Genie
from genie.model import Space
from genie.unified import Unified

log = logging.getLogger(__name__)

REQUESTS = Rate(50, 1.0)
"""Half of the 100 requests a second that Databricks allows a workspace beside its questions."""
STATUSES = Rate(10, 10.0)
"""Slack publishes no limit for the status line; one a second is what others keep to."""
TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)


@dataclass(frozen=True, slots=True)
class Outside:
    """The three that we depend on, each looked at and found well."""

    redis: "Redis"
    slack: AsyncWebClient
    genie: Genie
    http: aiohttp.ClientSession
    identity: startup.Identity
    space: Space


async def serve(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT; StartError when it cannot start."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    keys = Keys(settings.redis_prefix)
    async with _outside(settings, keys) as outside, Studio() as studio:
        worker = _worker(settings, outside, keys, studio)
        app = _bolt(settings, outside)
        handlers.register(app, Intake(outside.redis, keys), worker.poke)
        async with _listening(settings, app, outside) as where, asyncio.TaskGroup() as group:
            working = group.create_task(worker.run())
            group.create_task(studio.warm())
            log.info("bot.started", extra={"slack": where, "space": outside.space.title})
            await stopping.wait()
            log.info("bot.stopping")
            worker.stop()
            await working


@asynccontextmanager
async def _outside(settings: Settings, keys: Keys) -> AsyncIterator[Outside]:
    app_token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else None
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession(timeout=TIMEOUT))
        redis = await stack.enter_async_context(_redis(settings))
        slack = AsyncWebClient(
            token=settings.slack_bot_token.get_secret_value(),
            base_url=settings.slack_api_url,
            session=http,
            # A repeated post would show twice: the worker retries, after a look at what is there.
            retry_handlers=[],
        )
        requests = Bucket(redis, keys, "requests", REQUESTS)
        genie = Genie(http, settings.databricks_host, _auth(settings, http), pace=requests.wait)
        identity, space = await asyncio.gather(
            startup.check_slack(slack, app_token),
            startup.check_databricks(genie, settings.databricks_host, settings.genie_space),
        )
        yield Outside(redis, slack, genie, http, identity, space)


@asynccontextmanager
async def _redis(settings: Settings) -> AsyncIterator["Redis"]:
    given = settings.redis_url.get_secret_value() if settings.redis_url else None
    async with nullcontext(given) if given else embedded_store(settings.data_dir) as url:
        tls = (
            {}
            if settings.redis_tls_verify or not url.startswith("rediss")
            else {"ssl_cert_reqs": ssl.CERT_NONE}
        )
        async with Redis.from_url(url, decode_responses=True, **tls) as redis:
            address = urlsplit(url)
            await startup.check_redis(redis, address.hostname or address.path)
            yield redis


def _auth(settings: Settings, http: aiohttp.ClientSession) -> Auth:
    if settings.databricks_auth == "pat" and settings.databricks_token:
        return PersonalToken(settings.databricks_token.get_secret_value())
    if settings.databricks_auth == "oauth-m2m" and settings.databricks_client_secret:
        secret = settings.databricks_client_secret.get_secret_value()
        return ServicePrincipal(http, settings.databricks_host, settings.databricks_client_id or "", secret)
    return Unified(host=settings.databricks_host)


def _worker(settings: Settings, outside: Outside, keys: Keys, studio: Studio) -> Worker:
    redis, slack, genie = outside.redis, outside.slack, outside.genie
    rate = Rate(
        settings.questions_per_minute, settings.question_window_seconds + settings.question_guard_seconds
    )
    queue = Queue(redis, keys, rate, worker=f"{socket.gethostname()}:{os.getpid()}:{os.urandom(4).hex()}")
    delivery = Delivery(slack, outside.http, redis, keys)
    status = StatusLine(slack, Bucket(redis, keys, "slack:status", STATUSES))
    ending = Ending(queue, delivery, status)
    announcing = Announcing(queue, delivery, ending, Names(slack, redis, keys), outside.identity.bot_user)
    asking = Asking(queue, genie, ending, Bucket(redis, keys, QUESTIONS, rate), settings.genie_space)
    answering = Answering(
        queue, genie, delivery, Uploads(slack, outside.http), ending, studio, outside.space.title
    )
    watching = Watching(queue, genie, delivery, ending, status, answering, settings.answer_deadline_seconds)
    steps = {
        State.RECEIVED: announcing.received,
        State.ANNOUNCED: announcing.announced,
        State.ASKING: asking,
        State.ASKED: watching,
        State.ANSWERED: answering,
        State.SHOWN: answering,
    }
    return Worker(queue, steps, ending)


def _bolt(settings: Settings, outside: Outside) -> AsyncApp:
    me, token = outside.identity, settings.slack_bot_token.get_secret_value()

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=me.team, bot_token=token, bot_user_id=me.bot_user, bot_id=me.bot_id
        )

    secret = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else None
    app = AsyncApp(
        client=outside.slack,
        authorize=authorize,
        signing_secret=secret,
        # A question is in Redis before Slack hears "received"; if it could not be stored, Slack sends again.
        process_before_response=True,
    )

    @app.error
    async def failed(error: Exception) -> BoltResponse:
        log.warning("listener.failed", extra={"error": type(error).__name__})
        return BoltResponse(status=503)

    return app


@asynccontextmanager
async def _listening(settings: Settings, app: AsyncApp, outside: Outside) -> AsyncIterator[str]:
    """Serve the health page and take what Slack sends, by socket or over HTTP; say which."""

    async def redis_ping() -> None:
        await outside.redis.ping()

    pings = {"redis": redis_ping}
    socket_mode = None
    if settings.slack_app_token:
        socket_mode = SocketMode(app, settings.slack_app_token.get_secret_value())
        pings["slack"] = socket_mode.ping
    server = health_app(pings)
    if not socket_mode:
        add_slack_route(server, app)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, port=settings.port)
        await site.start()
        if socket_mode:
            async with socket_mode.connected():
                yield "Socket Mode"
        else:
            yield f"HTTP on port {settings.port}{PATH}"
    finally:
        await runner.cleanup()
