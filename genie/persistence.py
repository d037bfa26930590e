"""Whether a read that failed is sent again, and after how long: the server's word comes before ours."""

import asyncio
import random

from genie.errors import GenieError, Malformed

WAIT_AT_LEAST = 0.2
_WAIT_AT_MOST = 60.0
_UNREADABLE_AT_MOST = 2


class Persistence:
    """Decide after a failed attempt whether there is another: the wait, True for a back-off, or False."""

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._unreadable = 0

    def __call__(self, error: Exception) -> bool | float:
        """Return the answer for this failure."""
        if not isinstance(error, GenieError) or not error.repeat_helps:
            return False
        self._unreadable += isinstance(error, Malformed)
        left = self._deadline - asyncio.get_running_loop().time()
        if self._unreadable >= _UNREADABLE_AT_MOST or left <= 0:
            return False
        if error.retry_after is None:
            return True
        wait = min(max(error.retry_after, WAIT_AT_LEAST), _WAIT_AT_MOST)
        # A tenth more at random, so that those who were sent away together do not come back together.
        return wait * (1 + random.random() / 10) if wait < left else False  # noqa: S311 - not for secrets
