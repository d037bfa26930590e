"""Names that the query contradicts: an average called a total, a sum called an average."""

from render.columns import names
from render.columns.evidence.sample import Sample
from render.columns.names import Words, name_words
from render.sql.model import Operation

_OF_ROWS = frozenset({Operation.MOVING, Operation.REPEATED})
_ONE_OF_MANY = frozenset({Operation.MEDIAN, Operation.MIN, Operation.MAX})
_NO_SUM = _ONE_OF_MANY | {Operation.AVERAGE, Operation.SPREAD, Operation.RATIO}
_NO_AVERAGE = _ONE_OF_MANY | {Operation.SUM, Operation.COUNT, Operation.COUNT_DISTINCT}
_NO_TOTAL = (names.AVERAGE, names.PERCENT, names.SHARE, names.words_of("rate ratio"))
"""What a name says beside "total" that is none: the share of a total, an average of totals."""


def made_otherwise(sample: Sample) -> Operation | None:
    """Return how the values are made where the name says otherwise; a value handed on says nothing."""
    words, query = sample.names, sample.query
    made = query.aggregate if query.operation in _OF_ROWS and query.aggregate else query.operation
    if names.SUMMED.among(words) and not any(each.among(words) for each in _NO_TOTAL):
        is_other = made in _NO_SUM and (made is Operation.AVERAGE or not _handed_on(sample, names.SUMMED))
    else:
        averaged = names.AVERAGED.among(words)
        is_other = averaged and made in _NO_AVERAGE and not _handed_on(sample, names.AVERAGED)
    return made if is_other else None


def _handed_on(sample: Sample, claim: Words) -> bool:
    """Whether the column that the values come from is called the same: the one value of a group, pivoted."""
    return any(claim.among(name_words(source)) for source in sample.query.sources)
