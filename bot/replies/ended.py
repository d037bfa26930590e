"""What is told of the end of a question or a job: how it ended, and where its time went."""

from bot.observability.records import JobEnded, QuestionEnded, ResearchEnded, Stage
from bot.records.lease import JobLease, Lease, QuestionLease
from bot.records.progress import State

WITH_ANSWER = frozenset({State.ANSWERED, State.SHOWN})


RESULT = "result"
"""What a result of research counts as: it is no question of its own."""


def end_record(lease: Lease, outcome: str) -> QuestionEnded | ResearchEnded | JobEnded:
    """Return the record of an end that is now, by the times that were saved on the way."""
    in_all = _seconds(lease.progress.received_at, lease.present_ms)
    if isinstance(lease, QuestionLease):
        if lease.question.research:
            return ResearchEnded(outcome, in_all)
        if lease.question.result_of:
            return JobEnded(RESULT, outcome, in_all)
        saved = lease.progress
        polls = saved.polls + bool(saved.asked_at)  # the last one is not saved
        return QuestionEnded(outcome, saved.space, polls, _stages(lease), reused=bool(saved.reused))
    kind = lease.job.kind.value if isinstance(lease, JobLease) else ""
    return JobEnded(kind, outcome, in_all)


def _stages(lease: QuestionLease) -> dict[Stage, float]:
    saved, now = lease.progress, lease.present_ms
    found = lease.now if saved.state in WITH_ANSWER else now
    times = {
        Stage.LINE: (saved.received_at, saved.asking_at),
        Stage.POST: (saved.asking_at, saved.asked_at),
        Stage.GENIE: (saved.asked_at, found),
        Stage.ANSWER: (found if saved.state in WITH_ANSWER else 0, now),
        Stage.TOTAL: (saved.received_at, now),
    }
    return {stage: _seconds(begun, ended) for stage, (begun, ended) in times.items() if begun and ended}


def _seconds(begun: float, ended: float) -> float:
    return max(0.0, ended - begun) / 1000
