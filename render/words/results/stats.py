"""Sentences about computed figures, without markup; names and labels are data.

As in `render.words`: short, plain. Each figure says what it is about, so that no sentence promises more.
"""

from collections.abc import Sequence

from render.text.locales import Locale
from render.words.results import caveats

CUT = "The result is not complete, so these figures are about the rows that I could read."
LIMITED = "The query gives only a part of its rows, so these totals are not those of everything."


def counted(rows: int, total: int, columns: int, locale: Locale) -> str:
    """Say what was computed."""
    several = f"row{'' if rows == 1 else 's'}, {locale.whole(columns)} column{'' if columns == 1 else 's'}"
    said = f"{locale.whole(rows)} {several}"
    return f"{said}: the first {locale.whole(rows)} of {locale.whole(total)} rows" if total > rows else said


def basics(values: str, total: str, mean: str, median: str, over: str) -> str:
    """Say the total, the mean and what is usual, as far as there are any; `over` values are complete."""
    added = f"Total {total} in {values} values" if total else f"{values} values"
    usual = f"mean {mean}, median {median}" if mean else f"median {median}"
    if not median:
        return f"{added}."
    return f"{added}; {usual} of the {over} complete ones." if over else f"{added}, {usual}."


def single(value: str, label: str) -> str:
    """Say the only value; `label` is empty where nothing names it."""
    return f"One value: {value} ({label})." if label else f"One value: {value}."


def of_row(label: str, value: str) -> str:
    """Say what a row of totals has, which is not the sum of the others."""
    return f"The row {label} has {value}."


def in_period(period: str, total: str, values: str) -> str:
    """Say a total of what is not added up over time."""
    return f"Total for {period}: {total} in {values} values."


def alike(value: str) -> str:
    """Say that all values are the same."""
    return f"All are {value}."


def spread(low: str, low_label: str, high: str, high_label: str) -> str:
    """Say between which values all lie."""
    return f"From {low} ({low_label}) to {high} ({high_label})."


def shares(label: str, largest: str, groups: str, few: str, together: str) -> str:
    """Say how a total is spread; `few` is empty where the largest groups tell nothing."""
    said = f"{label} has the largest share: {largest} of this total, in {groups} groups."
    return f"{said} The largest {few} have {together}." if few else said


def trend(step: str, *, rises: bool, period: str, first: str, last: str) -> str:
    """Say that the data leave no doubt about a direction."""
    return f"{'Rises' if rises else 'Falls'} by about {step} a {period or 'step'} from {first} to {last}."


def no_trend(periods: str, first: str, last: str) -> str:
    """Say that there may be a direction, or chance."""
    return f"No clear trend in the {periods} periods from {first} to {last}."


def change(now_label: str, then_label: str, how_much: str, now: str, then: str) -> str:
    """Say how a figure changed since an earlier period."""
    return f"{now_label} against {then_label}: {how_much}, from {then} to {now}."


def points(difference: str) -> str:
    """Say a difference of percentages."""
    return f"{difference} percentage points"


def extremes(best: str, worst: str, high: str, low: str) -> str:
    """Say which periods stand out, when each is a sum of several rows."""
    return f"Highest period: {best} with {high}. Lowest: {worst} with {low}."


def streak(steps: int, locale: Locale) -> str:
    """Say that it went one way several times in a row."""
    return (
        f"Has {'risen' if steps > 0 else 'fallen'} {locale.whole(abs(steps))} times in a row up to the end."
    )


def unusual(found: Sequence[tuple[str, str]]) -> str:
    """Name the values that are far from the others."""
    return "Far from the others: " + "; ".join(f"{label} with {value}" for label, value in found) + "."


def rest(label: str) -> str:
    """Say that a row has no name of its own."""
    return f"{label} is all the rest: totals and shares count it, nothing is compared with it."


def unfinished(periods: Sequence[str]) -> str:
    """Say which periods are not over, where others are."""
    those = "it" if len(periods) == 1 else "them"
    return f"{caveats.unfinished(periods)} Figures leave {those} out, apart from totals of all rows."


def gaps(number: int, period: str, locale: Locale) -> str:
    """Say that some periods have no value."""
    several = f"{period} in between has" if number == 1 else f"{period}s in between have"
    return f"{locale.whole(number)} {several} no value."


def unread(number: int, locale: Locale) -> str:
    """Say that some values are no numbers."""
    values = "value is no number and is" if number == 1 else "values are no numbers and are"
    return f"{locale.whole(number)} {values} left out."


def missing(columns: Sequence[tuple[str, str]], others: int) -> str:
    """Name the columns in which values are missing."""
    named = ", ".join(f"{name} ({number})" for name, number in columns)
    return f"Missing values: {named}{f' and {others:,} more columns' if others else ''}."


def not_described(names: Sequence[str], others: int) -> str:
    """Name the columns of amounts for which there was no room."""
    return f"Not described: {', '.join(names)}{f' and {others:,} more' if others else ''}."


def row(number: str) -> str:
    """Name a row that has no other name."""
    return f"row {number}"


def of_currency(name: str, currency: str) -> str:
    """Name the amounts of one of several currencies."""
    return f"{name} ({currency})"
