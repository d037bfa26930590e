"""Find numbers in a model's text that were not in its prompt; rounded ones count as given."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from render.text.locales import ANYWHERE, Locale

_SIZES = {
    **dict.fromkeys(("thousand", "k", "tausend", "tsd", "mille", "mil", "mila", "duizend"), 3),
    **dict.fromkeys(("lakh", "lakhs"), 5),
    **dict.fromkeys(("crore", "crores"), 7),
    **dict.fromkeys(("million", "millions", "m", "mn", "mio", "millionen", "miljoen"), 6),
    **dict.fromkeys(("millón", "millones", "milione", "milioni", "milhão", "milhões", "mi"), 6),
    **dict.fromkeys(("billion", "billions", "bn", "b", "milliarde", "milliarden", "mrd", "md"), 9),
    **dict.fromkeys(("milliard", "milliards", "miliardo", "miliardi", "miljard", "bilhão", "bilhões"), 9),
    **dict.fromkeys(("trillion", "trillions", "t"), 12),
}
"""Powers of ten by the words that languages have for them."""
_SIGNS = {"千": 3, "万": 4, "萬": 4, "億": 8, "亿": 8, "兆": 12}
_WORDS = "|".join(sorted((name for name in _SIZES if len(name) > 1), key=len, reverse=True))
_NUMBER = re.compile(
    r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?"
    rf"(?P<unit>\s?%|\s?(?:[kKmMbBT]|(?i:{_WORDS}))\b|\s?[{''.join(_SIGNS)}])?"
)
_COUNTED = 31
"""Whole numbers up to here count things, days or months."""
_YEARS = range(1900, 2101)
_MOST_DIGITS = 60
_SLACK = Decimal("1.000001")

MOST = 5


def unfounded(text: str, given: str, locale: Locale = ANYWHERE) -> tuple[str, ...]:
    """Return the first numbers of `text` that are none of those in `given`, nor rounded ones of them."""
    known = sorted({value for _, value, _ in _numbers(given, locale)})
    strange = (
        shown
        for shown, value, half in _numbers(text, locale)
        if not _is_counting(shown, value) and not _is_near(value, half * _SLACK, known)
    )
    return tuple(dict.fromkeys(strange))[:MOST]


def _is_counting(shown: str, value: Decimal) -> bool:
    whole = shown.isdecimal()
    return whole and (value <= _COUNTED or value in _YEARS)


def _is_near(value: Decimal, half: Decimal, known: list[Decimal]) -> bool:
    at = bisect_left(known, value - half)
    return at < len(known) and known[at] <= value + half


def _numbers(text: str, locale: Locale) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Yield each number as it is written, its value, and half of the last place that it names."""
    # Sign by sign, so that each number stands where it stood.
    as_python = str.maketrans({locale.group: ",", locale.decimal: "."})
    for found in _NUMBER.finditer(text.translate(as_python)):
        unit = (found["unit"] or "").strip().lower()
        digits = found[0].removesuffix(found["unit"] or "").replace(",", "")
        if len(digits) > _MOST_DIGITS:
            continue
        try:
            value = Decimal(digits)
        except InvalidOperation:
            continue
        size = Decimal(10) ** (_SIZES | _SIGNS).get(unit, 0)
        last = _last_place(digits, part=unit == "%")
        yield text[found.start() : found.end()].strip(), value * size, last * size / 2


def _last_place(digits: str, *, part: bool) -> Decimal:
    """Return the size of the last digit that means something: 0.1 of 12.5, 100 of 1,500, 1 of 50 %."""
    _, point, decimals = digits.partition(".")
    if point or part:
        return Decimal(10) ** -len(decimals)
    return Decimal(10) ** (len(digits) - len(digits.rstrip("0") or digits))
