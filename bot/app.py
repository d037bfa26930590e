"""The composition root: opens every part, hands them to each other, and closes them in reverse."""

import asyncio
import gc
import importlib
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

import handlers
from bot.config.errors import StartupError
from bot.config.settings import Settings
from bot.explain import ExplainTasks
from bot.offload.executor import Executor
from bot.offload.scratch import open_scratch_dir
from bot.offload.spill import SpillBackend
from bot.server.health import Ping, health_app
from bot.server.slack_http import PATH, add_slack_route
from bot.server.slack_socket import SocketMode
from bot.startup.clients import Clients, open_clients
from bot.startup.redis_client import write_probe
from bot.store.changes import QuestionChanges
from bot.store.feedback import FeedbackStore
from bot.store.jobs import JobStore
from bot.store.keys import Keys
from bot.store.listening import ListeningStore, ThreadReplies
from bot.store.questions import QuestionStore
from bot.wiring import Offload, build_worker
from handlers.services import Services

log = logging.getLogger(__name__)

FILE_TIMEOUT_SECONDS = 600.0
"""For one file of an export."""
LATE_IMPORTS = ("render.text.markdown_parser", "tabulate")
"""Modules that the start does without and that a first answer need not wait for."""


async def serve(settings: Settings, *, warm: bool = True) -> None:
    """Run the bot until SIGTERM or SIGINT; StartupError when it cannot start.

    `warm` loads at once what the first answer and the first chart need; without, they do.
    """
    stopping, keys = _stop_signal(), Keys(settings.redis_prefix)
    async with (
        Executor() as render_executor,
        open_scratch_dir() as scratch,
        open_clients(settings, keys, SpillBackend(render_executor, scratch)) as clients,
        Executor(FILE_TIMEOUT_SECONDS) as file_executor,
    ):
        questions = QuestionStore(clients.redis, keys)
        offload = Offload(render=render_executor, files=file_executor, scratch=scratch)
        worker = build_worker(settings, clients, keys, offload)
        app = _bolt(settings, clients)
        async with ExplainTasks(clients.slack, questions, clients.genie, render_executor) as explain_tasks:
            services = Services(
                questions=questions,
                changes=QuestionChanges(clients.redis, keys),
                jobs=JobStore(clients.redis, keys),
                feedback=FeedbackStore(clients.redis, keys),
                listening=ListeningStore(clients.redis, keys, ThreadReplies(settings.thread_replies)),
                explain=explain_tasks.start,
                wake=worker.wake,
                starters=settings.starter_questions,
                reviewed=bool(settings.feedback_channel),
                allowed_bots=settings.allowed_bots,
                private=settings.private_commands,
            )
            handlers.register(app, services)
            async with _listening(settings, app, clients) as where, asyncio.TaskGroup() as group:
                working = group.create_task(worker.run())
                # What the start made stays: looking through it all again would hold everybody up for 50 ms.
                gc.freeze()
                gc.enable()
                log.info("bot.started", extra={"slack": where, "space": clients.space.space_id})
                if warm:
                    group.create_task(_warm(render_executor))
                await stopping.wait()
                log.info("bot.stopping")
                worker.stop()
                await working


async def _warm(render_executor: Executor) -> None:
    for name in LATE_IMPORTS:
        await asyncio.to_thread(importlib.import_module, name)
    await render_executor.warm()


def _stop_signal() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set."""
    stopping, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping


def _bolt(settings: Settings, clients: Clients) -> AsyncApp:
    me, token = clients.identity, settings.slack_bot_token.get_secret_value()

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=me.enterprise or None,
            team_id=me.team,
            bot_token=token,
            bot_user_id=me.bot_user,
            bot_id=me.bot_id,
        )

    secret = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else None
    return AsyncApp(
        # Without a name it reads the source of every caller to find one, which takes 30 ms.
        name="genie-slack-bot",
        client=clients.slack,
        authorize=authorize,
        signing_secret=secret,
        # A question is in Redis before Slack hears "received"; if it could not be stored, Slack sends again.
        process_before_response=True,
    )


async def _open_port(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, port=port).start()
    except OSError:
        raise StartupError(f"Port {port} is taken by another program: set PORT to a free one.") from None


@asynccontextmanager
async def _listening(settings: Settings, app: AsyncApp, clients: Clients) -> AsyncIterator[str]:
    """Serve the health page and take what Slack sends, by socket or over HTTP; say which."""
    pings: dict[str, Ping] = {"redis": partial(write_probe, clients.redis, Keys(settings.redis_prefix))}
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
        await _open_port(runner, settings.port)
        if socket_mode:
            async with socket_mode.connected():
                yield "Socket Mode"
        else:
            yield f"HTTP on port {settings.port}{PATH}"
    finally:
        await runner.cleanup()
