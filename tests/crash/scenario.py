"""A scenario: what people do, in which company, and from when on processes die."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from tests.crash.stage import Stage

Acts = Callable[[Stage], AsyncIterator[None]]
"""What people do; processes die from its only `yield` on."""


@dataclass(frozen=True)
class Scenario:
    """What people do, and in which company."""

    name: str
    acts: Acts
    settings: dict[str, Any]


SCENARIOS: list[Scenario] = []


def scenario(**settings: Any) -> Callable[[Acts], Acts]:
    """Add a scenario; charts, which take time, are off unless `settings` say otherwise."""

    def add(acts: Acts) -> Acts:
        name = acts.__name__.strip("_").replace("_", " ")
        SCENARIOS.append(Scenario(name, acts, {"CHARTS": "off"} | settings))
        return acts

    return add
