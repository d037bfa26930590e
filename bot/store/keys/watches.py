"""Keys of watches."""

from dataclasses import dataclass

from bot.records.watch import WatchKind
from bot.store.keys.sign_in import Key, SignInKeys

DAY = 24 * 3600 * 1000
WATCH_LIFETIME = 100 * DAY
"""Milliseconds since its last run, or since it was paused: longer than any outage."""
WATCH_RUN_LIFETIME = 3600 * 1000
"""Of the job that was a run, after its end: the watch itself says which run was the last."""

_SETS = {WatchKind.ANSWER: "watches", WatchKind.QUESTION: "schedules"}


@dataclass(frozen=True, slots=True)
class WatchKeys(SignInKeys):
    """Names under one prefix."""

    def watch(self, watch_id: str) -> Key:
        """Hash: one watch, its last run, and what is kept of its last result. Without it a watch is none."""
        return self._key("watch", watch_id)

    def watches_due(self, kind: WatchKind) -> Key:
        """Sorted set: ids of a kind's watches that are not paused, by due time.

        Among the watches of answers stand other recurring work, as it asks no question, and the scheduled
        questions of a version before this one, whose ids do not say their kind.
        """
        return self._key(_SETS[kind], "due")

    def watches_running(self, kind: WatchKind) -> Key:
        """Sorted set: ids of the jobs that are runs, and some that have ended, by when they were started."""
        return self._key(_SETS[kind], "running")

    def watches_of(self, owner: str) -> Key:
        """Sorted set: ids of a person's watches, and some that are gone, by when they were made."""
        return self._key("watches", "of", owner)
