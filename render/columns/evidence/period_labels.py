"""How long the period is that a text writes, and which of several periods lie within another."""

from collections.abc import Callable, Sequence
from datetime import datetime

from genie.model import Cell
from render.columns.periods import Grain, number
from render.columns.times import DATE, MONTH, QUARTER, WEEK, YEAR, parse_period

FINEST_FIRST = (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)
"""The grains that texts write."""
_WRITTEN: tuple[tuple[Callable[[str], object], Grain], ...] = (
    (QUARTER.fullmatch, Grain.QUARTER),
    (WEEK.fullmatch, Grain.WEEK),
    (YEAR.fullmatch, Grain.YEAR),
)


def written_grain(text: str) -> Grain | None:
    """Return the length of the period that a text writes: 2026, 2026-Q1, Nov 2025."""
    for is_written, grain in _WRITTEN:
        if is_written(text):
            return grain
    if MONTH.fullmatch(text) or (not text.isdecimal() and not DATE.match(text) and parse_period(text)):
        return Grain.MONTH
    return Grain.DAY if DATE.fullmatch(text) else None


def parts_of_periods(cells: Sequence[Cell], moments: Sequence[datetime | None]) -> dict[int, list[int]]:
    """Return the rows of longer periods among shorter ones, each with those that lie in it: 2026, 2026-01."""
    grains = [written_grain(cell.strip()) if cell else None for cell in cells]
    there = {grain for grain in grains if grain}
    if not moments or len(there) < 2:  # noqa: PLR2004 (all periods are as long)
        return {}
    finest = min(there, key=FINEST_FIRST.index)
    parts = {at: moment for at, moment in enumerate(moments) if moment and grains[at] is finest}
    return {
        at: [part for part, begins in parts.items() if number(begins, grain) == number(moment, grain)]
        for at, (grain, moment) in enumerate(zip(grains, moments, strict=True))
        if grain and moment and grain is not finest
    }
