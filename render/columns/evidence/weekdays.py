"""Which day of the week a number is: only the query tells."""

from render.columns.evidence.sample import Sample

_WEEK = 7


def monday_of(sample: Sample) -> int | None:
    """Return the number of a Monday, if the query numbers the days of the week and all values are such."""
    numbers = sample.numbers
    is_week = bool(numbers) and sample.is_whole and max(numbers) - min(numbers) < _WEEK
    return sample.query.monday if is_week and len(numbers) == len(sample.values) else None
