"""Which step of which part carries a question or an order on from each state."""

import os
import socket
from dataclasses import dataclass

from bot.config.settings import Settings
from bot.jobs.export.build_file import FileWriting
from bot.jobs.export.job import Exporting
from bot.jobs.feedback import Feedback, Review
from bot.jobs.insights import Insights
from bot.jobs.private import Private
from bot.jobs.redraw_chart import Redrawing
from bot.jobs.share import Sharing
from bot.jobs.threads import Forgetting
from bot.offload.executor import Executor
from bot.offload.scratch import ScratchDir
from bot.question import State
from bot.replies.chart_image import Pictures
from bot.replies.compose import Composing
from bot.replies.load_answer import Reading
from bot.replies.responder import Ending
from bot.slack.direct_messages import DirectMessages
from bot.slack.ephemeral import Whispers
from bot.slack.files import Uploads
from bot.slack.messages import Delivery
from bot.slack.status import STATUSES, StatusLine
from bot.slack.users import Names
from bot.startup.clients import Outside
from bot.steps.announce import Announcing
from bot.steps.answer import Answering
from bot.steps.ask import Asking
from bot.steps.poll import Watching
from bot.steps.wait_for_conversation import Blocked
from bot.store.feedback import Ratings
from bot.store.jobs import Orders
from bot.store.keys import Keys
from bot.store.limiter import Bucket, Rate
from bot.store.questions import Intake
from bot.store.queue import QUESTIONS, Queue
from bot.store.threads import Conversations
from bot.worker import Step, Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Offload:
    """Where work runs that must not run on the event loop."""

    render: Executor
    """Draws charts and composes messages."""
    files: Executor
    """Writes files."""
    scratch: ScratchDir


def built(settings: Settings, outside: Outside, keys: Keys, intake: Intake, offload: Offload) -> Worker:
    """Build a worker with all of its steps and jobs."""
    redis, slack, genie = outside.redis, outside.slack, outside.genie
    rate = _rate(settings)
    queue = Queue(redis, keys, rate, worker=f"{socket.gethostname()}:{os.getpid()}:{os.urandom(4).hex()}")
    delivery = Delivery(slack, redis, keys)
    status = StatusLine(slack, Bucket(redis, keys, "slack:status", STATUSES))
    ending = Ending(queue, delivery, status, Whispers(slack, outside.http))
    ratings, names, starters = Ratings(redis, keys), Names(slack, redis, keys), settings.starter_questions
    announcing = Announcing(queue, delivery, ending, names, outside.identity.bot_user, starters)
    haste = settings.question_guard_seconds / 4
    questions = Bucket(redis, keys, QUESTIONS, rate)
    conversations, deadline = Conversations(redis, keys), settings.answer_deadline_seconds
    blocked = Blocked(queue, conversations, genie, delivery, ending, settings.genie_space, deadline)
    asking = Asking(queue, conversations, genie, ending, blocked, questions, settings.genie_space, haste)
    reading, model = Reading(intake, genie), settings.serving_endpoint_name
    drawing, scratch = offload.render, offload.scratch
    title, charts = outside.space.title, settings.charts
    composing = Composing(drawing, scratch, names, conversations, title, in_words=bool(model), charts=charts)
    uploads = Uploads(slack, outside.http)
    pictures = Pictures(genie, drawing, uploads)
    answering = Answering(queue, genie, reading, composing, delivery, uploads, ending, pictures, ratings)
    watching = Watching(queue, genie, delivery, ending, status, answering, deadline)
    forgetting = Forgetting(queue, genie, ending)
    review = Review(delivery, names, settings.feedback_channel)
    insights = Insights(queue, reading, names, ending, drawing, genie.serving(model) if model else None)
    writing = FileWriting(genie, uploads, offload.files, scratch, names)
    exporting = Exporting(queue, reading, writing, uploads, ending)
    direct, orders = DirectMessages(slack, uploads, outside.identity.bot_user), Orders(redis, keys)
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
        **_private(Private(queue, intake, conversations, direct, delivery, ending)),
        State.REDRAWING: Redrawing(queue, intake, reading, composing, pictures, delivery, ending, orders),
        State.SHARING: Sharing(queue, reading, composing, pictures, delivery, ratings, ending),
        State.RATED: Feedback(queue, intake, ratings, genie, review, ending),
        State.EXPORTING: exporting,
        State.INSIGHTS: insights,
    }
    return Worker(queue, steps, ending)


def _private(private: Private) -> dict[State, Step]:
    return {
        State.OPENING: private.open,
        State.PUBLISHING: private.publish,
        State.DISMISSING: private.dismiss,
    }


def _rate(settings: Settings) -> Rate:
    window = settings.question_window_seconds + settings.question_guard_seconds
    return Rate(settings.questions_per_minute, window)
