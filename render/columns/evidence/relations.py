"""What columns are to one another: targets and shares of a measure, currencies of amounts, metric lists."""

from collections.abc import Sequence

from render.columns import names
from render.columns.evidence.sample import Sample
from render.columns.kinds import RATIOS, Kind
from render.columns.names import name_words
from render.columns.reading import Role
from render.columns.units import CURRENCIES, titled
from render.sql.model import Operation

_ROUNDED = 0.02
"""How far shares may be from their whole: they come rounded."""
_FEWEST_FIGURES = 3
_BESIDE = frozenset({Operation.PREVIOUS, Operation.CHANGE})


def is_share(sample: Sample, kind: Kind, totals: frozenset[int]) -> bool:
    """Whether percentages so named are the parts of one whole in this result."""
    named = names.SHARE.among(sample.names) or names.PERCENT.among(sample.names)
    if kind not in RATIOS or not named or names.CUMULATIVE.among(sample.names):
        return False
    parts = [float(cell) for at, cell in enumerate(sample.cells) if cell is not None and at not in totals]
    whole = 1.0 if kind is Kind.RATIO else 100.0
    return len(parts) > 1 and min(parts) >= 0 and abs(sum(parts) - whole) <= _ROUNDED * whole


def compared(samples: Sequence[Sample], roles: Sequence[Role]) -> dict[int, int]:
    """Return which columns are targets, earlier values or changes of which others."""
    measures = [at for at, role in enumerate(roles) if role in {Role.MEASURE, Role.COMPARISON}]
    comparing = {at for at in measures if _compares(samples[at])}
    comparing |= _earlier_years(samples, measures)
    measured = [at for at in measures if at not in comparing]
    if not measured:
        return {}
    return {at: _measure_of(at, samples, measured) for at in sorted(comparing)}


def _compares(sample: Sample) -> bool:
    words, query = sample.names, sample.query
    if query.compared_with is not None or query.operation in _BESIDE:
        return True
    if names.AVERAGE.among(words) and not names.EARLIER.among(words):
        return names.TARGET.among(words)
    return any(meaning.among(words) for meaning in (names.TARGET, names.EARLIER, names.CHANGE))


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


def _measure_of(at: int, samples: Sequence[Sample], measured: Sequence[int]) -> int:
    """Return the measure that a comparison belongs to: as the query says, else the one named most alike."""
    told = samples[at].query.compared_with
    if told in measured and told is not None:
        return told
    words = set(samples[at].names)
    return max(measured, key=lambda other: (len(words & set(samples[other].names)), -abs(other - at)))


def currencies_of(samples: Sequence[Sample], roles: Sequence[Role], adding: Sequence[int]) -> int | None:
    """Return the column that says in which of several currencies the amounts of a row are."""
    amounts = [at for at in adding if in_row_currency(samples[at])]
    if not amounts:
        return None
    for at, sample in enumerate(samples):
        if roles[at] in {Role.CATEGORY, Role.IDENTIFIER} and _are_currencies(sample):
            return at
    return None


def _are_currencies(sample: Sample) -> bool:
    codes = {value.strip().upper() for value in sample.values}
    if len(codes) < 2 or not sample.is_text:  # noqa: PLR2004 (one currency is none to tell apart)
        return False
    return codes <= CURRENCIES or (
        names.CURRENCY.among(sample.names) and all(len(code) <= 3 for code in codes)  # noqa: PLR2004
    )


def in_row_currency(sample: Sample) -> bool:
    """Whether an amount may be in the currency that its row names: not a count, nor one named by its unit."""
    if sample.query.operation in {Operation.COUNT, Operation.COUNT_DISTINCT}:
        return False
    words = [*sample.names, *(word for source in sample.query.sources for word in name_words(source))]
    return titled(sample.column.name, Kind.MEASURE).unit == "" and (
        names.MONEY.among(words) or not sample.is_whole
    )


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
