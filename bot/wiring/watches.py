"""Builds what runs watches: their clock, and the job that is one run."""

import hmac
from collections.abc import Callable

from bot.config.settings import Settings
from bot.jobs.watch.ask import AskAgain
from bot.jobs.watch.clock import WatchClock
from bot.jobs.watch.job import WatchJob
from bot.jobs.watch.look import FingerprintKey, Look
from bot.jobs.watch.may_run import MayRun
from bot.jobs.watch.tell import Tell
from bot.records.job import JobKind
from bot.replies.watching.view import ViewOf, watch_views
from bot.startup.clients import Clients
from bot.store.changes import QuestionChanges
from bot.store.keys import Keys
from bot.store.watches import WatchStore
from bot.wiring.digest import recurring_digest
from bot.wiring.parts import Parts
from bot.worker import RunJob


def watch_store(settings: Settings, clients: Clients, keys: Keys) -> WatchStore:
    """Build what keeps watches."""
    return WatchStore(clients.redis, keys, settings.watches_per_person)


def views_of_watches(clients: Clients) -> ViewOf:
    """Build what shows watches as people see them."""
    return watch_views(clients.identity.url, clients.identity.bot_user, clients.catalog)


def watch_clock(settings: Settings, clients: Clients, keys: Keys, wake: Callable[[], None]) -> WatchClock:
    """Build what starts all that is due by the clock; `wake` is called when there is work."""
    return WatchClock(watch_store(settings, clients, keys), wake, recurring_digest(settings, clients))


def watch_job(parts: Parts) -> dict[JobKind, RunJob]:
    """Build the job that is one run of a watch."""
    may_run = MayRun(
        guard=parts.guard,
        users=parts.users,
        privacy=parts.privacy,
        catalog=parts.clients.catalog,
        signed_in=parts.signed_in,
        as_users=parts.responder.as_users,
    )
    look = Look(
        genie_of=parts.genie_of,
        query_reader=parts.query_reader,
        executor=parts.offload.render,
        composer=parts.composer,
        chart_images=parts.chart_images,
        users=parts.users,
        people=parts.people,
        key=fingerprint_key(parts.settings.slack_bot_token.get_secret_value()),
    )
    changes = QuestionChanges(parts.clients.redis, parts.keys)
    job = WatchJob(
        queue=parts.queue,
        responder=parts.responder,
        watches=watch_store(parts.settings, parts.clients, parts.keys),
        may_run=may_run,
        look=look,
        ask=AskAgain(questions=parts.questions, changes=changes, catalog=parts.clients.catalog),
        tell=Tell(messages=parts.messages, direct_messages=parts.direct_messages, privacy=parts.privacy),
        view_of=views_of_watches(parts.clients),
    )
    return {JobKind.WATCH: job.run}


def fingerprint_key(token: str) -> FingerprintKey:
    """Return the key of what is kept of results: from the bot's token, which is not in Redis.

    With another token each watch begins anew, in silence.
    """
    secret = hmac.digest(token.encode(), b"fingerprints of watched results", "sha256")
    return FingerprintKey(secret, hmac.digest(secret, b"mark", "sha256").hex()[:8])
