"""How the values of a column are written, from its type, its name and its values."""

from statistics import median

from render.columns import names
from render.columns.evidence.sample import Sample
from render.columns.evidence.time_column import TimeForm, names_a_time
from render.columns.kinds import WHOLE_TYPES, Kind
from render.columns.reading import AMOUNTS, Role
from render.sql.model import Operation

_FARTHEST = 180
"""Degrees of longitude; a "lat" beyond is a latency."""
_ROUNDED = 0.02
"""How far shares may be from their whole: they come rounded."""
_NO_DOUBT = 2.0
"""Above, a "percent" is one of a hundred: 1.4 may be 140 %."""
_LARGEST_FRACTION = 10
"""A rise to the elevenfold may be 1000 %; what was multiplied out of sight is no fraction."""
_NO_PERCENTAGE = frozenset({"nps", "enps", "per"})
_FINE = 3
"""Decimals that percentages hardly ever have: 0.123 is a fraction, 0.4 may be either."""
_RATIOS = frozenset({Operation.RATIO, Operation.SHARE, Operation.CHANGE})
_SUMMED = frozenset({Operation.SUM, Operation.COUNT, Operation.COUNT_DISTINCT})
_HUNDRED = 100


def kind_of(sample: Sample, role: Role, form: TimeForm | None) -> Kind:
    """Return how the values of a column that is this are written."""
    if sample.type_name == "BOOLEAN":
        return Kind.BOOLEAN
    if role is Role.TIME and form:
        return form.kind
    if role is Role.TEXT:
        return Kind.TEXT
    if role is Role.IDENTIFIER:
        return Kind.IDENTIFIER
    if sample.is_number:
        return _number_kind(sample) if role in AMOUNTS else _position_kind(sample)
    is_place = names.PLACE.among([name for name in sample.names if name not in {"name", "names"}][-1:])
    return Kind.GEOGRAPHY if is_place and sample.values else Kind.CATEGORY


def _position_kind(sample: Sample) -> Kind:
    """Write the position in a calendar as one, any other number that is a name as a name."""
    return (
        Kind.TIME if names_a_time(sample) and sample.query.operation is not Operation.RANK else Kind.CATEGORY
    )


def _number_kind(sample: Sample) -> Kind:
    if is_coordinate(sample):
        return Kind.COORDINATE
    return _percentage(sample) or Kind.MEASURE


def is_coordinate(sample: Sample) -> bool:
    """Whether these are latitudes or longitudes."""
    named = sample.names[-1:] in (["lat"], ["latitude"], ["lon"], ["lng"], ["longitude"])
    return (
        named
        and not sample.is_whole
        and not names.FLOW.among(sample.names)
        and all(abs(number) <= _FARTHEST for number in sample.numbers)
    )


def _percentage(sample: Sample) -> Kind | None:
    """Return RATIO or PERCENT only where the query, or name and values, leave no doubt."""
    words, numbers, query = sample.names, [abs(number) for number in sample.numbers], sample.query
    if not numbers or names.NO_PART.among(words) or query.operation in _SUMMED:
        return None
    is_percent = names.PERCENT.among(words)
    if query.operation in _RATIOS and query.scale == _HUNDRED:
        return Kind.PERCENT if is_percent or _NO_PERCENTAGE.isdisjoint(words) else None
    is_share = is_percent or names.SHARE.among(words)
    if not is_share and (names.FLOW.among(words[-1:]) or "per" in words):
        return None
    largest, whole = max(numbers), sample.type_name in WHOLE_TYPES
    is_part = is_percent or names.PART.among(words) or names.SHARE.among(words)
    is_fraction = query.operation in _RATIOS and query.scale == 1 and largest <= _LARGEST_FRACTION
    if is_fraction and (is_part or names.CHANGE.among(words)):
        return Kind.RATIO
    if is_percent:
        return _named_percent(sample, largest, whole=whole)
    if names.CHANGE.among(words):
        return None
    if not whole and (
        (largest <= 1 and _ends_as_fraction(words)) or (is_part and _are_mostly_below_one(numbers))
    ):
        return Kind.RATIO
    return Kind.PERCENT if is_part and _NO_DOUBT < largest <= _HUNDRED else None


def _ends_as_fraction(words: list[str]) -> bool:
    factor = words[-2:] in (["load", "factor"], ["capacity", "factor"])
    return factor or words[-1:] in (["rate"], ["ratio"], ["fraction"])


def _are_mostly_below_one(numbers: list[float]) -> bool:
    """Whether these are fractions, of which some may be above one: a loss ratio, an attainment."""
    return max(numbers) <= _NO_DOUBT and median(numbers) <= 1


def _named_percent(sample: Sample, largest: float, *, whole: bool) -> Kind | None:
    if largest > _NO_DOUBT or whole:
        return Kind.PERCENT
    adds_up = len(sample.numbers) > 1 and abs(sum(sample.numbers) - 1) < _ROUNDED
    is_fine = largest <= 1 and any(
        len(value.partition(".")[2].rstrip("0")) >= _FINE for value in sample.values
    )
    return Kind.RATIO if adds_up or (is_fine and not names.CHANGE.among(sample.names)) else None
