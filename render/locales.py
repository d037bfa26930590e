"""How a reader writes numbers and dates, by the name that Slack has for the reader's language.

Slack's names: https://docs.slack.dev/reference/methods/users.info (`include_locale`).
The customs: https://cldr.unicode.org
"""

from dataclasses import dataclass
from enum import Enum

_NO_BREAK = "\u00a0"
_NARROW = "\u202f"


class Order(Enum):
    """What comes first in a date."""

    DAY = "12 Mar 2026"
    MONTH = "Mar 12, 2026"
    YEAR = "2026-03-12"


@dataclass(frozen=True, slots=True)
class Locale:
    """The customs of a reader; the words around the numbers are ours."""

    group: str = ","
    decimal: str = "."
    percent: str = "%"
    order: Order = Order.DAY
    noon: bool = False
    """Whether the clock has twelve hours."""
    short: bool = False
    """Whether a month is abbreviated even where it stands for all of its days."""

    def digits(self, text: str) -> str:
        """Return a number that Python wrote with `,` and `.` as this reader writes it."""
        if self.group == "," and self.decimal == ".":
            return text
        return text.replace(",", "\0").replace(".", self.decimal).replace("\0", self.group)

    def whole(self, value: int) -> str:
        """Write a whole number."""
        return self.digits(f"{value:,}")


ANYWHERE = Locale()
"""For readers of whom nothing is known: what most of the world can read without a mistake."""
IN_A_CHART = Locale(short=True)

_SPACED = f"{_NO_BREAK}%"
_COMMA = Locale(".", ",")
_COMMA_SPACED = Locale(".", ",", _SPACED)
_SPACES = Locale(_NO_BREAK, ",", _SPACED)
_SWISS = Locale("’", ".")
_AMERICAN = Locale(order=Order.MONTH, noon=True)
_YEAR_FIRST = Locale(order=Order.YEAR)

_KNOWN = {
    **dict.fromkeys(("it", "nl", "id", "tr", "el", "pt", "hr", "vi"), _COMMA),
    **dict.fromkeys(("de", "es", "da", "ro"), _COMMA_SPACED),
    **dict.fromkeys(("sv", "nb", "no", "fi", "cs", "sk", "ru", "uk"), _SPACES),
    **dict.fromkeys(("pl", "hu", "bg", "pt-pt"), Locale(_NO_BREAK, ",")),
    "fr": Locale(_NARROW, ",", _SPACED),
    **dict.fromkeys(("de-ch", "it-ch", "de-li"), _SWISS),
    **dict.fromkeys(("es-la", "es-419", "es-mx", "es-us"), ANYWHERE),
    **dict.fromkeys(("en-us", "en-ca"), _AMERICAN),
    **dict.fromkeys(("ja", "zh", "ko"), _YEAR_FIRST),
}
"""By language and country, else by language alone."""


def locale_of(name: str) -> Locale:
    """Return the customs behind a name such as `de-DE`; those of `ANYWHERE` for one that is not known."""
    wanted = name.replace("_", "-").lower()
    return _KNOWN.get(wanted) or _KNOWN.get(wanted.partition("-")[0]) or ANYWHERE
