"""The points at which a scenario can be stopped, and what holds after a process has died at one of them."""

import asyncio
import contextlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from redis.asyncio import Redis

from bot.records.job import JobKind
from bot.records.progress import State
from bot.records.question import RESEARCH
from tests.crash.calls import SCRIPTS, When
from tests.crash.end_state import EndState
from tests.crash.entry import Point, recorded
from tests.crash.scenario import Scenario
from tests.crash.stage import open_stage

UNCALLED = frozenset(
    {
        "bucket_used",
        "claim",
        "count_processes",
        "leave_unread",
        "read_gauges",
        "read_remembered",
        "resume_as_bot",
        "write_probe",
    }
)
"""Each lease that a claim returns counts as a call; the others belong to no step of a record that is read.

But for `read_remembered`: no scenario has user groups.
"""
OF_RESEARCH = {
    f"{RESEARCH} {each.value}" for each in (State.ASKING, State.ASKED, State.ANSWERED, State.SHOWN)
}
STEPS = frozenset({each.value for each in (*State, *JobKind)} - {State.DELIVERED}) | OF_RESEARCH
"""What the worker runs."""

MOST_REPEATS = 3
"""Of a call in one run of a step: who waits for the lock of a process that died tries a thousand times."""


@dataclass(frozen=True)
class Run:
    """One run of a scenario, with the points at which its processes died."""

    scenario: Scenario
    points: tuple[Point, ...]
    passed: tuple[Point, ...]
    """The points that its processes passed."""
    died: bool
    """Whether a process died at each point; one may be passed in one run and not in the next."""
    end: EndState | None
    faults: tuple[str, ...]

    def __str__(self) -> str:
        """Return it as some lines."""
        where = " and then ".join(map(str, self.points)) or "undisturbed"
        return "\n    ".join((f"{self.scenario.name}, {where}", *self.faults))


@dataclass
class Matrix:
    """Runs scenarios, each in a company of its own."""

    redis_url: str
    choose: Callable[[Sequence[Point]], Sequence[Point]]
    """Chooses from the points at which a scenario can be stopped."""
    at_a_time: int = 10
    """Companies that are open at one time; they mostly wait."""
    runs: list[Run] = field(default_factory=list)
    planned: int = 0
    """The runs that are known to come, those that are over among them."""

    def __post_init__(self) -> None:
        """Prepare to run some at a time."""
        self._room = asyncio.Semaphore(self.at_a_time)
        self._known: set[Point] = set()
        self._writes: frozenset[str] = frozenset()

    @property
    def faults(self) -> list[Run]:
        """Return the runs that did not end as they must."""
        return [run for run in self.runs if run.faults]

    @property
    def missing(self) -> frozenset[str]:
        """Return the steps in which no process died, and the scripts that none ran."""
        called = {point.call.name for run in self.runs for point in run.passed}
        run = {name.split()[1] for name in called if name.startswith("script ")} | UNCALLED
        return (STEPS - self.steps) | (SCRIPTS - run)

    @property
    def steps(self) -> set[str]:
        """Return the steps in which a process died."""
        return {run.points[-1].call.step for run in self.runs if run.points and run.died}

    async def run(self, scenarios: Sequence[Scenario]) -> None:
        """Run each undisturbed, then stopped at each point, then at those that only a takeover passes."""
        self._writes = await _writes(self.redis_url)
        self.planned = len(scenarios)
        undisturbed = await asyncio.gather(*(self._run(each, ()) for each in scenarios))
        expected = {run.scenario.name: run.end for run in undisturbed}
        stopped = undisturbed
        for _ in range(2):
            plans = [
                (run.scenario, (*run.points, point)) for run in stopped for point in self._new(run.passed)
            ]
            self.planned += len(plans)
            stopped = await asyncio.gather(
                *(self._run(each, points, expected[each.name]) for each, points in plans)
            )

    def _new(self, passed: Sequence[Point]) -> Sequence[Point]:
        """Choose from the points that no run was planned for."""
        new = [each for each in passed if each not in self._known and self._counts(each)]
        chosen = self.choose(new)
        self._known.update(new)
        return chosen

    def _counts(self, point: Point) -> bool:
        """Whether to stop at a call: at no read of Redis, and not at one that is made again and again."""
        group, _, name = point.call.name.partition(" ")
        if group == "redis" and name not in self._writes:
            return False
        return point.call.number <= (1 if group == "GET" else MOST_REPEATS)

    async def _run(
        self, scenario: Scenario, points: tuple[Point, ...], expected: EndState | None = None
    ) -> Run:
        async with self._room:
            with tempfile.TemporaryDirectory() as folder:
                log = Path(folder) / "calls"
                try:
                    died, end, faults = await self._play(scenario, points, log)
                except Exception as error:  # noqa: BLE001 - whatever it is, the other runs go on
                    died, end, faults = True, None, [f"{type(error).__name__}: {error}"]
                if end and expected:
                    faults += end.differences(expected)
                run = Run(scenario, points, tuple(recorded(log)), died, end, tuple(faults))
        self.runs.append(run)
        return run

    async def _play(
        self, scenario: Scenario, points: tuple[Point, ...], log: Path
    ) -> tuple[bool, EndState, list[str]]:
        async with open_stage(self.redis_url, log, points, scenario.settings) as stage:
            acts = scenario.acts(stage)
            await anext(acts)
            stage.begin()
            replacing = asyncio.create_task(stage.replace_the_dead())
            try:
                with contextlib.suppress(StopAsyncIteration):
                    await anext(acts)
                await stage.settled()
                await stage.last_death()
                faults = [f"not done: {each}" for each in await stage.settled()]
            finally:
                await stage.end(replacing)
            end = await stage.end_state()
            return stage.deaths == len(points), end, faults + end.faults()


async def _writes(redis_url: str) -> frozenset[str]:
    """Return the commands that change something, by Redis's own word."""
    async with Redis.from_url(redis_url, decode_responses=True) as redis:
        commands = await redis.command()
    return frozenset({"multi"} | {name for name, about in commands.items() if "write" in about["flags"]})


def every(points: Sequence[Point]) -> Sequence[Point]:
    """Choose all."""
    return points


def few_of_each_step(points: Sequence[Point]) -> Sequence[Point]:
    """Choose where a state was just saved, and what follows a step's first and last effect elsewhere."""
    chosen: dict[str, Point] = {}
    for point in points:
        name, step = point.call.name, point.call.step
        outside = name.startswith(("POST", "PUT", "DELETE"))
        if point.when is When.AFTER and (outside or "state=" in name):
            chosen.setdefault(
                f"first of {step}" if outside else name.partition("state=")[2].split()[0], point
            )
        if f"first of {step}" not in chosen or (outside and point.when is When.AFTER):
            chosen[f"last of {step}"] = point
    return list(dict.fromkeys(chosen.values()))
