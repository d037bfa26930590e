"""The one rule for what may be added up over what; in doubt nothing is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, permutations

from genie.model import Cell
from render.columns import names
from render.columns.evidence.sample import Sample
from render.columns.kinds import Kind
from render.columns.names import Words, name_words
from render.columns.reading import AMOUNTS, Adds, ColumnReading, Role, Source
from render.sql.model import Operation

_NEVER: tuple[Words, ...] = (
    *(names.AVERAGE, names.RATE, names.CUMULATIVE, names.DISTINCT, names.RANKING),
    *(names.TARGET, names.EARLIER, names.CHANGE, names.PERCENT, names.SHARE),
)
_NEVER_OF_SUMS = (names.CUMULATIVE, names.DISTINCT, names.PERCENT)
"""What does not add up even when a query adds it up."""

_MAY_ADD = frozenset(
    {
        Operation.SUM,
        Operation.COUNT,
        Operation.COLUMN,
        Operation.DIFFERENCE,
        Operation.PREVIOUS,
        Operation.OTHER,
    }
)
_THINGS = frozenset({Role.IDENTIFIER, Role.CATEGORY, Role.ORDERED})
_FEWEST_PARENTS = 2
_FEWEST_STEPS = 3
_NAMES_OF_STEPS = frozenset({Role.ORDERED, Role.CATEGORY})
_FEWEST_GROUPS, _ROWS_OF_EACH = 3, 2
_FINE = 3
"""Decimals of a share: 0.0214 refunds are those of each order."""


def adds_of(sample: Sample, role: Role) -> tuple[Adds, Source]:
    """Return over what a sum of a column means something, and where that is known from."""
    query = sample.query
    if role not in {Role.MEASURE, Role.COMPARISON}:
        return Adds.NEVER, Source.TYPE
    if query.adds is None:
        return _by_name(sample), Source.NAME
    if not query.adds:
        return Adds.NEVER, Source.SQL
    sources = [word for source in query.sources for word in name_words(source)]
    if _any(_NEVER_OF_SUMS, sources):
        return Adds.NEVER, Source.SQL
    words = [*sample.names, *sources]
    held = _any((names.HOLDING, names.PEOPLE), words) and not names.MOVEMENT.among(words)
    return Adds.NOT_OVER_TIME if held else Adds.EVERYWHERE, Source.SQL


def is_of_one_moment(times: Sequence[Sample], origin: Sequence[str]) -> bool:
    """Whether rows tell what is there at one moment: taken from stock_eod, by month_end, where open."""
    words = [word for text in origin for word in name_words(text)]
    named = [set(sample.names) for sample in times]
    at_end = any({"month", "end"} <= each or {"as", "of"} <= each for each in named)
    return at_end or names.SNAPSHOT.among(words) or any(map(names.SNAPSHOT.among, map(list, named)))


def may_add(sample: Sample, column: ColumnReading) -> bool:
    """Whether nothing speaks against amounts of which nothing says that they add up."""
    return (
        column.role in AMOUNTS
        and sample.query.operation in _MAY_ADD
        and column.kind is Kind.MEASURE
        and not _any((names.AVERAGE, names.RATE, names.CUMULATIVE, names.PERCENT), sample.names)
    )


def is_difference(sample: Sample) -> bool:
    """Whether amounts are what is left of others or was there before them: no part of what is new."""
    named = {"net", "netto", "saldo", "neto", "starting", "opening"}.intersection(sample.names)
    return bool(named) or sample.query.operation is Operation.DIFFERENCE


def undoubted(samples: Sequence[Sample], columns: Sequence[ColumnReading]) -> list[ColumnReading]:
    """Keep from being added up what only a name says to add up, and the rows leave in doubt."""
    roles = {column.role for column in columns}
    things = [sample for sample, column in zip(samples, columns, strict=True) if column.role in _THINGS]
    is_tree = any(_are_parents(one, other) for one, other in permutations(things, 2))
    has_course = not roles.isdisjoint({Role.TIME, Role.ORDERED})

    def doubted(sample: Sample, column: ColumnReading) -> ColumnReading:
        if column.adds is not Adds.EVERYWHERE or column.known_from is not Source.NAME:
            return column
        if is_tree:
            return replace(column, adds=Adds.NEVER, known_from=Source.VALUES)
        is_moment = not has_course and names.COUNT.among(sample.names)
        return replace(column, adds=Adds.NOT_OVER_TIME) if is_moment else column

    return list(map(doubted, samples, columns))


def _are_parents(parents: Sample, items: Sample) -> bool:
    """Whether each row is a part of another one, which a column names: a bill of materials, accounts."""
    above, below = set(parents.cells) - {None}, set(items.cells) - {None}
    if None not in parents.cells or len(above) < _FEWEST_PARENTS or not above < below:
        return False
    pairs = set(zip(parents.cells, items.cells, strict=True))
    return all((item, parent) not in pairs for parent, item in pairs)


def counted_once(samples: Sequence[Sample], columns: Sequence[ColumnReading]) -> list[ColumnReading]:
    """Keep numbers of steps, of which each contains the next, and repeated ones from being added up."""
    keys = [sample for sample, column in zip(samples, columns, strict=True) if column.role is Role.TIME]
    steps = [
        sample for sample, column in zip(samples, columns, strict=True) if column.role in _NAMES_OF_STEPS
    ]
    return [
        replace(column, adds=Adds.NEVER, known_from=Source.VALUES)
        if column.adds is not Adds.NEVER
        and (
            any(_is_funnel(step, sample) for step in steps)
            or (column.known_from is Source.NAME and _is_repeated(sample, keys))
        )
        else column
        for sample, column in zip(samples, columns, strict=True)
    ]


def _is_funnel(steps: Sample, counts: Sample) -> bool:
    """Whether each step contains those that follow: their numbers only fall."""
    if not names.STEP.among(steps.names) or len(counts.numbers) < _FEWEST_STEPS:
        return False
    fall = all(later <= earlier for earlier, later in pairwise(counts.numbers))
    return fall and counts.is_whole and steps.distinct == len(steps.values)


def _is_repeated(sample: Sample, keys: Sequence[Sample]) -> bool:
    """Whether a value stands again in each row of its period: the size of a cohort beside its ages."""
    return any(_is_of_group(sample, key) for key in keys)


def _is_of_group(sample: Sample, key: Sample) -> bool:
    values: dict[Cell, set[Cell]] = defaultdict(set)
    for group, cell in zip(key.cells, sample.cells, strict=True):
        values[group].add(cell)
        if len(values[group]) > 1:
            return False
    several = len(set().union(*values.values())) >= _FEWEST_GROUPS
    return several and len(sample.cells) >= _ROWS_OF_EACH * len(values)


def _by_name(sample: Sample) -> Adds:
    """Judge by the name alone: only that of a flow adds up, and people may be counted in several groups."""
    words = sample.names
    if _any(_NEVER, words) or len(sample.cells) == 1:
        return Adds.NEVER
    if names.PEOPLE.among(words):
        return Adds.NEVER
    if names.HOLDING.among(words):
        return Adds.NOT_OVER_TIME
    is_fine = any(len(value.partition(".")[2]) >= _FINE for value in sample.values)
    is_part = is_fine and max(map(abs, sample.numbers), default=0) <= 1
    is_mean = not sample.is_whole and (is_part or names.COUNT.among(words))
    return Adds.EVERYWHERE if names.FLOW.among(words) and not is_mean else Adds.NEVER


def _any(meanings: Sequence[Words], words: list[str]) -> bool:
    return any(meaning.among(words) for meaning in meanings)
