"""Builds what makes the weekly digest: its questions, its job, and when it is due."""

from functools import partial

from bot.config.settings import Settings
from bot.jobs.digest.entries import Entries
from bot.jobs.digest.job import DigestJob
from bot.jobs.watch.clock import Recurring
from bot.records.job import Job, JobKind
from bot.records.question import Place
from bot.records.watch import Rhythm
from bot.spaces.catalog import Catalog
from bot.startup.clients import Clients
from bot.store.experts import ConfirmedStore
from bot.store.oversight.asked import AskedStore
from bot.wiring.parts import Parts
from bot.worker import RunJob

DIGEST = "digest"
"""The name of this work among all that recurs."""


def digest_job(parts: Parts) -> dict[JobKind, RunJob]:
    """Build the job that tells the experts' channel."""
    redis, keys, clients = parts.clients.redis, parts.keys, parts.clients
    entries = partial(
        Entries,
        asked=AskedStore(redis, keys),
        feedback=parts.feedback,
        confirmed=ConfirmedStore(redis, keys),
        space_name=partial(space_name, clients.catalog),
        testers=parts.settings.testers,
        workspace_url=clients.identity.url,
    )
    job = DigestJob(
        queue=parts.queue,
        responder=parts.responder,
        entries=entries,
        channels=clients.channels,
        messages=parts.messages,
        files=parts.files,
        time_zone=parts.settings.digest_time_zone,
    )
    return {JobKind.DIGEST: job.run}


def recurring_digest(settings: Settings, clients: Clients) -> tuple[Recurring, ...]:
    """Return when the digest is due: each Monday morning, where there are experts."""
    if not settings.experts:
        return ()
    job = partial(_job, Place(clients.identity.team, settings.experts, None))
    return (Recurring(DIGEST, Rhythm.MONDAYS, settings.digest_time_zone, job),)


def _job(experts: Place, job_id: str) -> Job:
    return Job(id=job_id, kind=JobKind.DIGEST, place=experts, user="")


def space_name(catalog: Catalog, space_id: str) -> str:
    """Name a space, where there are several."""
    return (catalog.about(space_id).name or space_id) if space_id and catalog.several else ""
