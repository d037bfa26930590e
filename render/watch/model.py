"""What is kept of a watched result between two runs, and when its watch tells: never a row."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self


class When(StrEnum):
    """When a watch tells; the values are stored."""

    EACH_TIME = "each"
    CHANGED = "changed"
    """When the rows are others than the last time."""
    CROSSES = "crosses"
    """When a column gets above or below a value; again only after it went back."""


@dataclass(frozen=True, slots=True)
class Condition:
    """When a watch tells."""

    when: When = When.EACH_TIME
    column: str = field(default="", repr=False)
    """Of CROSSES: the name of a column of the result."""
    above: bool = True
    """Or else below."""
    value: str = field(default="", repr=False)
    """A number as the column has it: 0.25 where it shows 25%."""
    shown: str = field(default="", repr=False)
    """The same as the column shows it, where that differs."""

    def to_list(self) -> list[Any]:
        """Return it for JSON."""
        if not self.column:
            return [self.when]
        return [self.when, self.column, int(self.above), self.value, *([self.shown] if self.shown else [])]

    @classmethod
    def from_list(cls, stored: Sequence[Any]) -> Self:
        """Read what `to_list` returned."""
        when, *crossing = stored
        column, above, value, *shown = crossing or ("", 1, "")
        return cls(When(when), column, bool(above), value, *shown)


ALWAYS = Condition()


@dataclass(frozen=True, slots=True)
class Sum:
    """What a column of amounts adds up to, or its value in a single row."""

    mark: str
    """Tells the column from others, and does not say its name."""
    value: str = field(repr=False)
    """An exact number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What is kept of a result until the next run: keyed fingerprints, sums, and how many rows there were."""

    rows: str
    """Of the rows whatever their order."""
    order: str = ""
    """Of the rows in their order; empty where the query gives them in any."""
    count: int = 0
    cut: bool = False
    """The result has more rows, which nobody compared."""
    sums: tuple[Sum, ...] = ()
    met: bool | None = None
    """Whether the condition was met; None without one, or without its column."""
    at: int = 0
    """When, in milliseconds since 1970."""

    def to_json(self) -> str:
        """Return it as it is stored."""
        sums = [[each.mark, each.value] for each in self.sums]
        kept = [self.rows, self.order, self.count, int(self.cut), sums, self.met, self.at]
        return json.dumps(kept, separators=(",", ":"))

    @classmethod
    def from_json(cls, stored: str) -> Self:
        """Read what `to_json` returned."""
        rows, order, count, cut, sums, met, at = json.loads(stored)
        return cls(
            rows=rows,
            order=order,
            count=count,
            cut=bool(cut),
            sums=tuple(Sum(*each) for each in sums),
            met=met,
            at=at,
        )


class Crossing(StrEnum):
    """What came of a condition on a column."""

    NONE = ""
    CROSSED = "crossed"
    COLUMN_GONE = "gone"
    """The result has no such column of numbers any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be told of a run."""

    before: Baseline | None
    """None at the first look."""
    now: Baseline
    crossing: Crossing = Crossing.NONE

    @property
    def changed(self) -> bool:
        """Whether the rows are others than before."""
        return self.before is not None and differ(self.before, self.now)

    @property
    def rows_more(self) -> int:
        """How many rows more there are than before."""
        return self.now.count - self.before.count if self.before else 0

    def earlier(self, mark: str) -> str | None:
        """Return what a column added up to before; None where that is not known."""
        known = self.before.sums if self.before else ()
        return next((each.value for each in known if each.mark == mark), None)


def differ(before: Baseline, now: Baseline) -> bool:
    """Tell whether the rows are others; their order counts where it was read from the query both times."""
    if (before.rows, before.count, before.cut) != (now.rows, now.count, now.cut):
        return True
    return bool(before.order and now.order) and before.order != now.order


MORNING = 8
"""The hour at which a day's watches are due."""


def morning(quiet: tuple[int, int]) -> int:
    """Return the hour at which a day's watches are due for a person with these quiet hours."""
    begins, ends = quiet
    is_quiet = begins <= MORNING < ends if begins <= ends else not ends <= MORNING < begins
    return ends if is_quiet else MORNING


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchView:
    """A watch as people see it."""

    id: str
    question: str = field(repr=False)
    """What is watched or asked, in words."""
    asks: bool = False
    """The question is asked again; else the query of its answer runs again."""
    rhythm: str
    """The value of a rhythm."""
    hour: int = MORNING
    """At which it is due, but for an hourly one, by its owner's clock."""
    time_zone: str = ""
    """That of its owner."""
    condition: Condition = ALWAYS
    owner: str
    """Slack's id."""
    next_at: float = 0.0
    """Seconds since 1970; 0 while it is paused."""
    failed: bool = False
    """It is paused since it failed."""
    space: str = ""
    """The name of its Genie space, where there are several."""
    channel: str = ""
    """Where it tells; empty in direct messages."""
    link: str = ""
    """Leads there."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A column of numbers that may be watched for a value."""

    column: str
    """Its name in the result."""
    label: str
    in_percent: bool = False
    """It shows percentages of fractions: who says 25 means 0.25."""
