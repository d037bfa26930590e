"""Which step of which part carries a question or an order on from each state."""

import os
import socket

from bot.announcing import Announcing
from bot.answering import Answering
from bot.asking import Asking
from bot.blocked import Blocked
from bot.composing import Composing
from bot.conversations import Conversations
from bot.delivery import Delivery
from bot.direct import DirectMessages
from bot.ending import Ending
from bot.exporting import Exporting
from bot.feedback import Feedback, Review
from bot.file_writing import FileWriting
from bot.forgetting import Forgetting
from bot.insights import Insights
from bot.intake import Intake
from bot.keys import Keys
from bot.limiter import Bucket, Rate
from bot.names import Names
from bot.orders import Orders
from bot.outside import Outside
from bot.pictures import Pictures
from bot.private import Private
from bot.question import State
from bot.queue import QUESTIONS, Queue
from bot.ratings import Ratings
from bot.reading import Reading
from bot.redrawing import Redrawing
from bot.settings import Settings
from bot.sharing import Sharing
from bot.spool import Spool
from bot.status import STATUSES, StatusLine
from bot.studio import Studio
from bot.uploads import Uploads
from bot.watching import Watching
from bot.whispers import Whispers
from bot.worker import Step, Worker


def built(
    settings: Settings, outside: Outside, keys: Keys, intake: Intake, studio: Studio, workshop: Studio,
    spool: Spool,
) -> Worker:  # fmt: skip
    """Build a worker with all of its steps; `studio` draws charts and composes, `workshop` writes files."""
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
    title, charts = outside.space.title, settings.charts
    composing = Composing(studio, spool, names, conversations, title, in_words=bool(model), charts=charts)
    uploads = Uploads(slack, outside.http)
    pictures = Pictures(genie, studio, uploads)
    answering = Answering(queue, genie, reading, composing, delivery, uploads, ending, pictures, ratings)
    watching = Watching(queue, genie, delivery, ending, status, answering, deadline)
    forgetting = Forgetting(queue, genie, ending)
    review = Review(delivery, names, settings.feedback_channel)
    insights = Insights(queue, reading, names, ending, studio, genie.serving(model) if model else None)
    writing = FileWriting(genie, uploads, workshop, spool, names)
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
