"""Texts of charts: kinds, notes below the picture, alternative text."""

from collections.abc import Iterable

from render.text.locales import Locale

MOST_NAMED = 5
"""Measures that a note names."""

KINDS: dict[str, str] = {
    "bar": "Bar chart",
    "horizontal_bar": "Horizontal bar chart",
    "grouped_bar": "Grouped bar chart",
    "stacked_bar": "Stacked bar chart",
    "line": "Line chart",
    "area": "Area chart",
    "donut": "Donut chart",
    "scatter": "Scatter plot",
    "histogram": "Histogram",
    "heat_map": "Heat map",
    "number": "Number with its change",
}
"""How a description names each kind."""

LABELS: dict[str, str] = {
    "bar": "Bars",
    "horizontal_bar": "Bars",
    "grouped_bar": "Bars",
    "stacked_bar": "Stacked bars",
    "line": "Lines",
    "area": "Areas",
    "donut": "Donut",
    "scatter": "Scatter",
    "histogram": "Histogram",
    "heat_map": "Heat map",
    "number": "Big number",
    "off": "Table only",
}
"""How a menu names each kind."""

CHART = "Chart"
TOTAL = "Total"
AUTOMATIC = "Automatic chart"
GENIES = "Genie's chart"
NOT_DRAWN = "I could not draw that just now. Choose it again in a moment."

OTHER = "Other"
COUNT = "Number of rows"
SINCE_START = {each: f"{each} since start" for each in ("days", "weeks", "months", "quarters", "years")}
"""What the ages of cohorts count."""
VALUE = "Value"
"""What is measured where nothing names it."""
EMPTY = "no value"
"""What the key of a heat map calls a cell without one."""
SO_FAR = "so far"
"""What stands below a period that is not over."""
NOT_FROM_ZERO = "The scale does not begin at zero."
SUBTOTALS = "Darker bars are subtotals."
UNNAMED = "Labels such as #1 are in a script that cannot be drawn here; the table has them."


def cut(which: str, drawn: int, count: int, locale: Locale) -> str:
    """Say which bars are drawn and how many are not."""
    return f"{_kept(which, drawn, count, locale)} are not drawn."


def cut_with_sum(which: str, drawn: int, count: int, rest: str, share: str, locale: Locale) -> str:
    """Say which bars are drawn and what the others add up to."""
    part = f", {share} of the total" if share else ""
    return f"{_kept(which, drawn, count, locale)} add up to {rest}{part}."


def _kept(which: str, drawn: int, count: int, locale: Locale) -> str:
    kept = f"first {drawn}" if which == "first" else f"{drawn} {which}"
    return f"The {kept} of {locale.whole(count)}; the other {locale.whole(count - drawn)}"


def summed_up(count: int) -> str:
    """Say that the smallest ones are drawn as one."""
    return f"{OTHER} is the sum of {count} more."


def series_cut(drawn: int, count: int, name: str) -> str:
    """Say that only some series are drawn."""
    return f"The {drawn} highest of {count} in {name}."


def lines_cut(drawn: int, count: int) -> str:
    """Say that only some lines are drawn."""
    return f"The {drawn} highest of {count} lines."


def every_nth(stride: int, count: int, locale: Locale) -> str:
    """Say that a cloud of points was thinned out."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(stride % 10 if stride % 100 // 10 != 1 else 0, "th")
    return f"Every {stride}{ending} of {locale.whole(count)} points."


def beyond(count: int, edge: str, locale: Locale) -> str:
    """Say that extreme values are beyond the axis."""
    return f"{locale.whole(count)} {'value' if count == 1 else 'values'} above {edge} not drawn."


def not_drawn(names: list[str]) -> str:
    """Name the measures that are not drawn, or the first of many."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"Not drawn: {', '.join(names[:MOST_NAMED])}{more}."


def listed(names: Iterable[str]) -> str:
    """Join a few names as a sentence does."""
    first, *others = names
    *before, last = [first, *map(inside, others)]
    return f"{', '.join(before)} and {last}" if before else last


def inside(name: str) -> str:
    """Return a name as it stands within a sentence."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def found(axes: str, extremes: str) -> str:
    """Say what bars, or several lines, show."""
    return f"{axes}: {extremes}."


def one_period(axes: str, value: str) -> str:
    """Say what a line shows of which one period alone is over."""
    return f"{axes}: {value}."


def course(axes: str, first: str, last: str, growth: str) -> str:
    """Say where a line begins and ends."""
    return f"{axes}: from {first} to {last}{growth}."


def ends(high: str, low: str) -> str:
    """Name the highest value and the lowest."""
    return f"{highest(high)}, {lowest(low)}"


def highest(value: str) -> str:
    """Name the highest value."""
    return f"highest {value}"


def lowest(value: str) -> str:
    """Name the lowest value."""
    return f"lowest {value}"


def difference(size: str, *, rose: bool) -> str:
    """Say by how much a line rose or fell that began below zero."""
    return f", {'up' if rose else 'down'} by {size}"


def incomplete(rows: int, locale: Locale) -> str:
    """Say that the picture shows a part of the result."""
    return f"Drawn from the first {locale.whole(rows)} rows only."


def changed(part: float, earlier: str, locale: Locale) -> str:
    """Say by which part a number changed."""
    if abs(part) < 0.0005:  # noqa: PLR2004 (less than is written)
        return f"The same as before ({earlier})"
    parts = abs(part) * 100
    number = (f"{parts:.1f}" if parts < 100 else f"{parts:,.0f}").removesuffix(".0")  # noqa: PLR2004
    size = locale.percentage(locale.digits(number))
    arrow, word = ("▲", "more") if part > 0 else ("▼", "less")
    return f"{arrow} {size} {word} than before ({earlier})"


def changed_by_points(points: float, earlier: str, locale: Locale) -> str:
    """Say by how many percentage points a share changed."""
    if abs(points) < 0.05:  # noqa: PLR2004 (less than is written)
        return f"The same as before ({earlier})"
    arrow, word = ("▲", "more") if points > 0 else ("▼", "less")
    return f"{arrow} {locale.digits(f'{abs(points):,.1f}')} points {word} than before ({earlier})"


def changed_by(amount: str, earlier: str, *, rose: bool) -> str:
    """Say by how much a number changed that was no more than zero, of which there are no parts."""
    arrow, word = ("▲", "more") if rose else ("▼", "less")
    return f"{arrow} {amount} {word} than before ({earlier})"


def between(low: str, high: str) -> str:
    """Name the values from one to another."""
    return f"{low} to {high}"
