"""What a job posts or edits below an answer is refused where others have come in."""

from typing import Any, cast

import pytest

from bot.records.job import Job, JobKind, JobProgress, Stage
from bot.records.lease import JobLease
from bot.records.question import Place
from bot.wiring.jobs import JOBS
from bot.wiring.parts import Parts
from render import words


class World:
    """All parts of a bot, in a channel into which others have come; records what a user is told."""

    def __init__(self) -> None:
        """Have told nothing."""
        self.told: list[str] = []

    def __getattr__(self, _name: str) -> Any:
        """Be each of its parts."""
        return self

    def __call__(self, *_about: object) -> "World":
        """Be what a part makes, too."""
        return self

    def encode(self) -> bytes:
        """Be a token, too."""
        return b""

    async def may_have_outsiders(self, _place: Place) -> bool:
        """Say that others are there."""
        return True

    async def reject(self, _lease: JobLease, sentence: str, _outcome: str) -> None:
        """Record what is told."""
        self.told.append(sentence)


@pytest.mark.parametrize("kind", [JobKind.EXPORT, JobKind.INSIGHTS, JobKind.SHARE, JobKind.REDRAW_CHART])
async def test_no_rows_are_read_again_where_others_came_in(kind: JobKind) -> None:
    """Another chart may show newer ones, too."""
    world = World()
    jobs = {name: run for build in JOBS for name, run in build(cast("Parts", world)).items()}
    job = Job("J1", kind, Place("T1", "C1", "1.1"), "U1")
    lease = JobLease(owner="w", now=1, since=0.0, job=job, progress=JobProgress(stage=Stage.QUEUED))
    await jobs[kind](lease)
    assert world.told == [words.readers.OTHERS_READ]
