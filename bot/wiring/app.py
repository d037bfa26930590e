"""The composition root: opens every part, hands them to each other, and closes them in reverse."""

import asyncio
import gc
import importlib
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import partial
from uuid import uuid4

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

import handlers
from bot.config.settings import Settings
from bot.home.tab import HomeTab
from bot.offload.executor import Executor
from bot.offload.scratch import open_scratch_dir
from bot.offload.spill import SpillBackend
from bot.replies.explain_modal import ExplainTasks
from bot.replies.load_answer import AnswerLoader
from bot.replies.watching.form import WatchForms
from bot.server.health import Ping, health_app, not_started, working_parts
from bot.server.metrics import open_metrics
from bot.server.port import open_port
from bot.server.sign_in_pages import SignInPages
from bot.server.slack_http import PATH, SlackRoute
from bot.server.slack_socket import ConnectionCount, SocketMode
from bot.startup.away import Stopped
from bot.startup.clients import Clients, open_clients, open_store
from bot.startup.redis_client import write_probe
from bot.startup.space_checks import SpaceChecks
from bot.store.availability.processes import ProcessStore
from bot.store.changes import QuestionChanges
from bot.store.experts import ConfirmedStore, ReviewStore
from bot.store.feedback import FeedbackStore
from bot.store.jobs import JobStore
from bot.store.keys import Keys
from bot.store.limiter import Rate
from bot.store.listening import ListeningStore, ThreadReplies
from bot.store.oversight.gauges import GaugeReader
from bot.store.oversight.heard import HeardStore
from bot.store.people import PeopleStore
from bot.store.questions import Bounds, QuestionStore
from bot.store.spaces import SpaceStore
from bot.wiring.audience import access, answer_privacy, asker_guard
from bot.wiring.build import build_worker
from bot.wiring.home import build_home
from bot.wiring.parts import Offload
from bot.wiring.sign_in import SignIn, build_sign_in, tending_sign_ins
from bot.wiring.watches import watch_clock
from bot.worker import Worker
from handlers.services import Services

log = logging.getLogger(__name__)

FILE_TIMEOUT_SECONDS = 600.0
"""For one file of an export."""
LATE_IMPORTS = ("render.text.markdown_parser", "tabulate")
"""Modules that the start does without and that a first answer need not wait for."""


async def serve(settings: Settings, *, warm: bool = True) -> None:
    """Run the bot until SIGTERM or SIGINT; StartupError when it cannot start.

    The port is open from the beginning: a platform does not stop a bot that waits for Slack.
    `warm` loads at once what the first answer and the first chart need; without, they do.
    """
    stopping, keys = _stop_signal(), Keys(settings.redis_prefix)
    parts: dict[str, Ping] = {"redis": not_started, "slack": not_started}
    server = health_app(parts)
    route = None if settings.slack_app_token else SlackRoute(server)
    pages = SignInPages(server, settings.user_identity.public_url) if settings.user_identity else None
    async with (
        open_metrics(settings, server) as observation,
        open_port(server, settings.port),
        Executor(observe=observation.observe) as render_executor,
        open_scratch_dir() as scratch,
        open_store(settings, keys) as redis,
        Executor(FILE_TIMEOUT_SECONDS, observation.observe) as file_executor,
    ):
        parts["redis"] = partial(write_probe, redis, keys)
        questions = QuestionStore(redis, keys, bounds=_bounds(settings))
        observation.gauges = GaugeReader(redis, keys, questions.bounds.rate)
        offload = Offload(render=render_executor, files=file_executor, scratch=scratch)
        large = SpillBackend(render_executor, scratch)
        with suppress(Stopped):
            async with open_clients(settings, redis, keys, large, stopping, observation.observe) as clients:
                home = build_home(settings, clients, keys, questions.bounds.rate)
                sign_in = build_sign_in(settings, clients, keys, home.changed)
                waits = sign_in.waits if sign_in else None
                worker = build_worker(settings, clients, keys, questions, offload, waits, home.changed)
                if pages and sign_in:
                    pages.flow = sign_in.flow
                processes = ProcessStore(redis, keys, uuid4().hex, settings.identity)
                works = partial(working_parts, parts, clients.space_checks.answers)
                bolt = partial(_bolt, home=home, sign_in=sign_in, works=works)
                async with (
                    home,
                    processes.alive(),
                    tending_sign_ins(sign_in, clients, keys),
                    watch_clock(settings, clients, keys, worker.wake).running(),
                    bolt(settings, clients, keys, questions, worker, render_executor) as app,
                    _listening(settings, app, processes, route, parts) as where,
                    _keeping_up_with_spaces(clients.space_checks, parts, stopping),
                ):
                    log.info("bot.started", extra={"slack": where, "spaces": _ids(clients)})
                    await _work(worker, render_executor if warm else None, stopping)


def _ids(clients: Clients) -> str:
    return " ".join(space.id for space in clients.catalog.spaces)


def _bounds(settings: Settings) -> Bounds:
    window = settings.question_window_seconds + settings.question_guard_seconds
    rates = Rate(settings.questions_per_minute, window), Rate(settings.research_per_minute, window)
    return Bounds(settings.waiting_per_person, settings.waiting_per_channel, *rates)


async def _work(worker: Worker, warmed: Executor | None, stopping: asyncio.Event) -> None:
    """Run the worker until the bot is stopped."""
    async with asyncio.TaskGroup() as group:
        working = group.create_task(worker.run())
        # What the start made stays: looking through it all again would hold everybody up for 50 ms.
        gc.freeze()
        gc.enable()
        if warmed:
            group.create_task(_warm(warmed))
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


@asynccontextmanager
async def _bolt(
    settings: Settings,
    clients: Clients,
    keys: Keys,
    questions: QuestionStore,
    worker: Worker,
    executor: Executor,
    *,
    home: HomeTab,
    sign_in: SignIn | None,
    works: Callable[[], Awaitable[Mapping[str, bool]]],
) -> AsyncIterator[AsyncApp]:
    """Build Bolt's app with all listeners."""
    app = _bolt_app(settings, clients)
    as_users = settings.identity == "user"
    loader = AnswerLoader(questions=questions, genie_of=clients.genie_of, as_users=as_users)
    people = PeopleStore(clients.redis, keys)
    async with _forms(clients, loader, executor, people) as (explain_tasks, watch_forms):
        services = Services(
            questions=questions,
            changes=QuestionChanges(clients.redis, keys, questions.bounds),
            catalog=clients.catalog,
            spaces=SpaceStore(clients.redis, keys),
            jobs=JobStore(clients.redis, keys, as_users=as_users),
            feedback=FeedbackStore(clients.redis, keys),
            reviews=ReviewStore(clients.redis, keys),
            confirmed=ConfirmedStore(clients.redis, keys),
            listening=_listening_store(settings, clients, keys),
            heard=HeardStore(clients.redis, keys),
            users=clients.users,
            guard=asker_guard(settings, clients),
            access=access(settings, clients),
            privacy=answer_privacy(settings, clients, keys),
            home=home,
            people=people,
            sign_in=sign_in.actions if sign_in else None,
            explain=explain_tasks.start,
            watches=home.contents.watches,
            watch_form=watch_forms.start,
            works=works,
            wake=worker.wake,
            as_users=as_users,
            starters=settings.starter_questions,
            expert_channel=settings.experts or "",
            reviewed=bool(settings.experts),
            allowed_bots=settings.allowed_bots,
            private=settings.private_commands,
        )
        handlers.register(app, services)
        yield app


@asynccontextmanager
async def _forms(
    clients: Clients, loader: AnswerLoader, executor: Executor, people: PeopleStore
) -> AsyncIterator[tuple[ExplainTasks, WatchForms]]:
    """Open what fills modals after a click was acknowledged."""
    async with (
        ExplainTasks(clients.slack, loader, clients.genie_of, executor) as explain_tasks,
        WatchForms(clients.slack, loader, executor, clients.users, people) as watch_forms,
    ):
        yield explain_tasks, watch_forms


def _listening_store(settings: Settings, clients: Clients, keys: Keys) -> ListeningStore:
    return ListeningStore(
        clients.redis,
        keys,
        ThreadReplies(settings.thread_replies),
        as_users=settings.identity == "user",
        in_threads=settings.user_answers == "thread",
    )


def _bolt_app(settings: Settings, clients: Clients) -> AsyncApp:
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


@asynccontextmanager
async def _keeping_up_with_spaces(
    checks: SpaceChecks, parts: dict[str, Ping], stopping: asyncio.Event
) -> AsyncIterator[None]:
    """Look for a Databricks that was away at the start, which the port says, and anew from time to time."""
    if not checks.known:
        parts["databricks"] = checks.ping

    async def keep_up() -> None:
        await checks.until_known(stopping)
        parts.pop("databricks", None)
        await checks.refresh(stopping)

    async with asyncio.TaskGroup() as group:
        keeping_up = group.create_task(keep_up())
        try:
            yield
        finally:
            keeping_up.cancel()


@asynccontextmanager
async def _listening(
    settings: Settings,
    app: AsyncApp,
    processes: ProcessStore,
    route: SlackRoute | None,
    parts: dict[str, Ping],
) -> AsyncIterator[str]:
    """Take what Slack sends, by socket or over HTTP; say which."""
    if route:
        route.app = app
        del parts["slack"]  # it calls us, so there is no connection that could be down
        yield f"HTTP on port {settings.port}{PATH}"
    elif settings.slack_app_token:
        socket_mode = SocketMode(
            app, settings.slack_app_token.get_secret_value(), ConnectionCount(processes).hear
        )
        parts["slack"] = socket_mode.ping
        async with socket_mode.connected():
            yield "Socket Mode"
