"""How old a cohort is in each row, under a name that does not say so: n, age, period_offset."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from genie.model import Cell
from render.columns import time_names
from render.columns.evidence.sample import Sample
from render.columns.kinds import WHOLE_TYPES, Kind
from render.columns.reading import ColumnReading, Role, Source
from render.columns.units import titled

_FEWEST_COHORTS, _FEWEST_AGES = 3, 3


def with_ages(samples: Sequence[Sample], columns: Sequence[ColumnReading]) -> list[ColumnReading]:
    """Tell ages from measures: those of each cohort are counted up from 0 or 1, and each is there once."""
    read = list(columns)
    measured = [at for at, column in enumerate(columns) if column.role is Role.MEASURE]
    for key, sample in enumerate(samples):
        if not time_names.COHORT.among(sample.names) or len(measured) < 2:  # noqa: PLR2004 (age and measure)
            continue
        age = next((at for at in measured if _are_ages(samples[at], sample.cells)), None)
        if age is not None and key != age:
            ages = sorted({int(value) for value in samples[age].values})
            read[age] = replace(
                columns[age],
                role=Role.ORDERED,
                kind=Kind.CATEGORY,
                titled=titled(columns[age].column.name, Kind.CATEGORY),
                known_from=Source.VALUES,
                in_order=tuple(map(str, ages)),
            )
    return read


def _are_ages(sample: Sample, cohorts: Sequence[Cell]) -> bool:
    if sample.type_name not in WHOLE_TYPES or sample.query.adds is not None:
        return False
    ages: dict[Cell, list[int]] = defaultdict(list)
    for cohort, cell in zip(cohorts, sample.cells, strict=True):
        if cell is None:
            return False
        ages[cohort].append(int(cell))
    known = sorted(set().union(*ages.values()))
    if len(ages) < _FEWEST_COHORTS or len(known) < _FEWEST_AGES or known[0] not in {0, 1}:
        return False
    return known == list(range(known[0], known[-1] + 1)) and all(
        len(each) == len(set(each)) and min(each) == known[0] for each in ages.values()
    )
