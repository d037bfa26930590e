"""The data model of computed figures, with their position in the result."""

from dataclasses import dataclass, field
from decimal import Decimal

from genie.model import Column
from render.columns.kinds import Kind
from render.columns.periods import Grain
from render.columns.reading import Adds
from render.columns.units import Titled


@dataclass(frozen=True, slots=True)
class Named:
    """A value and the row, period or group that has it."""

    label: str = field(repr=False)
    value: Decimal = field(repr=False)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of `count` values: of all or, where there is a `period`, of those of this period."""

    value: Decimal = field(repr=False)
    count: int
    period: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Share:
    """A group and its part of the whole, 0.25 for a quarter."""

    label: str = field(repr=False)
    part: Decimal = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shares:
    """How a total is spread over groups; `few` of `groups` make `together` of it, 0 if that tells nothing."""

    groups: int
    largest: Share
    few: int = 0
    together: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Change:
    """The newest whole period beside an earlier one; `part` is None where a percentage makes no sense."""

    now: Named
    then: Named
    part: Decimal | None

    @property
    def difference(self) -> Decimal:
        """How much more it is now."""
        return self.now.value - self.then.value


@dataclass(frozen=True, slots=True)
class OverTime:
    """One measure along the periods of a result, without those that are not over yet."""

    periods: int
    first: str = field(repr=False)
    last: str = field(repr=False)
    grain: Grain | None
    best: Named
    worst: Named
    slope: Decimal | None
    """By how much it grows in each period; None unless the data leave no doubt that it moves."""
    before: Change
    year_before: Change | None
    streak: int
    """Rises in a row up to the last period; negative for falls."""
    gaps: int
    """Periods between the first and the last for which there is no value."""


@dataclass(frozen=True, slots=True)
class Measure:
    """All that is computed for one column of amounts; only sums know the periods that are not over."""

    name: str = field(repr=False)
    column: Column
    kind: Kind
    titled: Titled
    """What the column is called, and its unit."""
    adds: Adds
    count: int
    compared: int
    """Values of what is over, to which all but the sums keep."""
    unread: int
    """Values that are no finite number."""
    low: Named
    high: Named
    mean: Decimal | None = field(repr=False)
    """None, as the median, where no value is usual: of two values, steps and running sums."""
    median: Decimal | None = field(repr=False)
    total: Total | None
    """None where a sum has no meaning: of ratios, averages, prices."""
    whole: Named | None
    """What the row of totals has where no sum of the others says it."""
    shares: Shares | None
    over_time: OverTime | None
    outliers: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the rows of an answer give when they are computed."""

    rows: int
    total_rows: int
    """As many as the query gave, as far as that is known."""
    cut: bool
    """There are rows that are not here, so no figure is about all of them."""
    limited: bool
    """The query left rows out."""
    columns: int
    measures: tuple[Measure, ...]
    not_described: tuple[str, ...] = field(repr=False)
    """Further columns of amounts."""
    missing: tuple[tuple[str, int], ...] = field(repr=False)
    """Columns in which values are missing, with how many."""
    totals: tuple[str, ...] = field(repr=False)
    """The labels of rows that add up others, which no figure counts."""
    unfinished: tuple[str, ...] = field(repr=False)
    """The periods that are not over."""
    rest: str = field(repr=False)
    """What all is called that has no name of its own: no figure but sums counts it."""
    finished: bool
    """There are others, which alone are compared."""
    currencies: tuple[str, ...] = field(repr=False)
    """Those of the amounts, if there are several."""
