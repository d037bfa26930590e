"""Retry policy for reads: Retry-After, else jittered exponential backoff."""

import asyncio
import random

from genie.errors import GenieError, Malformed, SignInFailed

_WAIT_AT_LEAST, _BACK_OFF_AT_MOST, _WAIT_AT_MOST = 0.2, 2.0, 60.0
_UNREADABLE_AT_MOST = 3
"""Attempts that may bring something else than an API reply before that is the answer."""


class RetryPolicy:
    """Decide after a failed attempt whether there is another: the seconds to wait, or False.

    There is none after a wait that would end beyond the deadline: the caller hears of the failure at once.
    """

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._failures = 0
        self._unreadable = 0

    def __call__(self, error: Exception) -> bool | float:
        """Return the answer for this failure."""
        page = isinstance(error, SignInFailed) and error.is_page
        if not isinstance(error, GenieError) or not (error.retryable or page):
            return False
        self._unreadable += page or isinstance(error, Malformed)
        self._failures += 1
        wait = self._wait(error.retry_after)
        late = asyncio.get_running_loop().time() + wait >= self._deadline
        return False if late or self._unreadable >= _UNREADABLE_AT_MOST else wait

    def _wait(self, retry_after: float | None) -> float:
        """Return the server's wait, or one that doubles; with some chance in it, to spread out a crowd."""
        chance = random.random()  # noqa: S311 - not for secrets
        if retry_after is not None:
            return min(max(retry_after, _WAIT_AT_LEAST), _WAIT_AT_MOST) * (1 + chance / 10)
        doubled = _WAIT_AT_LEAST * 2.0 ** min(self._failures - 1, 10)
        return min(doubled, _BACK_OFF_AT_MOST) * (1 + chance / 2)
