"""Clicks that start a job about an answer, one row of `JOBS` each, all with one listener."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from slack_bolt.async_app import AsyncBoltContext

from bot.records.job import Job, JobKind
from bot.slack.api import optional, permalink
from bot.store.questions import in_time
from bot.store.results import EnqueueResult
from handlers.ephemeral import reply_privately
from handlers.payloads.actions import Click, clicked
from handlers.services import Services
from render import words
from render.answer.actions import DISMISS, EXPORT_CSV, EXPORT_EXCEL, INSIGHTS, SHARE
from render.blockkit.buttons import ASK_EXPERT

LINK_TIMEOUT_SECONDS = 0.5
"""With Redis before it that stays within the three seconds in which Slack wants an acknowledgement."""


async def handle_job(services: Services, context: AsyncBoltContext) -> None:
    """Start the job that belongs to the action: however often and by whom it is pressed, it is one job."""
    await reply_privately(context, await in_time(_start(services, context)))


async def _start(services: Services, context: AsyncBoltContext) -> str:
    """Return what to tell the user; nothing if the job's own message says it."""
    click = clicked(context)
    row = JOBS[click.action]
    job = await row.prepare(services, click) if click.question_id else row.too_old
    if isinstance(job, str):
        return job
    if await services.jobs.enqueue(job, rerun=row.rerun) is EnqueueResult.ALREADY:
        link = await _link(services, context, job) if row.already_at else ""
        if link is not None:
            return row.already_at(link) if row.already_at and link else row.already
        await services.jobs.enqueue(job, rerun=True)
    services.wake()
    return ""


async def _about_answer(_services: Services, click: Click) -> Job | str:
    row = JOBS[click.action]
    return click.answer_job(row.kind, row.payload, name=row.payload)


async def _insights(services: Services, click: Click) -> Job | str:
    """Return the job to compute insights, which go into the thread."""
    if click.private:
        return words.insights.PRIVATE
    progress = await services.questions.progress(click.question_id)
    known = progress is not None and progress.message
    return click.answer_job(JobKind.INSIGHTS) if known else words.insights.FORGOTTEN


async def _link(services: Services, context: AsyncBoltContext, job: Job) -> str | None:
    """Return the address of a job's message: empty if Slack does not give it now, None if it is deleted."""
    progress = await services.jobs.progress(job.id)
    if not progress or not progress.ts:
        return ""
    return await optional(permalink(context.client, job.place.channel, progress.ts), "", LINK_TIMEOUT_SECONDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Which job an action starts, and what the user is told where it does not."""

    kind: JobKind
    payload: str = ""
    """What the job wants of the answer; the action's own name if empty."""
    prepare: Callable[[Services, Click], Awaitable[Job | str]] = _about_answer
    """Makes the job, or the sentence that refuses it."""
    rerun: bool = False
    """A job that has ended may be started again, and finds what was saved the first time."""
    too_old: str = words.questions.BUTTON_TOO_OLD
    already: str = ""
    already_at: Callable[[str], str] | None = None
    """Leads to the message of a job that is there; where that is deleted, the job runs again."""


EXPORT = Row(kind=JobKind.EXPORT, rerun=True, too_old=words.export.TOO_OLD, already=words.export.UNDER_WAY)
JOBS = {
    EXPORT_CSV: replace(EXPORT, payload="csv"),
    EXPORT_EXCEL: replace(EXPORT, payload="xlsx"),
    SHARE: Row(kind=JobKind.SHARE, rerun=True, already=words.share.shared_already("")),
    DISMISS: Row(kind=JobKind.DISMISS),
    ASK_EXPERT: Row(
        kind=JobKind.ASK_EXPERT,
        rerun=True,
        too_old=words.share.ANSWER_FORGOTTEN,
        already=words.experts.ALREADY_SENT,
    ),
    INSIGHTS: Row(
        kind=JobKind.INSIGHTS,
        prepare=_insights,
        too_old=words.insights.FORGOTTEN,
        already=words.insights.ALREADY,
        already_at=words.insights.already,
    ),
}
"""By action id of the button, or name of the menu's option."""
