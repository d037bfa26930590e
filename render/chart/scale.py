"""The scale of a value axis: round steps, and short labels such as 1.5M or 40%."""

import math
import re
import sys
from collections.abc import Sequence
from dataclasses import replace

from render.chart.model import PLAIN, Notation, Unit

_SUFFIXES = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))
_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
_ENORMOUS = 1e18
_FEW_THOUSAND = 10_000
"""Below which a number is written out, and up to which a whole axis is: 8,650 is no longer than 8.65K."""
_CENTS = 1_000
"""Below which money that is not whole has cents: a price of 19.99 is none of 20."""
_LONG_PERCENT = 1e7
"""From which on a percentage, which has no K or M, would be too long for a label."""
_TINY = 1e-4
_MOST_DIGITS = 5
"""More for the sake of a value that is tiny beside others would be noise."""
_ROUNDED = 0.05
"""By what part a value may differ from what is written of it, beside a larger one."""
_SMALLEST_STEP = sys.float_info.min
"""Below which a number has no digits left to be round in."""
_NOT_ZERO = re.compile("[1-9]")
_COMPACT = re.compile(r"-?[\d,]+(?:\.(\d+))?([TBMK%]?)")


def compact(value: float, notation: Notation = PLAIN) -> str:
    """Return `value` with three digits that matter: 1.23M, 45.6K, 12.5%, $99, but all of those of $19.99."""
    return notation.write(_compact(value, notation, abs(value)))


def _compact(value: float, notation: Notation, largest: float) -> str:
    """Write a value beside others of which the largest decides about thousands and cents."""
    value = value or 0.0  # there is no -0
    unit = notation.unit
    if unit is not Unit.NUMBER:
        percent = value * 100 if unit is Unit.FRACTION else value
        return f"{percent:.3g}%" if abs(percent) >= _LONG_PERCENT else f"{_digits(percent)}%"
    rounded = float(f"{value:.3g}")
    if abs(rounded) >= _ENORMOUS:
        return f"{rounded:.3g}"
    if notation.has_cents and 0.01 <= abs(value) <= largest < _CENTS and value != int(value):  # noqa: PLR2004 (a cent)
        return f"{value:,.2f}"
    for size, suffix in _SUFFIXES if float(f"{largest:.3g}") >= _FEW_THOUSAND else ():
        if abs(rounded) >= size:
            return _digits(rounded / size) + suffix
    return _digits(value)


def compact_alike(values: Sequence[float], notation: Notation = PLAIN) -> list[str]:
    """Return `values` with as many decimals in each unit, no more than its largest needs: 2.20M beside 4.66M.

    Zero is 0, and what would be rounded to it keeps its digits if they are few.
    """
    unit = notation.unit
    top = max(map(abs, values), default=0.0)
    texts = [_compact(value, notation, top) for value in values]
    found = [_COMPACT.fullmatch(text) for text in texts]
    decimals: dict[str, int] = {}
    largest: dict[str, float] = {}
    for value, match in zip(values, found, strict=True):
        if match:
            decimals[match[2]] = max(decimals.get(match[2], 0), len(match[1] or ""))
            size = abs(value / _size_of(match[2], unit))
            largest[match[2]] = max(largest.get(match[2], 0.0), float(f"{size:.3g}"))
    for suffix, size in largest.items():
        needed = _decimals_of(size) if size else 0
        if notation.has_cents and not suffix:
            needed = 2 if top < _CENTS else 0
        decimals[suffix] = min(decimals[suffix], needed)
    alike = [
        f"{value / _size_of(match[2], unit):,.{decimals[match[2]]}f}{match[2]}" if match and value else text
        for value, match, text in zip(values, found, texts, strict=True)
    ]
    alike = [_readable(new, old, value, unit) for new, old, value in zip(alike, texts, values, strict=True)]
    alike = texts if any(map(_is_long, alike)) else alike
    return [notation.write(text) for text in alike]


def _readable(alike: str, own: str, value: float, unit: Unit) -> str:
    """Return a value as the others are written, or in its own way if that would make it another one."""
    if not _NOT_ZERO.search(alike):
        return alike.lstrip("-") if _is_long(own) else own
    found = _COMPACT.fullmatch(alike)
    if not found or _is_long(own):
        return alike
    shown = float(alike.rstrip("TBMK%").replace(",", "")) * _size_of(found[2], unit)
    return alike if math.isclose(shown, value, rel_tol=_ROUNDED) else own


def _is_long(text: str) -> bool:
    return sum(map(str.isdigit, text)) > _MOST_DIGITS


def _size_of(suffix: str, unit: Unit) -> float:
    if unit is Unit.FRACTION:
        return 0.01
    return next((size for size, each in _SUFFIXES if each == suffix), 1.0)


def _digits(value: float) -> str:
    """Three significant digits without an exponent or idle zeros; whole numbers stay whole."""
    if value == 0 or (abs(value) >= _TINY and abs(value) < _ENORMOUS):
        decimals = 0 if abs(value) >= 100 or value == int(value) else _decimals_of(value)  # noqa: PLR2004
        text = f"{value:,.{decimals}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return f"{value:.2g}"


def _decimals_of(value: float) -> int:
    return max(0, 2 - math.floor(math.log10(abs(value))))


def ticks(low: float, high: float, *, steps: int = 5, whole: bool = False) -> list[float]:
    """Return round numbers, equally far apart, from at or below `low` to at or above `high`."""
    span = high - low
    if span / steps < _SMALLEST_STEP or not math.isfinite(span):
        low, high = min(low, 0.0), max(high, 0.0)
        span = high - low
    if span / steps < _SMALLEST_STEP:
        low, high = math.floor(low), 1.0
        span = high - low
    if not math.isfinite(span):
        return [low, high]
    power = 10.0 ** math.floor(math.log10(span / steps))
    step = next(power * factor for factor in _ROUND if power * factor >= span / steps * (1 - 1e-9))
    step = max(1.0, step) if whole else step
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [at * step for at in range(first, last + 1)]


def tick_labels(values: Sequence[float], notation: Notation = PLAIN) -> list[str]:
    """Return one label per tick, all in the same unit and with the same decimals; zero is just 0."""
    percent = "" if notation.unit is Unit.NUMBER else "%"
    if notation.unit is Unit.FRACTION:
        values = [value * 100 for value in values]
    largest = max(map(abs, values))
    zero = replace(notation, sign="").write(f"0{percent}")
    if largest >= (_LONG_PERCENT if percent else _ENORMOUS) or (0 < largest < _TINY and not percent):
        return [notation.write(f"{value:.3g}{percent}") if value else zero for value in values]
    step = abs(values[1] - values[0]) if len(values) > 1 else abs(values[0])
    # The largest unit in which a step needs no more than one decimal: 250K, not 0.25M.
    units = _SUFFIXES if largest > _FEW_THOUSAND and not percent else ()
    size, suffix = next(
        ((s, t) for s, t in units if largest >= s and _decimals(step / s) <= 1), (1.0, percent)
    )
    decimals = _decimals(step / size)
    if notation.has_cents and not suffix and decimals == 1:
        decimals = 2
    return [notation.write(f"{value / size:,.{decimals}f}{suffix}") if value else zero for value in values]


def _decimals(step: float) -> int:
    return next((d for d in range(8) if math.isclose(step, round(step, d), rel_tol=1e-6)), 8)
