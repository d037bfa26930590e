"""Runs the matrix and prints what came of it."""

import time
from collections import Counter
from collections.abc import Sequence

from tests.crash.matrix import Matrix, every, few_of_each_step
from tests.crash.scenarios import SCENARIOS
from tests.redis_server import redis_server


async def crash(names: Sequence[str], *, few: bool) -> int:
    """Run the scenarios whose names contain one of `names`, or all; return 1 if anything failed."""
    scenarios = [each for each in SCENARIOS if not names or any(name in each.name for name in names)]
    since = time.monotonic()
    with redis_server() as address:
        matrix = Matrix(address, few_of_each_step if few else every)
        await matrix.run(scenarios)
    missed = [] if names else sorted(matrix.missing)
    _print(matrix, missed, time.monotonic() - since)
    return int(bool(matrix.faults or missed))


def _print(matrix: Matrix, missed: Sequence[str], seconds: float) -> None:
    stopped = [run for run in matrix.runs if run.points]
    steps, died, failed = (
        Counter(run.points[-1].call.step for run in runs)
        for runs in (
            stopped,
            [run for run in stopped if run.died],
            [run for run in stopped if run.faults],
        )
    )
    lines = [
        f"{step:<16} {steps[step]:4} points, {died[step]:4} reached, {failed[step]:3} failed"
        for step in sorted(steps)
    ]
    lines += map(str, matrix.faults)
    lines += [f"never stopped in: {each}" for each in missed]
    lines += [
        f"{steps.total()} points in {len(steps)} steps, {len(matrix.faults)} failed, {seconds:.0f} s",
    ]
    print(*lines, sep="\n")  # noqa: T201
