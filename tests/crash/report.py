"""Runs the matrix and prints what came of it."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence

from tests.crash.matrix import Matrix, every, few_of_each_step
from tests.crash.scenarios import SCENARIOS
from tests.redis_server import redis_server

AT_A_TIME = 20
"""Companies that are open at one time, on a machine that has nothing else to do."""
TOLD_SECONDS = 60.0
"""Between two lines on how far it is: the whole takes long."""


async def crash(names: Sequence[str], *, few: bool) -> int:
    """Run the scenarios whose names contain one of `names`, or all; return 1 if anything failed."""
    scenarios = [each for each in SCENARIOS if not names or any(name in each.name for name in names)]
    since = time.monotonic()
    with redis_server() as address:
        matrix = Matrix(address, few_of_each_step if few else every, AT_A_TIME)
        telling = asyncio.create_task(_tell(matrix, since))
        await matrix.run(scenarios)
        telling.cancel()
    missed = [] if names else sorted(matrix.missing)
    _print(matrix, missed, time.monotonic() - since)
    return int(bool(matrix.faults or missed))


async def _tell(matrix: Matrix, since: float) -> None:
    told = 0
    while True:
        await asyncio.sleep(TOLD_SECONDS)
        faults, seconds = matrix.faults, time.monotonic() - since
        sentence = f"{len(matrix.runs)} of {matrix.planned} runs, {len(faults)} failed, {seconds:.0f} s"
        print(*faults[told:], sentence, sep="\n", flush=True)  # noqa: T201
        told = len(faults)


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
