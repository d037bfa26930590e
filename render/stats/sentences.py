"""Figures as sentences, for users and for the model's prompt."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from render import words
from render.columns.format import formatter
from render.columns.format_numbers import data_size
from render.columns.kinds import RATIOS, WHOLE_TYPES, Kind
from render.columns.units import BYTES
from render.stats.model import Change, Figures, Measure, OverTime
from render.text.locales import ANYWHERE, Locale

_MOST_NAMED = 6
_FEWEST_STEPS = 3
"""Rises in a row from which on they are told."""
_FEWEST_PERIODS = 6
_SMALL = Decimal("0.1")
"""Percentage points below which one decimal would show none."""
_MOST_DIGITS = 12
_LONG = 40
"""Powers of ten from which on a number is written with an exponent."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One column of amounts, or the result as a whole, in sentences: plain text that holds data."""

    name: str = field(repr=False)
    sentences: tuple[str, ...] = field(repr=False)


def paragraphs(figures: Figures, locale: Locale = ANYWHERE) -> tuple[Paragraph, ...]:
    """Say all figures as a reader writes numbers, the whole result last."""
    measures = [Paragraph(measure.name, tuple(_measure(measure, locale))) for measure in figures.measures]
    whole = tuple(_whole(figures, locale))
    return (*measures, *([Paragraph("", whole)] if whole else []))


def _whole(figures: Figures, locale: Locale) -> Iterator[str]:
    if figures.cut:
        yield words.stats.CUT
    if figures.limited and any(measure.total for measure in figures.measures):
        yield words.stats.LIMITED
    if figures.currencies:
        yield words.caveats.currencies(figures.currencies)
    if figures.totals:
        yield words.caveats.totals(figures.totals)
    if figures.rest:
        yield words.stats.rest(figures.rest)
    if figures.unfinished:
        said = words.stats.unfinished if figures.finished else words.caveats.unfinished
        yield said(figures.unfinished)
    if figures.missing:
        named = [(name, locale.whole(number)) for name, number in figures.missing[:_MOST_NAMED]]
        yield words.stats.missing(named, len(figures.missing) - len(named))
    if figures.not_described:
        names = figures.not_described
        yield words.stats.not_described(names[:_MOST_NAMED], max(0, len(names) - _MOST_NAMED))


def _measure(measure: Measure, locale: Locale) -> Iterator[str]:
    write = writer(measure, locale)
    low, high, total = measure.low, measure.high, measure.total
    if measure.compared == 1:
        yield words.stats.single(write(high.value), high.label)
    else:
        added = write(total.value) if total and not total.period else ""
        mean, median = ("" if each is None else write(each) for each in (measure.mean, measure.median))
        over = locale.whole(measure.compared) if measure.compared < measure.count else ""
        yield words.stats.basics(locale.whole(measure.count), added, mean, median, over)
        if low.value == high.value:
            yield words.stats.alike(write(high.value))
        else:
            texts = _told_apart(low.value, high.value, write, locale)
            yield words.stats.spread(texts[0], low.label, texts[1], high.label)
    if measure.whole:
        yield words.stats.of_row(measure.whole.label, write(measure.whole.value))
    if total and total.period:
        yield words.stats.in_period(total.period, write(total.value), locale.whole(total.count))
    if measure.shares:
        shares = measure.shares
        groups, few = locale.whole(shares.groups), locale.whole(shares.few) if shares.few else ""
        largest, together = (_percent(part, locale) for part in (shares.largest.part, shares.together))
        yield words.stats.shares(shares.largest.label, largest, groups, few, together)
    if measure.over_time:
        yield from _over_time(measure.over_time, measure, write, locale)
    if measure.outliers:
        yield words.stats.unusual([(named.label, write(named.value)) for named in measure.outliers])
    if measure.unread:
        yield words.stats.unread(measure.unread, locale)


def _over_time(
    time: OverTime, measure: Measure, write: Callable[[Decimal], str], locale: Locale
) -> Iterator[str]:
    # Within a day values go up and down as the day does: that is no trend.
    if time.slope and time.grain:
        step = _difference(abs(time.slope), measure.kind, write, locale)
        is_rising = time.slope > 0
        yield words.stats.trend(
            step, rises=is_rising, period=time.grain.value, first=time.first, last=time.last
        )
    elif time.periods >= _FEWEST_PERIODS and time.grain:
        yield words.stats.no_trend(locale.whole(time.periods), time.first, time.last)
    for change in filter(None, (time.before, time.year_before)):
        yield words.stats.change(
            change.now.label,
            change.then.label,
            _how_much(change, measure.kind, write, locale),
            *_told_apart(change.now.value, change.then.value, write, locale),
        )
    if (time.best.value, time.worst.value) != (measure.high.value, measure.low.value):
        yield words.stats.extremes(
            time.best.label, time.worst.label, write(time.best.value), write(time.worst.value)
        )
    if abs(time.streak) >= _FEWEST_STEPS:
        yield words.stats.streak(time.streak, locale)
    if time.gaps and time.grain:
        yield words.stats.gaps(time.gaps, time.grain.value, locale)


def _how_much(change: Change, kind: Kind, write: Callable[[Decimal], str], locale: Locale) -> str:
    """Say a change in percent or, where that is none, as a difference."""
    if kind in RATIOS:
        factor = _factor(kind)
        shown = round(change.now.value * factor, 1) - round(change.then.value * factor, 1)
        points = shown or change.difference * factor
        return f"{'+' if points > 0 else ''}{_points(points, locale)}"
    if change.part is None:
        return f"{'+' if change.difference > 0 else ''}{write(change.difference)}"
    return locale.percentage(locale.digits(f"{change.part * 100:+,.1f}"))


def _difference(difference: Decimal, kind: Kind, write: Callable[[Decimal], str], locale: Locale) -> str:
    """Write how far two values are apart; percentages are apart by points."""
    return _points(difference * _factor(kind), locale) if kind in RATIOS else write(difference)


def _factor(kind: Kind) -> int:
    """Return what makes percentages of values."""
    return 100 if kind is Kind.RATIO else 1


def _points(points: Decimal, locale: Locale) -> str:
    return words.stats.points(locale.digits(f"{points:,.1f}" if abs(points) >= _SMALL else f"{points:,.3f}"))


def _told_apart(
    one: Decimal, other: Decimal, write: Callable[[Decimal], str], locale: Locale
) -> tuple[str, str]:
    """Write two values, with as many digits as it takes to see that they differ."""
    texts = write(one), write(other)
    if one == other or texts[0] != texts[1]:
        return texts
    digits = next((d for d in range(_MOST_DIGITS) if f"{one:.{d}f}" != f"{other:.{d}f}"), None)
    if digits is None:
        return texts
    return locale.digits(f"{one:,.{digits}f}"), locale.digits(f"{other:,.{digits}f}")


def _percent(part: Decimal, locale: Locale) -> str:
    return locale.percentage(locale.digits(f"{part * 100:,.1f}"))


def writer(measure: Measure, locale: Locale) -> Callable[[Decimal], str]:
    """Return the function that writes figures of a column as its cells are written, means with decimals.

    Bytes are written in short: nobody reads twelve digits.
    """
    if measure.titled.unit.name == BYTES:
        return lambda value: data_size(value, locale)
    column, kind, cents = measure.column, measure.kind, measure.titled.unit.cents
    broken = replace(column, type_name="DECIMAL", scale=None)
    whole = column.type_name.upper() in WHOLE_TYPES or column.scale == 0

    def write(value: Decimal) -> str:
        text = f"{value:f}" if abs(value.adjusted()) < _LONG else f"{value:.6E}"
        if whole and value == value.to_integral_value():
            text = text.partition(".")[0]
            return formatter(column, kind, [text], locale, cents=cents)(text)
        return formatter(broken if whole else column, kind, [text], locale, cents=cents)(text)

    return write
