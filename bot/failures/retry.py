"""Retry policy: whether and when the bot asks Genie again by itself, and how a question returns to the line.

The table of causes says what may be retried. Reads inside of one step are retried by genie/http/read_retry.
"""

import logging

from bot.failures import causes
from bot.failures.model import Cause, Retry
from bot.records.lease import JobLease, QuestionLease
from bot.records.progress import State
from bot.store.limiter import Bucket
from bot.store.queue import Queue
from genie.errors import GenieError, RateLimited

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 4
"""Of reading an answer, before the asker gets it without its rows, or a job about it is rejected."""
IN_LINE_SECONDS = 15.0
"""Between looks of a question that stands in line once more."""
RATE_LIMIT_SECONDS = 15.0
"""After a 429 without a Retry-After."""
MAX_POST_BACKOFF_SECONDS = 15.0
MAX_POST_RETRY_AFTER_SECONDS = 60.0
"""Whatever Databricks asks for: the asker hears nothing meanwhile."""
MAX_JOB_BACKOFF_SECONDS = 300.0
MAX_JOB_FAILURES = 300
"""Of a job that may still succeed: about a day."""
MAX_JOB_REFUSALS = 5
"""Of a job that Databricks does not allow."""


def may_retry(lease: QuestionLease, cause: Cause) -> bool:
    """Tell whether the bot asks again by itself: once, and in a new conversation only after an old one."""
    if cause.retry is not Retry.AUTO_ONCE or lease.progress.repeated:
        return False
    return bool(lease.progress.into) or not cause.fresh


def retry_fields(cause: Cause) -> dict[str, str | int]:
    """Return what is saved before the bot asks again, so that it happens once even after a crash."""
    note = {"note": cause.note} if cause.note else {}
    return {"repeated": 1, "fresh": int(cause.fresh), "polls": 0, "status": "", **note}


async def requeue(queue: Queue, lease: QuestionLease, **saved: str | int) -> None:
    """Go back to the head of the line: the next POST needs a token of its own."""
    await queue.join(lease, first=True)
    await queue.release(lease, IN_LINE_SECONDS, state=State.ANNOUNCED, **saved)


async def retry_post(queue: Queue, bucket: Bucket, lease: QuestionLease, error: GenieError) -> None:
    """Repeat a question POST later.

    After a 429 no replica asks until its Retry-After, or for `RATE_LIMIT_SECONDS`, and the question is the
    first to be asked then. After any other error this question alone backs off.
    """
    failures = lease.progress.failures_in_a_row + 1
    if isinstance(error, RateLimited):
        await bucket.close(error.retry_after or RATE_LIMIT_SECONDS)
        await requeue(queue, lease, failures_in_a_row=failures)
    else:
        wait = post_backoff(error, failures)
        await queue.release(lease, wait, state=State.ANNOUNCED, failures_in_a_row=failures)


def post_backoff(error: GenieError, failures: int) -> float:
    """Return the seconds to wait after a POST, or the search for one, has failed this often in a row."""
    return min(_backoff(error, failures, MAX_POST_BACKOFF_SECONDS), MAX_POST_RETRY_AFTER_SECONDS)


async def retry_later(queue: Queue, lease: JobLease, error: GenieError, event: str) -> bool:
    """Repeat a job later, and log `event`; False once it has failed too often."""
    cause, failures = causes.of_error(error), lease.progress.failures_in_a_row + 1
    log.warning(event, extra={"error": str(error), "failures": failures, **cause.log})
    if failures > (MAX_JOB_FAILURES if cause.transient or cause.tolerated else MAX_JOB_REFUSALS):
        return False
    wait = _backoff(error, failures, MAX_JOB_BACKOFF_SECONDS)
    await queue.release(lease, wait, failures_in_a_row=failures)
    return True


def _backoff(error: GenieError, failures: int, most: float) -> float:
    return max(error.retry_after or 0.0, min(2.0 ** min(failures, 10), most))
