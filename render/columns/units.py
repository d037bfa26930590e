"""The unit of a column, from its name: only where it leaves no doubt."""

import re
from dataclasses import dataclass, replace

from render.columns import names
from render.columns.format import heading
from render.columns.kinds import Kind
from render.columns.names import name_words, words_of
from render.columns.reading import ColumnReading
from render.text.escape import one_line
from render.text.locales import Locale
from render.words.values import MADE_BY, PARTS_OF_TIME

CURRENCIES = frozenset(
    {
        *("USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "BRL", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK"),
        *("PLN", "CZK", "HUF", "RON", "KRW", "SGD", "HKD", "MXN", "ZAR", "ILS", "AED"),
    }
)
"""Codes that are no word of English: TRY, ALL and TOP may be anything."""
_NO_CENTS = frozenset({"JPY", "KRW", "HUF"})
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
_EUROS = frozenset({"euro", "euros"})
"""Dollars are of many countries, and pounds are a weight, too."""
_CODES = {symbol: code for code, symbol in _SYMBOLS.items()}
_UNITS = {
    **{unit.lower(): unit for unit in ("kg", "mg", "lb", "km", "cm", "ms", "kWh", "MWh", "GWh", "km²", "m²")},
    "sqm": "m²",
    "sqkm": "km²",
    "kmh": "km/h",
    "lbs": "lb",
    "celsius": "°C",
    "fahrenheit": "°F",
}
"""Without what may mean another thing: `mm` are millions, too, `kw` is a week in German."""
_LENGTHS = {
    **dict.fromkeys(("s", "sec", "secs", "seconds"), "s"),
    **dict.fromkeys(("min", "mins", "minutes"), "min"),
    **dict.fromkeys(("h", "hrs", "hours"), "h"),
    "days": PARTS_OF_TIME["DAY"][1],
}
_LENGTH = words_of("duration latency elapsed runtime took uptime downtime age time")
"""What a length of time is called: elsewhere a `min` may be a minimum, and hours what is counted."""
_SIZES = {"kb": "KB", "mb": "MB", "gb": "GB", "tb": "TB"}
_SIZE = words_of("size memory ram storage disk data traffic transferred used usage")
_DEGREES = {"c": "°C", "f": "°F"}
_WARMTH = words_of("temperature temp")
_CONVERTED = words_of("exchange fx rate per")
_IN_BRACKETS = re.compile(
    r"(?P<name>[^()\[\]]*[^()\[\]\s])\s*[(\[](?:in )?(?P<unit>[^()\[\]]{1,8})[)\]]\s*", re.IGNORECASE
)
_BEFORE_A_SIGN = re.compile(
    rf"(?P<name>.*?\w)[\s,]+(?:in\s+)?(?P<unit>[{''.join(_CODES)}])\s*", re.IGNORECASE
)
_JOINT = " _-"
_IN_PERCENT = re.compile(r"[ _-](?:pct|percent|percentage)$", re.IGNORECASE)
_BEFORE_A_UNIT = re.compile(r"[ _-]in$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Titled:
    """What a column is called, and its unit, which may be empty."""

    name: str
    unit: str = ""
    is_money: bool = False
    made: str = ""
    """How its values are made, where the name says otherwise."""

    @property
    def heading(self) -> str:
        """The name with its unit, as it stands above many values."""
        return _with(self.name, self.made, self.unit)

    @property
    def unitless(self) -> str:
        """The name where the unit stands with each value."""
        return _with(self.name, self.made)

    @property
    def cents(self) -> bool:
        """Whether this is money that has cents."""
        return self.is_money and self.unit not in _NO_CENTS

    @property
    def sign(self) -> str:
        """The sign of a currency that has one."""
        return _SYMBOLS.get(self.unit, "")

    def beside(self, text: str, locale: Locale) -> str:
        """Write the unit next to a single value."""
        if not self.unit or not text[-1:].isdecimal():
            return text
        return locale.amount(text, self.sign) if self.sign else f"{text}\u00a0{self.unit}"


def _with(name: str, *remarks: str) -> str:
    said = ", ".join(filter(None, remarks))
    return f"{name} ({said})" if said else name


def called(column: ColumnReading) -> Titled:
    """Return what words of our own call a column: a total that is an average is not told as a total."""
    made = MADE_BY.get(column.made, "") if column.made else ""
    return replace(titled(column.column.name, column.kind), made=made)


def titled(name: str, kind: Kind) -> Titled:
    """Take a column's name apart: `amount_usd` is an Amount in USD, `exchange_rate_usd` is only a name."""
    if kind is not Kind.MEASURE:
        return Titled(one_line(_IN_PERCENT.sub(" %", heading(name))))
    found = (
        _apart(name, _IN_BRACKETS) or _apart(name, _BEFORE_A_SIGN) or _last_word(name) or _first_words(name)
    )
    rest, unit = found or (_IN_PERCENT.sub(" %", name), "")
    in_name = name_words(rest)
    counted = names.COUNTED.among(in_name)
    is_money = unit in CURRENCIES or (not unit and names.MONEY.among(in_name) and not counted)
    return Titled(one_line(heading(rest)), unit, is_money)


def _apart(name: str, form: re.Pattern[str]) -> tuple[str, str] | None:
    """Take `Price (CHF)` or `Price €` apart; what else stands in brackets is a part of the name."""
    found = form.fullmatch(name)
    if not found:
        return None
    unit = _CODES.get(found["unit"].strip(), found["unit"].strip())
    return (found["name"], unit) if unit in CURRENCIES or unit in _UNITS.values() else None


def _last_word(name: str) -> tuple[str, str] | None:
    *before, last = name_words(name) or [""]
    if not before or _is_no_amount(before) or not name.lower().endswith(last):
        return None
    unit = _unit(before, last)
    rest = _BEFORE_A_UNIT.sub("", name[: -len(last)].rstrip(_JOINT))
    return (rest, unit) if unit and rest else None


def _first_words(name: str) -> tuple[str, str] | None:
    """Take `usd_revenue` and `total_eur_amount` apart, where another word says that this is money."""
    called = name_words(name)
    codes = [word for word in called if word.upper() in CURRENCIES]
    if len(codes) != 1 or not names.MONEY.among(called) or _is_no_amount(called):
        return None
    rest = re.sub(
        rf"(?:^|(?<=[{_JOINT}]))(?:in[{_JOINT}])?{codes[0]}[{_JOINT}]", "", name, flags=re.IGNORECASE
    )
    return (rest, codes[0].upper()) if rest != name else None


def _unit(before: list[str], last: str) -> str:
    """Return the unit that ends a name of several words; nothing when it may mean another thing."""
    if last in _LENGTHS:
        return _LENGTHS[last] if _LENGTH.among(before) else ""
    if last in _SIZES:
        return _SIZES[last] if _SIZE.among(before) else ""
    if last in _DEGREES:
        return _DEGREES[last] if _WARMTH.among(before) else ""
    code = "EUR" if last in _EUROS else last.upper()
    if code in CURRENCIES:
        return "" if _LENGTH.among(before) or any(name.upper() in CURRENCIES for name in before) else code
    return _UNITS.get(last, "")


def _is_no_amount(words: list[str]) -> bool:
    """Whether a name counts or converts: what looks like its unit is that of something else."""
    return names.COUNTED.among(words) or _CONVERTED.among(words)
