"""How a reader writes numbers and dates, by the name that Slack has for the reader's language.

Slack's names: https://docs.slack.dev/reference/methods/users.info (`include_locale`).
The customs: https://cldr.unicode.org
"""

from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import Self

_NO_BREAK = "\u00a0"
_NARROW = "\u202f"


class Order(Enum):
    """What comes first in a date."""

    DAY = "12 Mar 2026"
    MONTH = "Mar 12, 2026"
    YEAR = "2026-03-12"


class Numbers(StrEnum):
    """How a person wants numbers to be written, whatever the language; the values are stored."""

    LANGUAGE = ""
    """As the language has them."""
    COMMA = "comma"
    POINT = "point"
    SPACE = "space"
    APOSTROPHE = "apostrophe"


class Dates(StrEnum):
    """How a person wants dates to be written, whatever the language; the values are stored."""

    LANGUAGE = ""
    """As the language has them."""
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Locale:
    """The customs of a reader; the words around the numbers are ours."""

    group: str = ","
    decimal: str = "."
    percent: str = "{0}%"
    money: str = "{1}{0}"
    """Where the sign of a currency stands."""
    order: Order = Order.DAY
    noon: bool = False
    """Whether the clock has twelve hours."""
    short: bool = False
    """Whether a month is abbreviated even where it stands for all of its days."""
    script: str = ""
    """Whose forms the characters have that Chinese and Korean share with Japanese, which is the usual one."""

    def digits(self, text: str) -> str:
        """Return a number that Python wrote with `,` and `.` as this reader writes it."""
        if self.group == "," and self.decimal == ".":
            return text
        return text.replace(",", "\0").replace(".", self.decimal).replace("\0", self.group)

    def whole(self, value: int) -> str:
        """Write a whole number."""
        return self.digits(f"{value:,}")

    def percentage(self, number: str) -> str:
        """Write the percent sign beside a number that is written already."""
        return _around(number, self.percent)

    def amount(self, number: str, sign: str) -> str:
        """Write the sign of a currency beside a number that is written already."""
        return _around(number, self.money, sign)

    def abbreviated(self) -> Self:
        """Return the same customs where there is little room: in a chart."""
        return replace(self, short=True)


def _around(number: str, pattern: str, sign: str = "") -> str:
    """Put a number and a sign together; plus and minus stay before both."""
    if number[:1] in {"-", "+"}:
        return number[0] + pattern.format(number[1:], sign)
    return pattern.format(number, sign)


ANYWHERE = Locale()
"""For readers of whom nothing is known: what most of the world can read without a mistake."""

_SPACED = f"{{0}}{_NO_BREAK}%"
_AFTER = f"{{0}}{_NO_BREAK}{{1}}"
_BEFORE = f"{{1}}{_NO_BREAK}{{0}}"
_COMMA = Locale(".", ",", money=_AFTER)
_COMMA_SPACED = Locale(".", ",", _SPACED, _AFTER)
_SPACES = Locale(_NO_BREAK, ",", money=_AFTER)
_SPACES_SPACED = Locale(_NO_BREAK, ",", _SPACED, _AFTER)
_SWISS = Locale("’", ".", money=_BEFORE)
_AMERICAN = Locale(order=Order.MONTH, noon=True)
_YEAR_FIRST = Locale(order=Order.YEAR)

_KNOWN = {
    **dict.fromkeys(("it", "el", "vi"), _COMMA),
    **dict.fromkeys(("nl", "pt"), Locale(".", ",", money=_BEFORE)),
    "id": Locale(".", ","),
    "tr": Locale(".", ",", "%{0}"),
    **dict.fromkeys(("de", "es", "da", "ro", "hr"), _COMMA_SPACED),
    **dict.fromkeys(("sv", "nb", "no", "fi", "cs", "sk", "ru", "fr-ca"), _SPACES_SPACED),
    **dict.fromkeys(("pl", "bg", "uk", "pt-pt"), _SPACES),
    "hu": replace(_SPACES, order=Order.YEAR),
    "fr": Locale(_NARROW, ",", _SPACED, _AFTER),
    **dict.fromkeys(("de-ch", "it-ch", "de-li"), _SWISS),
    **dict.fromkeys(("es-la", "es-419", "es-mx", "es-us"), ANYWHERE),
    **dict.fromkeys(("en-us", "en-ca"), _AMERICAN),
    "ja": _YEAR_FIRST,
    "zh": replace(_YEAR_FIRST, script="zh-Hans"),
    "zh-tw": replace(_YEAR_FIRST, script="zh-Hant"),
    "ko": replace(_YEAR_FIRST, script="ko"),
}
"""By language and country, else by language alone."""


_MARKS = {
    Numbers.COMMA: (",", "."),
    Numbers.POINT: (".", ","),
    Numbers.SPACE: (_NARROW, ","),
    Numbers.APOSTROPHE: ("’", "."),
}
"""Between groups of digits, and before decimals."""
_ORDERS = {Dates.DAY: Order.DAY, Dates.MONTH: Order.MONTH, Dates.YEAR: Order.YEAR}


def locale_of(name: str, numbers: Numbers = Numbers.LANGUAGE, dates: Dates = Dates.LANGUAGE) -> Locale:
    """Return the customs behind a name such as `de-DE`, but for what a person wants otherwise.

    Those of `ANYWHERE` for a name that is not known.
    """
    wanted = name.replace("_", "-").lower()
    locale = _KNOWN.get(wanted) or _KNOWN.get(wanted.partition("-")[0]) or ANYWHERE
    group, decimal = _MARKS.get(numbers, (locale.group, locale.decimal))
    return replace(locale, group=group, decimal=decimal, order=_ORDERS.get(dates, locale.order))
