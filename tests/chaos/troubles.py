"""All that goes wrong while people ask, at random moments."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.faults import Fault
from tests.chaos.plan import FAULTS_AT_DATABRICKS, FAULTS_AT_SLACK, Plan
from tests.chaos.processes import Processes
from tests.chaos.redis import ReplicatedRedis
from tests.stories.faults import AT_DATABRICKS, AT_SLACK, storm
from tests.stories.world import World


@dataclass
class Troubles:
    """Makes them."""

    world: World
    plan: Plan
    processes: Processes
    redis: ReplicatedRedis

    def __post_init__(self) -> None:
        """Draw all moments from one seed."""
        self._chance = random.Random(self.plan.seed + 1)  # noqa: S311 - the same in every run

    async def act(self) -> None:
        """Let everything fail that is planned, spread over the time in which people ask."""
        self._begin_faults()
        plan = self.plan
        await asyncio.gather(
            self._now_and_then(plan.kills, self._kill),
            self._now_and_then(max(plan.kills // 2, 1), self._drop_sockets),
            self._now_and_then(plan.questions // 10, self._redeliver),
            self._in_turn(),
        )
        self.world.slack.faults.clear()
        self.world.databricks.faults.clear()

    def _begin_faults(self) -> None:
        quick: Callable[[Fault], bool] = lambda each: not each.bomb and each.delay + each.slow <= 1.0  # noqa: E731
        for fault in storm(tuple(filter(quick, AT_DATABRICKS)), FAULTS_AT_DATABRICKS):
            self.world.databricks.faults.add(fault)
        for fault in storm(AT_SLACK, FAULTS_AT_SLACK, "/api/*"):
            self.world.slack.faults.add(fault)

    async def _now_and_then(self, times: int, fail: Callable[[], Awaitable[None]]) -> None:
        """Do something so many times, at moments that are spread over the whole time."""
        for _ in range(times):
            await asyncio.sleep(self._chance.uniform(0.5, 1.5) * self.plan.asking_seconds / (times + 1))
            await fail()

    async def _in_turn(self) -> None:
        """Restart Redis and fail it over, one after the other."""
        kinds = [self.redis.restart] * self.plan.restarts + [self.redis.fail_over] * self.plan.failovers
        self._chance.shuffle(kinds)
        for fail in kinds:
            await asyncio.sleep(self.plan.asking_seconds / (len(kinds) + 1))
            await fail()

    async def _kill(self) -> None:
        await self.processes.kill(self._chance.randrange(self.plan.processes))

    async def _drop_sockets(self) -> None:
        self.world.slack.socket.drop()

    async def _redeliver(self) -> None:
        """Send an event again that was taken: Slack promises "at least once"."""
        events = [each for each in self.world.slack.deliveries if each.kind == "events_api"]
        if events:
            self.world.slack._platform.outbox.event(dict(self._chance.choice(events[-20:]).payload))
