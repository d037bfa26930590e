"""What changed in a watched result, in the parts of one sentence.

Names, values and moments are safe mrkdwn.
"""

from collections.abc import Sequence

UNCHANGED = "unchanged"
OTHER_ORDER = "the same rows in another order"


def closed(sentence: str) -> str:
    """End a sentence."""
    return f"{sentence}."


def joined(parts: Sequence[str]) -> str:
    """Make one sentence of its parts."""
    return "; ".join(parts)


def is_now(name: str, value: str, moved: str, since: str) -> str:
    """Say the value of a single row, and how it changed."""
    return _since(f"{name} {_is(name)} {value}", moved, since)


def adds_up(name: str, value: str, moved: str, since: str, rows: str) -> str:
    """Say what a column adds up to; `rows` counts them where the query left others out."""
    among = f" in these {rows} rows" if rows else ""
    adds = "add" if _is(name) == "are" else "adds"
    return _since(f"{name} {adds} up to {value}{among}", moved, since)


def next_sum(name: str, value: str, moved: str) -> str:
    """Say one more sum."""
    return f"{name} {value}, {moved}" if moved else f"{name} {value}"


def moved(by: str, part: str, *, up: bool) -> str:
    """Say by how much a value changed; `part` is the same in percent, where that makes sense."""
    said = f"{'up' if up else 'down'} {by}"
    return f"{said} ({part})" if part else said


def first(rows: str, since: str) -> str:
    """Begin a sentence with what became of the rows."""
    return _from(f"{rows[0].upper()}{rows[1:]}", since)


def rows_now(number: str, count: int) -> str:
    """Count the rows at the first look."""
    return f"{number} row{'' if count == 1 else 's'}" if count else "there are no rows"


def rows_more(number: str, total: str, more: int) -> str:
    """Say how many rows came or went."""
    return f"{number} row{'' if abs(more) == 1 else 's'} {'more' if more > 0 else 'fewer'} ({total} now)"


def other_values(number: str, count: int) -> str:
    """Say that there are as many rows, and that they are others."""
    return "the row has other values" if count == 1 else f"{number} rows as before, with other values"


def same_rows(number: str, count: int) -> str:
    """Say that no row changed."""
    if not count:
        return "still no rows"
    return "the row is the same" if count == 1 else f"the {number} rows are the same"


def only_compared(number: str) -> str:
    """Say that there are rows that nobody compared."""
    return f"there are more rows than the {number} that I compared"


def crossed(name: str, value: str, limit: str, moved: str, since: str, *, above: bool) -> str:
    """Say that the value of a single row is beyond a limit now."""
    told = _since(f"{name} {_is(name)} {value}", moved, since)
    return f"{told}{', and' if moved else ','} now {_side(above=above)} {limit}"


def row_crossed(label: str, name: str, value: str, limit: str, rows: str, *, above: bool) -> str:
    """Say which row is beyond a limit now, and how many are."""
    others = f"; {rows} rows are" if rows else ""
    at = f"{label}: " if label else ""
    return f"{at}{name} {_is(name)} {value}, now {_side(above=above)} {limit}{others}"


def column_gone(name: str, limit: str, *, above: bool) -> str:
    """Say that a condition cannot be met any more."""
    return (
        f"The result has no column of numbers called {name} any more, so I cannot tell when it gets "
        f"{_side(above=above)} {limit}. Stop this watch, and watch a new answer."
    )


def _side(*, above: bool) -> str:
    return "above" if above else "below"


def _is(name: str) -> str:
    """Choose the verb for what a column is called: Orders are, Revenue is."""
    last = name.partition(" (")[0].lower()
    return "are" if last.endswith("s") and not last.endswith(("ss", "us", "is")) else "is"


def _since(said: str, moved: str, since: str) -> str:
    return _from(f"{said}, {moved}", since) if moved else said


def _from(said: str, since: str) -> str:
    return f"{said} since {since}" if since else said
