"""The composition root: builds every part, hands them to each other, and closes them in reverse."""

import asyncio
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

import handlers
from bot import startup
from bot.announcing import Announcing
from bot.answering import Answering
from bot.asking import Asking
from bot.blocked import Blocked
from bot.composing import Composing
from bot.conversations import Conversations
from bot.delivery import Delivery
from bot.ending import Ending
from bot.explaining import Explaining
from bot.feedback import Feedback, Review
from bot.forgetting import Forgetting
from bot.health import health_app
from bot.http_mode import PATH, add_slack_route
from bot.intake import Intake
from bot.keys import Keys
from bot.limiter import Bucket, Rate
from bot.names import Names
from bot.orders import Orders
from bot.outside import Outside, connected
from bot.pictures import Pictures
from bot.question import State
from bot.queue import QUESTIONS, Queue
from bot.ratings import Ratings
from bot.reading import Reading
from bot.settings import Settings
from bot.sharing import Sharing
from bot.socket_mode import SocketMode
from bot.status import STATUSES, StatusLine
from bot.studio import Studio
from bot.uploads import Uploads
from bot.watching import Watching
from bot.worker import Step, Worker

log = logging.getLogger(__name__)


async def serve(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT; StartError when it cannot start."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    keys = Keys(settings.redis_prefix)
    async with connected(settings, keys) as outside, Studio() as studio:
        intake = Intake(outside.redis, keys)
        worker = _worker(settings, outside, keys, intake, studio)
        app = _bolt(settings, outside)
        async with Explaining(outside.slack, intake, outside.genie, studio) as explaining:
            orders, ratings = Orders(outside.redis, keys), Ratings(outside.redis, keys)
            starters, reviewed = settings.starter_questions, bool(settings.feedback_channel)
            handlers.register(
                app, intake, orders, ratings, explaining.begin, worker.poke, starters, reviewed=reviewed
            )
            async with _listening(settings, app, outside) as where, asyncio.TaskGroup() as group:
                working = group.create_task(worker.run())
                group.create_task(studio.warm())
                log.info("bot.started", extra={"slack": where, "space": outside.space.space_id})
                await stopping.wait()
                log.info("bot.stopping")
                worker.stop()
                await working


def _worker(settings: Settings, outside: Outside, keys: Keys, intake: Intake, studio: Studio) -> Worker:
    redis, slack, genie = outside.redis, outside.slack, outside.genie
    rate = Rate(
        settings.questions_per_minute, settings.question_window_seconds + settings.question_guard_seconds
    )
    queue = Queue(redis, keys, rate, worker=f"{socket.gethostname()}:{os.getpid()}:{os.urandom(4).hex()}")
    delivery = Delivery(slack, outside.http, redis, keys)
    status = StatusLine(slack, Bucket(redis, keys, "slack:status", STATUSES))
    ending = Ending(queue, delivery, status)
    ratings, names, starters = Ratings(redis, keys), Names(slack, redis, keys), settings.starter_questions
    announcing = Announcing(queue, delivery, ending, names, outside.identity.bot_user, starters)
    haste = settings.question_guard_seconds / 4
    questions = Bucket(redis, keys, QUESTIONS, rate)
    conversations, deadline = Conversations(redis, keys), settings.answer_deadline_seconds
    blocked = Blocked(queue, conversations, genie, delivery, ending, settings.genie_space, deadline)
    asking = Asking(queue, conversations, genie, ending, blocked, questions, settings.genie_space, haste)
    reading, composing = Reading(intake, genie), Composing(studio, outside.space.title)
    uploads = Uploads(slack, outside.http)
    pictures = Pictures(genie, studio, uploads)
    answering = Answering(queue, genie, reading, composing, delivery, uploads, ending, pictures, ratings)
    watching = Watching(queue, genie, delivery, ending, status, answering, deadline)
    forgetting = Forgetting(queue, genie, ending)
    review = Review(slack, delivery, names, settings.feedback_channel)
    steps: dict[State, Step] = {
        State.RECEIVED: announcing.received,
        State.ANNOUNCED: announcing.announced,
        State.ASKING: asking,
        State.BLOCKED: blocked,
        State.ASKED: watching,
        State.OVERDUE: watching.overdue,
        State.ANSWERED: answering,
        State.SHOWN: answering,
        State.TELLING: forgetting.tell,
        State.FORGETTING: forgetting.forget,
        State.SHARING: Sharing(reading, composing, pictures, delivery, ending),
        State.RATED: Feedback(queue, intake, ratings, genie, review, ending),
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


async def _open_port(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, port=port).start()
    except OSError:
        raise startup.StartError(
            f"Port {port} is taken by another program: set PORT to a free one."
        ) from None


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
        await _open_port(runner, settings.port)
        if socket_mode:
            async with socket_mode.connected():
                yield "Socket Mode"
        else:
            yield f"HTTP on port {settings.port}{PATH}"
    finally:
        await runner.cleanup()
