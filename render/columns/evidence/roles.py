"""What a column is for: from its query, else from its type and name, else from its values."""

import re
from itertools import pairwise
from math import isclose

from render.columns import names, time_names
from render.columns.evidence.label_order import own_order
from render.columns.evidence.sample import Sample
from render.columns.evidence.time_column import TimeForm, names_a_time
from render.columns.kinds import JSON_TYPES, WHOLE_TYPES
from render.columns.reading import Role, Source
from render.sql.model import Operation

_CODE = re.compile(
    r"[+-]?0\d+|\+\d[\d ()/-]{5,}|\d{5,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|[0-9a-f]{16,64}"
    r"|[^@\s]+@[^@\s]+\.[a-z]{2,}|\d{1,3}(?:\.\d{1,3}){3}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|/\S*", re.IGNORECASE)
_LONG_TEXT = 60
_WORDS_OF_PROSE = 2
_FEW = 40
"""Different whole numbers that may be names."""
_FEWEST_FLAGS = 5
_LONG_CODE = 11
_DIGITS_OF_ONE = 4
"""Digits of a code that each record has for itself: RMA-393448; E101 is the name of an error."""
_BIN = names.words_of("bin bins bucket buckets band bands tramo tramos intervalo tranche faixa fascia")
_OLDEST = 600
"""Periods since a start; beyond, the number is an amount or a code."""
_BY_QUERY = {
    Operation.SUM: Role.MEASURE,
    Operation.COUNT: Role.MEASURE,
    Operation.COUNT_DISTINCT: Role.MEASURE,
    Operation.AVERAGE: Role.MEASURE,
    Operation.MEDIAN: Role.MEASURE,
    Operation.SPREAD: Role.MEASURE,
    Operation.RATIO: Role.MEASURE,
    Operation.RUNNING: Role.MEASURE,
    Operation.MOVING: Role.MEASURE,
    Operation.SHARE: Role.SHARE,
    Operation.RANK: Role.RANK,
    Operation.BUCKET: Role.ORDERED,
    Operation.DATE_PART: Role.ORDERED,
    Operation.FLAG: Role.CATEGORY,
    Operation.CHANGE: Role.COMPARISON,
    Operation.LIST: Role.TEXT,
}


def role_of(sample: Sample, form: TimeForm | None) -> tuple[Role, Source]:
    """Return what a column is for, and where that is known from."""
    if sample.type_name == "BOOLEAN":
        return Role.CATEGORY, Source.TYPE
    if form:
        return Role.TIME, Source.SQL if sample.query.operation is Operation.TIME else Source.TYPE
    told = _BY_QUERY.get(sample.query.operation)
    if told and (sample.is_number or told not in {Role.MEASURE, Role.SHARE, Role.RANK, Role.COMPARISON}):
        return told, Source.SQL
    if sample.is_number:
        return _of_number(sample)
    if sample.type_name in JSON_TYPES or not sample.is_text:
        return Role.TEXT, Source.TYPE
    return _of_text(sample)


def _of_number(sample: Sample) -> tuple[Role, Source]:
    if not sample.is_whole:
        is_bin = (sample.query.is_key or _BIN.among(sample.names)) and _are_steps(sample)
        return (Role.ORDERED, Source.SQL) if is_bin else (Role.MEASURE, Source.TYPE)
    if _counts_rows_off(sample):
        return Role.RANK, Source.VALUES
    named = _named_number(sample)
    if named:
        return named, Source.NAME
    if sample.query.is_key and sample.values and sample.type_name in WHOLE_TYPES:
        return (Role.ORDERED if _is_scale(sample) else Role.CATEGORY), Source.SQL
    return Role.MEASURE, Source.TYPE


def _named_number(sample: Sample) -> Role | None:
    words = sample.names
    if any(len(value) > 1 and value[0] == "0" and value.isdecimal() for value in sample.values):
        return Role.IDENTIFIER
    if _names_an_amount(words):
        return None
    if set(sample.values) <= {"0", "1"} and (names.FLAG.among(words) or _looks_like_flag(sample)):
        return Role.CATEGORY
    if _is_position_in_time(sample) or _is_age(sample) or _is_step(words):
        return Role.ORDERED
    if names.ZIP.among(words):
        return Role.CATEGORY
    if names_code(words):
        is_few = names.NUMBERING.has(words[-1]) and not names.THING.among(words) and _is_short(sample)
        is_name = is_few or (names.NUMBERED.among(words) and (_is_short(sample) or _repeats(sample)))
        return Role.CATEGORY if is_name else Role.IDENTIFIER
    if names.ORDERED.among(words[-1:]) and _is_scale(sample):
        return Role.ORDERED
    if names.NUMBERED.among(words[-1:]):
        return Role.CATEGORY
    return Role.IDENTIFIER if _are_long_codes(sample) else None


def _are_long_codes(sample: Sample) -> bool:
    """Whether all numbers have the same many digits, as phone numbers do and amounts do not."""
    lengths = {len(value.partition(".")[0]) for value in sample.values}
    measured = any(each.among(sample.names) for each in (names.FLOW, names.MONEY, names.RATE, names.BYTES))
    return (
        len(sample.values) > 1
        and len(lengths) == 1
        and min(lengths) >= _LONG_CODE
        and not measured
        and sample.query.adds is None
    )


def _names_an_amount(words: list[str]) -> bool:
    """Whether a name counts or measures something, whatever else it says: number of stores, avg_store."""
    return (
        names.AVERAGE.among(words)
        or names.CHANGE.among(words)
        or names.EARLIER.among(words)
        or names.PERCENT.among(words)
        or names.SHARE.among(words)
        or names.FLOW.among(words[-1:])
        or words[:1] in (["total"], ["count"], ["sum"])
        or (names.NUMBERING.among(words[:1]) and "of" in words)
    )


_POSITIONS = (
    (time_names.WEEKDAY, 0, 7),
    (time_names.HOUR, 0, 24),
    (time_names.DAY, 1, 366),
    (time_names.WEEK, 0, 53),
    (time_names.MONTH, 1, 12),
    (time_names.QUARTER, 1, 4),
)


def _is_position_in_time(sample: Sample) -> bool:
    """Whether these are months of a year, hours of a day, days of a week."""
    if not sample.numbers or not names_a_time(sample):
        return False
    low, high = min(sample.numbers), max(sample.numbers)
    return any(
        words.among(sample.names) and least <= low and high <= most for words, least, most in _POSITIONS
    )


def _is_step(words: list[str]) -> bool:
    """Whether this numbers what has an order: step_no, level_nr."""
    return len(words) > 1 and names.NUMBERING.has(words[-1]) and names.ORDERED.has(words[-2])


def _looks_like_flag(sample: Sample) -> bool:
    """Whether records say yes or no with 1 and 0, and no name says that something is counted."""
    is_one = sample.query.operation in {Operation.MIN, Operation.MAX}
    is_told = (sample.query.adds is not None and not is_one) or names.FLOW.among(sample.names)
    return not is_told and sample.distinct == 2 and len(sample.values) >= _FEWEST_FLAGS  # noqa: PLR2004


def _is_age(sample: Sample) -> bool:
    """Whether this counts periods from a start: months_since_signup, dev_month, months_in_service."""
    words = sample.names
    parts = (time_names.MONTH, time_names.WEEK, time_names.DAY, time_names.YEAR, time_names.QUARTER)
    if any(part.among(words) for part in parts) and (time_names.SINCE.among(words) or names_a_time(sample)):
        return max(sample.numbers, default=0) <= _OLDEST
    counted = time_names.PERIODS.among(words)
    is_grouped = sample.query.is_key or sample.distinct < len(sample.values)
    return counted and (time_names.SINCE.among(words) or ("in" in words and is_grouped))


def names_code(words: list[str]) -> bool:
    """Whether a whole number so named is a name itself: `customer_id`, `order number`, an `account`."""
    if (
        not words
        or (names.FLOW.among(words) and not names.IDENTIFIER.has(words[-1]))
        or _PER.intersection(words)
    ):
        return len(words) == 1 and names.THING.has(words[0])
    last = words[-1]
    is_numbered = len(words) > 1 and names.NUMBERING.has(last)
    is_thing = len(words) == 1 and names.THING.has(last)
    is_code = names.CODE.has(last) and not names.NUMBERING.has(last)
    return names.IDENTIFIER.has(last) or is_numbered or is_thing or is_code


_PER = frozenset({"per", "by", "pro", "par", "por", "count", "counts", "cnt", "sum", "distinct", "amount"})


def _is_short(sample: Sample) -> bool:
    return max(sample.numbers, default=0) < 10_000  # noqa: PLR2004


def _repeats(sample: Sample) -> bool:
    return sample.distinct < len(sample.values)


def _counts_rows_off(sample: Sample) -> bool:
    """Whether the rows are numbered 1, 2, 3 under a name of a rank, or ranked with ties."""
    if not names.RANKING.among(sample.names) or names.CHANGE.among(sample.names):
        return False
    numbers, rows = sample.numbers, len(sample.cells)
    return bool(numbers) and min(numbers) >= 1 and (max(numbers) <= rows or min(numbers) == 1)


def _are_steps(sample: Sample) -> bool:
    """Whether the numbers by which rows are grouped are as far apart as bins are."""
    numbers = sorted(set(sample.numbers))
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    return len(steps) > 1 and all(isclose(step % min(steps), 0, abs_tol=1e-9) for step in steps)


def _is_scale(sample: Sample) -> bool:
    """Whether the numbers by which rows are grouped lie close together: 1 to 5 stars, 0 to 12 months."""
    low, high = min(sample.numbers, default=-1), max(sample.numbers, default=0)
    return low >= 0 and high - low < 3 * sample.distinct and high <= 120 and sample.distinct > 2  # noqa: PLR2004


def _of_text(sample: Sample) -> tuple[Role, Source]:
    values, words = sample.values, sample.names
    if not values:
        return Role.CATEGORY, Source.TYPE
    if names.ZIP.among(words):
        return Role.CATEGORY, Source.NAME
    if (names.IDENTIFIER.among(words[-1:]) or _is_coded(sample)) and not _are_names(sample):
        return Role.IDENTIFIER, Source.NAME
    if all(map(_CODE.fullmatch, values)):
        return Role.IDENTIFIER, Source.VALUES
    if _is_prose(sample):
        return Role.TEXT, Source.VALUES
    if own_order(values):
        return Role.ORDERED, Source.VALUES
    is_ordered = _names_an_order(words) and sample.distinct <= _FEW
    return (Role.ORDERED, Source.NAME) if is_ordered else (Role.CATEGORY, Source.TYPE)


def _names_an_order(words: list[str]) -> bool:
    """Whether a name ends as those of orders do: severity, priority_code, stage_name."""
    ends = (names.NUMBERING, names.CODE, names.NAMING)
    named = [word for word in words if not any(end.has(word) for end in ends)]
    return names.ORDERED.among(named[-1:])


def _is_coded(sample: Sample) -> bool:
    """Whether each row has another code or number: rma_code, not country_code."""
    words = sample.names
    if len(words) < 2:  # noqa: PLR2004 (a code of what?)
        return False
    numbered = all(sum(map(str.isdigit, value)) >= _DIGITS_OF_ONE for value in sample.values)
    return names.NUMBERING.has(words[-1]) or (names.CODE.has(words[-1]) and numbered and not _repeats(sample))


def _are_names(sample: Sample) -> bool:
    """Whether codes name groups: EUR, DE and 404 in many rows, not one for each."""
    short = max(map(len, sample.values)) <= 3  # noqa: PLR2004 (codes of currencies and countries)
    return names.CURRENCY.among(sample.names) or (short and sample.names[-1:] == ["code"])


def _is_prose(sample: Sample) -> bool:
    values = sample.values
    if sum(map(len, values)) / len(values) > _LONG_TEXT or any("\n" in value for value in values):
        return True
    if sum(1 for value in values if _ADDRESS.fullmatch(value)) * 2 > len(values):
        return True
    words = sum(value.count(" ") + 1 for value in values) / len(values)
    named = names.PROSE.among(sample.names[-1:]) and not sample.query.is_key
    return named and words >= _WORDS_OF_PROSE
