"""Gauges of the work and of the question limit, which all processes of an installation share."""

from dataclasses import dataclass, field
from typing import Any


def _gauge(about: str) -> Any:
    return field(metadata={"about": about})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauges:
    """At one moment, as Redis tells it; each field says in its metadata what it is about."""

    line_length: int = _gauge("Questions that wait in line for a token")
    line_oldest_seconds: float = _gauge("Age of the oldest question of a person in line")
    unfinished: int = _gauge("Questions and jobs that have not ended")
    due_seconds: float = _gauge("For how long the oldest piece of work is due that no process has taken")
    limit_used: int = _gauge("Tokens of the question limit that were taken within the last window")
    limit_capacity: int = _gauge("Tokens of the question limit in one window")
    limit_closed_seconds: float = _gauge("Until Genie may be asked again, which said that it is at its limit")
    processes: int = _gauge("Living processes of this installation")
    watches: int = _gauge("Watches and other work that recurs, without paused ones")
    watches_due_seconds: float = _gauge("For how long the oldest of these is due that was not started")
