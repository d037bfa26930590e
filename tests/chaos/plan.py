"""How much of what."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """One run; all chances are drawn from `seed`."""

    questions: int = 1000
    each_second: float = 5.0
    """Questions asked."""
    processes: int = 4
    kills: int = 20
    restarts: int = 3
    """Of Redis: killed and started at once, with its data."""
    failovers: int = 1
    """Of Redis: killed, and replaced by its replica."""
    end_seconds: float = 300.0
    """At most, after the last question, until everything has come to rest."""
    seed: int = 1

    @property
    def asking_seconds(self) -> float:
        """How long people ask, which is when things fail."""
        return self.questions / self.each_second


WHOLE = Plan()
SHORT = Plan(questions=60, each_second=4.0, processes=2, kills=2, restarts=1, failovers=1, end_seconds=120.0)
QUESTIONS, WINDOW_SECONDS, GUARD_SECONDS = 100, 10.0, 2.0
"""The limit of 600 questions a minute in smaller windows, so that it is reached."""
EDITS_EACH_MINUTE = 1200
"""So many that they hold nobody up: Slack's limit of edits is tested elsewhere."""
ACK_SECONDS, RETRY_SECONDS = 3.0, (0.2, 5.0, 10.0)
"""When Slack sends an event again that was not acknowledged: its own minutes are shorter here."""
FAULTS_AT_DATABRICKS, FAULTS_AT_SLACK = 0.04, 0.03
"""The shares of calls that go wrong."""
