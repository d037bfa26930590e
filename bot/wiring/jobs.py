"""Which job runs for which kind of click."""

from functools import partial

from bot.jobs.experts import ExpertJobs
from bot.jobs.export.build_file import FileBuilder
from bot.jobs.export.job import ExportJob
from bot.jobs.feedback import FeedbackJob
from bot.jobs.forget_person import ForgetPersonJob
from bot.jobs.insights import InsightsJob
from bot.jobs.private_answers import PrivateJobs
from bot.jobs.readers import Readers, Run
from bot.jobs.redraw_chart import RedrawChartJob
from bot.jobs.share import ShareJob
from bot.jobs.threads import ThreadJobs
from bot.jobs.watch.messages import WatchMessages
from bot.records.job import JobKind
from bot.replies.expert_cards import ExpertCards
from bot.store.oversight.forget_person import forget_person
from bot.wiring.digest import digest_job
from bot.wiring.parts import Parts
from bot.wiring.watches import views_of_watches, watch_job, watch_store
from bot.worker import RunJob


def _looked_at(parts: Parts, run: Run) -> Run:
    return Readers(queue=parts.queue, responder=parts.responder, privacy=parts.privacy).looked_at(run)


def _redraw_chart(parts: Parts) -> dict[JobKind, RunJob]:
    job = RedrawChartJob(
        queue=parts.queue,
        responder=parts.responder,
        loader=parts.loader,
        composer=parts.composer,
        chart_images=parts.chart_images,
        messages=parts.messages,
        jobs=parts.jobs,
    )
    return {JobKind.REDRAW_CHART: _looked_at(parts, job.run)}


def _export(parts: Parts) -> dict[JobKind, RunJob]:
    builder = FileBuilder(
        genie_of=parts.genie_of,
        files=parts.files,
        executor=parts.offload.files,
        scratch=parts.offload.scratch,
        users=parts.users,
        people=parts.people,
    )
    job = ExportJob(
        queue=parts.queue,
        responder=parts.responder,
        loader=parts.rows_loader,
        builder=builder,
        files=parts.files,
    )
    return {JobKind.EXPORT: _looked_at(parts, job.run)}


def _insights(parts: Parts) -> dict[JobKind, RunJob]:
    job = InsightsJob(
        queue=parts.queue,
        responder=parts.responder,
        loader=parts.loader,
        users=parts.users,
        people=parts.people,
        executor=parts.offload.render,
        query_reader=parts.query_reader,
        genie_of=parts.genie_of,
        model=parts.settings.serving_endpoint_name,
    )
    return {JobKind.INSIGHTS: _looked_at(parts, job.run)}


def _share(parts: Parts) -> dict[JobKind, RunJob]:
    job = ShareJob(
        queue=parts.queue,
        responder=parts.responder,
        loader=parts.loader,
        composer=parts.composer,
        chart_images=parts.chart_images,
        messages=parts.messages,
        feedback=parts.feedback,
    )
    return {JobKind.SHARE: _looked_at(parts, job.run)}


def _private(parts: Parts) -> dict[JobKind, RunJob]:
    jobs = PrivateJobs(
        queue=parts.queue,
        responder=parts.responder,
        loader=parts.loader,
        questions=parts.questions,
        threads=parts.threads,
        direct_messages=parts.direct_messages,
        privacy=parts.privacy,
        messages=parts.messages,
    )
    return {JobKind.PRIVATE: jobs.open, JobKind.PUBLISH: jobs.publish, JobKind.DISMISS: jobs.dismiss}


def _feedback(parts: Parts) -> dict[JobKind, RunJob]:
    return {
        JobKind.FEEDBACK: FeedbackJob(
            queue=parts.queue,
            responder=parts.responder,
            loader=parts.loader,
            feedback=parts.feedback,
            genie_of=parts.genie_of,
            messages=parts.messages,
            ephemeral_replies=parts.ephemeral_replies,
            users=parts.users,
            review_channel=parts.settings.feedback_channel,
        ).run
    }


def _experts(parts: Parts) -> dict[JobKind, RunJob]:
    channel = parts.settings.experts
    cards = channel and ExpertCards(
        channel=channel,
        reviews=parts.reviews,
        messages=parts.messages,
        ephemeral_replies=parts.ephemeral_replies,
        users=parts.users,
        catalog=parts.clients.catalog,
    )
    jobs = ExpertJobs(
        queue=parts.queue,
        responder=parts.responder,
        loader=parts.loader,
        reviews=parts.reviews,
        cards=cards or None,
        privacy=parts.privacy,
        direct_messages=parts.direct_messages,
        users=parts.users,
        messages=parts.messages,
        composer=parts.composer,
        chart_images=parts.chart_images,
    )
    return {JobKind.ASK_EXPERT: jobs.ask, JobKind.REVIEW: jobs.tell}


def _threads(parts: Parts) -> dict[JobKind, RunJob]:
    jobs = ThreadJobs(
        queue=parts.queue,
        responder=parts.responder,
        genie_of=parts.genie_of,
        ephemeral_replies=parts.ephemeral_replies,
        bounds=parts.questions.bounds,
    )
    return {
        JobKind.FRESH: jobs.announce_new_conversation,
        JobKind.FORGET: jobs.forget,
        JobKind.TELL_WRITER: jobs.tell_writer,
    }


def _forget_person(parts: Parts) -> dict[JobKind, RunJob]:
    forget = partial(forget_person, parts.clients.redis, parts.keys)
    job = ForgetPersonJob(queue=parts.queue, responder=parts.responder, forget=forget)
    return {JobKind.FORGET_PERSON: job.run}


def _watch_messages(parts: Parts) -> dict[JobKind, RunJob]:
    jobs = WatchMessages(
        queue=parts.queue,
        responder=parts.responder,
        watches=watch_store(parts.settings, parts.clients, parts.keys),
        view_of=views_of_watches(parts.clients),
        loader=parts.loader,
        genie_of=parts.genie_of,
        query_reader=parts.query_reader,
        executor=parts.offload.render,
        users=parts.users,
        people=parts.people,
    )
    return {JobKind.WATCH_SET: jobs.confirm, JobKind.WATCH_TABLE: _looked_at(parts, jobs.show_table)}


JOBS = (
    *(_redraw_chart, _export, _insights, _share, _private, _feedback, _experts, _threads, _forget_person),
    _watch_messages,
    digest_job,
    watch_job,
)
