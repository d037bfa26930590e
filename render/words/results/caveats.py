"""What to know about a result before its figures are compared: said alike by table, chart and Stats."""

from collections.abc import Sequence

MOST_NAMED = 5

TOTAL = "Total"
"""Names a row of totals that the query left without a name."""


def unfinished(periods: Sequence[str]) -> str:
    """Say which periods are not over, from the first of them to the last."""
    if len(periods) == 1:
        return f"{periods[0]} is not complete yet."
    return f"{periods[0]} to {periods[-1]} are not complete yet."


def so_far(period: str) -> str:
    """Mark a period that is not over where it names a row."""
    return f"{period} (so far)"


def totals(labels: Sequence[str]) -> str:
    """Say which rows add up others, and count those of a query with subtotals."""
    if len(labels) == 1:
        return f"The row {labels[0]} adds up others and is left out."
    return f"{len(labels)} rows add up others and are left out."


def currencies(codes: Sequence[str]) -> str:
    """Say that amounts of money are not of one kind, and name the first kinds."""
    more = f" and {len(codes) - MOST_NAMED} more" if len(codes) > MOST_NAMED else ""
    return f"Several currencies ({', '.join(codes[:MOST_NAMED])}{more}): amounts are not added up."
