"""Builds the worker: which step runs in which state, which job for which kind, and what each works with."""

import os
import socket
from dataclasses import dataclass

from bot.config.settings import Settings
from bot.jobs.export.build_file import FileBuilder
from bot.jobs.export.job import ExportJob
from bot.jobs.feedback import FeedbackJob
from bot.jobs.insights import InsightsJob
from bot.jobs.private_answers import PrivateJobs
from bot.jobs.redraw_chart import RedrawChartJob
from bot.jobs.share import ShareJob
from bot.jobs.threads import ThreadJobs
from bot.offload.executor import Executor
from bot.offload.scratch import ScratchDir
from bot.question import JobKind, State
from bot.replies.chart_image import ChartImages
from bot.replies.compose import AnswerComposer
from bot.replies.load_answer import AnswerLoader
from bot.replies.query_reader import QueryReader
from bot.replies.responder import Responder
from bot.slack.direct_messages import DirectMessages
from bot.slack.ephemeral import EphemeralReplies
from bot.slack.files import Files
from bot.slack.messages import Messages
from bot.slack.openings import Openings
from bot.slack.status import STATUSES, StatusLine
from bot.slack.users import Users
from bot.startup.clients import Clients
from bot.steps.announce import AnnounceStep
from bot.steps.answer import AnswerStep
from bot.steps.ask import AskStep
from bot.steps.poll import PollStep
from bot.steps.wait_for_conversation import WaitForConversationStep
from bot.steps.withdraw import WithdrawStep
from bot.store.feedback import FeedbackStore
from bot.store.jobs import JobStore
from bot.store.keys import Keys
from bot.store.limiter import QUESTIONS, Bucket
from bot.store.listening import ListeningStore, ThreadReplies
from bot.store.questions import QuestionStore
from bot.store.queue import Queue
from bot.store.threads import ThreadStore
from bot.worker import RunJob, Step, Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Offload:
    """Where work runs that must not run on the event loop."""

    render: Executor
    """Draws charts and composes messages."""
    files: Executor
    """Writes files."""
    scratch: ScratchDir


def build_worker(
    settings: Settings, clients: Clients, keys: Keys, questions: QuestionStore, offload: Offload
) -> Worker:
    """Build a worker with all of its steps and jobs."""
    parts = _Parts(settings, clients, keys, questions, offload)
    steps: dict[State, Step] = {}
    jobs: dict[JobKind, RunJob] = {}
    for build_step in STEPS:
        steps |= build_step(parts)
    for build_job in JOBS:
        jobs |= build_job(parts)
    return Worker(parts.queue, steps, jobs, parts.responder)


class _Parts:
    """Collaborators that several steps or jobs share."""

    def __init__(
        self, settings: Settings, clients: Clients, keys: Keys, questions: QuestionStore, offload: Offload
    ) -> None:
        self.settings, self.clients, self.offload = settings, clients, offload
        redis, slack, self.genie = clients.redis, clients.slack, clients.genie
        rate = questions.bounds.rate
        self.question_bucket = Bucket(redis, keys, QUESTIONS, rate)
        name = f"{socket.gethostname()}:{os.getpid()}:{os.urandom(4).hex()}"
        self.queue = Queue(redis, keys, rate, worker=name)
        self.questions, self.jobs = questions, JobStore(redis, keys)
        self.threads, self.feedback = ThreadStore(redis, keys), FeedbackStore(redis, keys)
        self.listening = ListeningStore(redis, keys, ThreadReplies(settings.thread_replies))
        self.users, self.messages = Users(slack, redis, keys), Messages(slack, redis, keys)
        self.files = Files(slack, clients.http)
        self.status = StatusLine(slack, Bucket(redis, keys, "slack:status", STATUSES))
        self.ephemeral_replies = EphemeralReplies(slack, clients.http)
        self.responder = Responder(
            queue=self.queue,
            messages=self.messages,
            status=self.status,
            ephemeral_replies=self.ephemeral_replies,
        )
        self.query_reader = QueryReader(offload.render)
        self.loader = AnswerLoader(questions=self.questions, genie=self.genie, query_reader=self.query_reader)
        self.composer = AnswerComposer(
            executor=offload.render,
            scratch=offload.scratch,
            users=self.users,
            threads=self.threads,
            listening=self.listening,
            query_reader=self.query_reader,
            space_title=clients.space.title,
            has_model=bool(settings.serving_endpoint_name),
            charts=settings.charts,
        )
        self.chart_images = ChartImages(genie=self.genie, executor=offload.render, files=self.files)


def _announce(parts: _Parts) -> dict[State, Step]:
    step = AnnounceStep(
        queue=parts.queue,
        responder=parts.responder,
        messages=parts.messages,
        openings=Openings(parts.clients.slack, parts.clients.identity.bot_user),
        threads=parts.threads,
        users=parts.users,
        bot_user=parts.clients.identity.bot_user,
        starters=parts.settings.starter_questions,
    )
    return {State.RECEIVED: step.run, State.ANNOUNCED: step.update_place}


def _ask(parts: _Parts) -> dict[State, Step]:
    wait = WaitForConversationStep(
        queue=parts.queue,
        responder=parts.responder,
        threads=parts.threads,
        genie=parts.genie,
        space=parts.settings.genie_space,
        deadline_seconds=parts.settings.answer_deadline_seconds,
    )
    ask = AskStep(
        queue=parts.queue,
        responder=parts.responder,
        threads=parts.threads,
        genie=parts.genie,
        wait_for_conversation=wait,
        question_bucket=parts.question_bucket,
        space=parts.settings.genie_space,
        max_token_age_seconds=parts.settings.question_guard_seconds / 4,
    )
    withdraw = WithdrawStep(
        queue=parts.queue,
        responder=parts.responder,
        messages=parts.messages,
        threads=parts.threads,
        genie=parts.genie,
        status=parts.status,
        ask=ask,
        deadline_seconds=parts.settings.answer_deadline_seconds,
    )
    return {State.ASKING: ask.run, State.BLOCKED: wait.run, State.WITHDRAWN: withdraw.run}


def _poll(parts: _Parts) -> dict[State, Step]:
    answer = AnswerStep(
        queue=parts.queue,
        responder=parts.responder,
        genie=parts.genie,
        loader=parts.loader,
        composer=parts.composer,
        messages=parts.messages,
        files=parts.files,
        chart_images=parts.chart_images,
        feedback=parts.feedback,
        listening=parts.listening,
    )
    poll = PollStep(
        queue=parts.queue,
        responder=parts.responder,
        genie=parts.genie,
        status=parts.status,
        answer=answer,
        query_reader=parts.query_reader,
        deadline_seconds=parts.settings.answer_deadline_seconds,
    )
    return {
        State.ASKED: poll.run,
        State.OVERDUE: poll.overdue,
        State.ANSWERED: answer.run,
        State.SHOWN: answer.run,
    }


def _redraw_chart(parts: _Parts) -> dict[JobKind, RunJob]:
    return {
        JobKind.REDRAW_CHART: RedrawChartJob(
            queue=parts.queue,
            responder=parts.responder,
            loader=parts.loader,
            composer=parts.composer,
            chart_images=parts.chart_images,
            messages=parts.messages,
            jobs=parts.jobs,
        ).run
    }


def _export(parts: _Parts) -> dict[JobKind, RunJob]:
    builder = FileBuilder(
        genie=parts.genie,
        files=parts.files,
        executor=parts.offload.files,
        scratch=parts.offload.scratch,
        users=parts.users,
    )
    return {
        JobKind.EXPORT: ExportJob(
            queue=parts.queue,
            responder=parts.responder,
            loader=AnswerLoader(questions=parts.questions, genie=parts.genie),
            builder=builder,
            files=parts.files,
        ).run
    }


def _insights(parts: _Parts) -> dict[JobKind, RunJob]:
    model = parts.settings.serving_endpoint_name
    return {
        JobKind.INSIGHTS: InsightsJob(
            queue=parts.queue,
            responder=parts.responder,
            loader=parts.loader,
            users=parts.users,
            executor=parts.offload.render,
            query_reader=parts.query_reader,
            serving=parts.genie.serving(model) if model else None,
        ).run
    }


def _share(parts: _Parts) -> dict[JobKind, RunJob]:
    return {
        JobKind.SHARE: ShareJob(
            queue=parts.queue,
            responder=parts.responder,
            loader=parts.loader,
            composer=parts.composer,
            chart_images=parts.chart_images,
            messages=parts.messages,
            feedback=parts.feedback,
        ).run
    }


def _private(parts: _Parts) -> dict[JobKind, RunJob]:
    clients = parts.clients
    jobs = PrivateJobs(
        queue=parts.queue,
        responder=parts.responder,
        loader=parts.loader,
        questions=parts.questions,
        threads=parts.threads,
        direct_messages=DirectMessages(clients.slack, parts.files, clients.identity.bot_user),
        messages=parts.messages,
    )
    return {JobKind.PRIVATE: jobs.open, JobKind.PUBLISH: jobs.publish, JobKind.DISMISS: jobs.dismiss}


def _feedback(parts: _Parts) -> dict[JobKind, RunJob]:
    return {
        JobKind.FEEDBACK: FeedbackJob(
            queue=parts.queue,
            responder=parts.responder,
            loader=parts.loader,
            feedback=parts.feedback,
            genie=parts.genie,
            messages=parts.messages,
            ephemeral_replies=parts.ephemeral_replies,
            users=parts.users,
            review_channel=parts.settings.feedback_channel,
        ).run
    }


def _threads(parts: _Parts) -> dict[JobKind, RunJob]:
    jobs = ThreadJobs(
        queue=parts.queue,
        responder=parts.responder,
        genie=parts.genie,
        ephemeral_replies=parts.ephemeral_replies,
        bounds=parts.questions.bounds,
    )
    return {
        JobKind.FRESH: jobs.announce_new_conversation,
        JobKind.FORGET: jobs.forget,
        JobKind.TELL_WRITER: jobs.tell_writer,
    }


STEPS = (_announce, _ask, _poll)
"""What builds the steps of a question, in the order in which it takes them."""
JOBS = (_redraw_chart, _export, _insights, _share, _private, _feedback, _threads)
