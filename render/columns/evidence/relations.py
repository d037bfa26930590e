"""What columns are to one another: targets and shares of a measure, currencies of amounts, metric lists."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from genie.model import Cell
from render.columns import names, time_names
from render.columns.evidence.sample import Sample
from render.columns.kinds import RATIOS, Kind
from render.columns.names import name_words
from render.columns.numbers import read_float
from render.columns.reading import ColumnReading, Role
from render.columns.units import CURRENCIES, Unit
from render.sql.model import Operation

_ROUNDED = 0.02
"""How far shares may be from their whole: they come rounded."""
_FEWEST_FIGURES = 3
_BESIDE = frozenset({Operation.PREVIOUS, Operation.CHANGE})


def is_share(sample: Sample, kind: Kind, keys: Sequence[Sample], totals: frozenset[int]) -> bool:
    """Whether percentages so named are the parts of one whole, or of one for each group of a key."""
    named = names.SHARE.among(sample.names) or names.PERCENT.among(sample.names)
    if kind not in RATIOS or not named or names.CUMULATIVE.among(sample.names):
        return False
    parts = {
        at: number
        for at, cell in enumerate(sample.cells)
        if at not in totals and (number := read_float(cell)) is not None
    }
    whole = 1.0 if kind is Kind.RATIO else 100.0
    if len(parts) < 2 or min(parts.values()) < 0:  # noqa: PLR2004 (one part is the whole)
        return False
    if abs(sum(parts.values()) - whole) <= _ROUNDED * whole:
        return True
    return any(_are_shares_of_groups(parts, key.cells, whole) for key in keys)


def _are_shares_of_groups(parts: Mapping[int, float], key: Sequence[Cell], whole: float) -> bool:
    sums: dict[Cell, float] = defaultdict(float)
    for at, part in parts.items():
        sums[key[at]] += part
    several = 1 < len(sums) <= len(parts) // 2
    return several and all(abs(each - whole) <= _ROUNDED * whole for each in sums.values())


def compared(samples: Sequence[Sample], columns: Sequence[ColumnReading]) -> dict[int, int]:
    """Return which columns are targets, earlier values or changes of which others."""
    measures = [at for at, column in enumerate(columns) if column.role in {Role.MEASURE, Role.COMPARISON}]
    comparing = {at for at in measures if _compares(samples[at])}
    comparing |= _earlier_years(samples, measures)
    comparing |= {at for at in measures if samples[at].query.compared_with in comparing}
    measured = [at for at in measures if at not in comparing]
    comparing = {at for at in comparing if _has_measure(at, samples, columns, measured)}
    if not measured:
        return {}
    kinds = [column.kind for column in columns]
    return {at: _measure_of(at, samples, kinds, measured) for at in sorted(comparing)}


def _compares(sample: Sample) -> bool:
    words, query = sample.names, sample.query
    if query.operation in _BESIDE:
        return True
    if names.TARGET.among(words) or _names_earlier(words):
        return True
    alone = names.AVERAGE.among(words) or not _CHANGES_OF_STOCK.isdisjoint(words)
    return names.CHANGE.among(words) and not alone


def _names_earlier(words: list[str]) -> bool:
    """Whether a value is that of an earlier period: last year's, not the last touch nor the last price."""
    if _FROM.intersection(words):
        return False
    periods = (time_names.YEAR, time_names.QUARTER, time_names.MONTH, time_names.WEEK, time_names.PERIOD)
    is_last = not _LAST.isdisjoint(words) and any(period.among(words) for period in periods)
    return is_last or names.EARLIER.among(words)


def _has_measure(
    at: int, samples: Sequence[Sample], columns: Sequence[ColumnReading], measured: Sequence[int]
) -> bool:
    """Whether a target has a measure: planned kilometres beside a number of stops are one themselves."""
    words = {word for word in samples[at].names if not names.TARGET.has(word)}
    if not names.TARGET.among(samples[at].names) or not words:
        return bool(measured)
    alone = len(measured) == 1 and columns[measured[0]].unit.name == columns[at].unit.name
    return alone or any(
        words.intersection(samples[other].names) or names.CURRENT.among(samples[other].names)
        for other in measured
    )


_LAST = frozenset({"last", "before", "earlier"})
_FROM = frozenset({"from", "since"})
_CHANGES_OF_STOCK = frozenset({"net", "stock", "inventory", "netto"})
"""What changes by what comes and goes, without another column to compare it with."""


def is_previous(sample: Sample, measure: Sample) -> bool:
    """Whether what compares with a measure is an earlier value of it: no target and no change."""
    words, operation = sample.names, sample.query.operation
    if operation in {Operation.PREVIOUS, Operation.CHANGE, Operation.DIFFERENCE}:
        return operation is Operation.PREVIOUS
    is_other = names.TARGET.among(words) or names.CHANGE.among(words)
    return not is_other and not set(words).isdisjoint(measure.names)


def _earlier_years(samples: Sequence[Sample], measures: Sequence[int]) -> set[int]:
    """Return the columns of which another one has the same name with a later year: revenue_2025."""
    years: dict[tuple[str, ...], dict[int, int]] = {}
    for at in measures:
        found = names.YEAR_IN_NAME.findall(samples[at].column.name)
        if len(found) == 1 and samples[at].names:
            years.setdefault(tuple(samples[at].names), {})[at] = int(found[0])
    return {at for each in years.values() for at, year in each.items() if year < max(each.values())}


def _measure_of(at: int, samples: Sequence[Sample], kinds: Sequence[Kind], measured: Sequence[int]) -> int:
    """Return the measure that a comparison belongs to: as the query says, else the one named most alike."""
    told = samples[at].query.compared_with
    if told in measured and told is not None:
        return told
    words = set(samples[at].names)

    def alike(other: int) -> tuple[int, bool, bool, int]:
        named, is_part = samples[other].names, kinds[other] in RATIOS
        shared = len(words.intersection(named)) + (samples[other].column.name in samples[at].column.name)
        return shared, names.CURRENT.among(named), is_part == (kinds[at] in RATIOS), -other

    return max(measured, key=alike)


def currencies_of(
    samples: Sequence[Sample], columns: Sequence[ColumnReading], adding: Sequence[int]
) -> int | None:
    """Return the column that says in which of several currencies the amounts of a row are."""
    measured = (at for at, column in enumerate(columns) if column.role is Role.MEASURE)
    amounts = (at for at in measured if at in adding or names.MONEY.among(samples[at].names))
    if not any(in_row_currency(samples[at], columns[at].unit) for at in amounts):
        return None
    for at, sample in enumerate(samples):
        if columns[at].role in {Role.CATEGORY, Role.IDENTIFIER} and _are_currencies(sample):
            return at
    return None


def _are_currencies(sample: Sample) -> bool:
    codes = {value.strip().upper() for value in sample.values}
    if len(codes) < 2 or not sample.is_text:  # noqa: PLR2004 (one currency is none to tell apart)
        return False
    return codes <= CURRENCIES or (
        names.CURRENCY.among(sample.names) and all(len(code) <= 3 for code in codes)  # noqa: PLR2004
    )


def in_row_currency(sample: Sample, unit: Unit) -> bool:
    """Whether an amount may be in the currency that its row names: not a count, nor one named by its unit."""
    if sample.query.operation in {Operation.COUNT, Operation.COUNT_DISTINCT}:
        return False
    words = [*sample.names, *(word for source in sample.query.sources for word in name_words(source))]
    return unit.name == "" and (names.MONEY.among(words) or not sample.is_whole)


def is_metric_list(samples: Sequence[Sample], roles: Sequence[Role]) -> bool:
    """Whether each row is another figure: a column of their names beside one of their values."""
    amounts = [at for at, role in enumerate(roles) if role in {Role.MEASURE, Role.SHARE}]
    labels = [sample for sample, role in zip(samples, roles, strict=True) if role is Role.CATEGORY]
    if len(amounts) != 1 or not labels:
        return False
    named = labels[0]
    if len(named.cells) < 2 or named.distinct < len(named.values):  # noqa: PLR2004
        return False
    if names.METRIC.among(named.names):
        return True
    return names.VALUE.among(samples[amounts[0]].names) and _names_figures(named.values)


def _names_figures(labels: Sequence[str]) -> bool:
    """Whether labels name figures that have nothing to do with one another: Revenue, Conversion rate."""
    words = [name_words(label) for label in labels]
    rates = [each for each in words if names.RATE.among(each) or names.AVERAGE.among(each)]
    flows = [each for each in words if names.FLOW.among(each) and each not in rates]
    return len(words) >= _FEWEST_FIGURES and bool(rates) and bool(flows)
