"""Print what holds of the corpus: `python -m tests.results`, with `-v` for each mistake."""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from render.columns.reading import Adds
from render.columns.units import Dimension
from tests.results.corpus import FOLDER, Case, load
from tests.results.forbidden import violations
from tests.results.said import Said, say


@dataclass
class Score:
    """How often the reading is right, and each mistake in words."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    mistakes: list[str] = field(default_factory=list)

    def note(self, fact: str, case: Case, what: str, *, right: bool) -> None:
        """Count one fact."""
        self.asked[fact] += 1
        self.right[fact] += right
        if not right:
            self.mistakes.append(f"{fact}: {case.name}: {what}")


def score(cases: list[Case], *, with_sql: bool) -> Score:
    """Read and show all cases, and compare with the truth."""
    result = Score()
    for case in cases:
        said = say(case, with_sql=with_sql)
        for fact, what, right in _facts(case, said, with_sql=with_sql):
            result.note(fact, case, what, right=right)
        found = violations(case, said)
        result.note("nothing forbidden", case, "; ".join(found), right=not found)
    return result


def _facts(case: Case, said: Said, *, with_sql: bool) -> Iterator[tuple[str, str, bool]]:
    for column, truth, read in zip(case.table.columns, case.columns, said.reading.columns, strict=True):
        name = f"{column.name} is {read.role}, not {'/'.join(sorted(truth.roles))}"
        yield "roles", name, read.role.value in truth.roles
        wrong = read.adds is Adds.EVERYWHERE and "all" not in truth.adds
        over = read.adds is Adds.NOT_OVER_TIME and truth.adds == {"no"}
        right = not truth.is_measured or not (wrong or over)
        yield "never wrongly adds up", f"{column.name}: {read.adds}, not {set(truth.adds)}", right
        if truth.is_measured and truth.units and read.is_amount:
            unit = _UNITS.get(read.unit.dimension, read.unit.dimension.value)
            yield "units", f"{column.name}: {unit}, not {'/'.join(sorted(truth.units))}", unit in truth.units
        if "time" in truth.roles and read.role == "time" and read.grain:
            yield "grains", f"{column.name}: {read.grain}", read.grain.value in truth.grains
    reading = said.reading
    yield "totals", f"{sorted(reading.totals)}, not {sorted(case.totals)}", reading.totals == case.totals
    yield (
        "unfinished",
        f"{sorted(reading.unfinished)}, not {sorted(case.unfinished)}",
        reading.unfinished == case.unfinished,
    )
    if with_sql:
        yield "order", f"{reading.order}, not {case.order}", reading.order == case.order
    yield "currencies", f"{reading.currencies}, not {case.currencies}", reading.currencies == case.currencies


_UNITS = {Dimension.FRACTION: "percent", Dimension.OTHER: "none"}
"""What the corpus calls them."""


def main() -> None:
    """Print a table for the cases at hand and for those that were held out."""
    for title, folder in (("corpus", FOLDER), ("held out", FOLDER / "held_out")):
        cases = load(folder)
        for with_sql in (True, False):
            result = score(cases, with_sql=with_sql)
            print(f"{title}: {len(cases)} cases, {'with' if with_sql else 'without'} SQL")  # noqa: T201
            for fact, asked in result.asked.items():
                right = result.right[fact]
                print(f"  {fact:<24} {right:5} of {asked:5}  {right / asked:7.2%}")  # noqa: T201
            if "-v" in sys.argv:
                print(*(f"    {mistake}" for mistake in result.mistakes), sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
