"""Columns that are one measure at numbered ages of a cohort: m0, m1, m2; retention_w1, retention_w2."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from render.columns import time_names
from render.columns.evidence.kind import kind_of
from render.columns.evidence.sample import Sample
from render.columns.reading import AMOUNTS, ColumnReading, Role, Steps
from render.sql.model import Operation

_NUMBERED = re.compile(r"(?:(.*?)[_ ])??([a-z]+)[_ ]?(\d{1,3})(?:[_ ](\D*))?")
_FEWEST = 3
_AGES = frozenset({"sem", "semester", "semesters", "term", "dev", "age", "period", "n"})
_OF_ONE = frozenset({Operation.COLUMN, Operation.SUM, Operation.AVERAGE, Operation.MIN, Operation.MAX})
"""What has the name of the column that it is made of."""
_LETTERS = {"q": "quarters", "m": "months", "w": "weeks", "d": "days", "y": "years"}
_WORDS = (
    (time_names.QUARTER, "quarters"),
    (time_names.MONTH, "months"),
    (time_names.WEEK, "weeks"),
    (time_names.DAY, "days"),
    (time_names.YEAR, "years"),
)


def steps_of(samples: Sequence[Sample], columns: Sequence[ColumnReading]) -> Steps | None:
    """Return the ages of a table of cohorts, which are rows; other numbers in names are those of things."""
    key = next((at for at, column in enumerate(columns) if column.role not in AMOUNTS), None)
    if key is None or samples[key].distinct < len(samples[key].cells):
        return None
    is_cohort = time_names.COHORT.among(samples[key].names)
    if columns[key].role is not Role.TIME and not is_cohort:
        return None
    series: dict[tuple[str, str, str], dict[int, int]] = defaultdict(dict)
    for at, (sample, column) in enumerate(zip(samples, columns, strict=True)):
        found = _NUMBERED.fullmatch(sample.column.name.lower()) if column.role in AMOUNTS else None
        if found:
            series[found[1] or "", found[2], found[4] or ""][int(found[3])] = at
    for (before, unit, after), places in series.items():
        ages, of = list(places), list(places.values())
        if len(ages) >= _FEWEST and ages == sorted(ages) and _since(unit, is_cohort=is_cohort):
            return _steps(samples, of, ages, _since(unit, is_cohort=is_cohort), f"{before} {after}".strip())
    return None


def _since(unit: str, *, is_cohort: bool) -> str:
    """Return what the ages count, nothing for percentiles, priorities and the like."""
    counted = _LETTERS.get(unit) or next((many for words, many in _WORDS if words.has(unit)), "")
    return counted or (unit if is_cohort or unit in _AGES else "")


def _steps(
    samples: Sequence[Sample], places: Sequence[int], ages: Sequence[int], since: str, name: str
) -> Steps:
    queries = [samples[at].query for at in places]
    made_of = {query.sources[:1] if query.operation in _OF_ONE else () for query in queries}
    source = next(iter(made_of))[0] if len(made_of) == 1 and () not in made_of else ""
    column = replace(samples[places[0]].column, name=name or source)
    cells = [cell for at in places for cell in samples[at].cells]
    whole = Sample(column, replace(samples[places[0]].query, name=column.name), cells)
    return Steps(tuple(places), tuple(ages), since, column.name, kind_of(whole, Role.MEASURE, None))
