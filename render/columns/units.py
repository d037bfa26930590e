"""Units, and what the name of a column says of its own: only where it leaves no doubt."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from render.columns import names
from render.columns.format import heading
from render.columns.kinds import Kind
from render.columns.names import name_words, words_of
from render.text.escape import one_line
from render.text.locales import Locale
from render.words.results.values import PARTS_OF_TIME

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
    "ha": "ha",
    "sqm": "m²",
    "sqkm": "km²",
    "kmh": "km/h",
    "lbs": "lb",
    "celsius": "°C",
    "fahrenheit": "°F",
}
"""Without what may mean another thing: `mm` are millions, too, `kw` is a week in German."""
_ONLY_IN_BRACKETS = frozenset(
    {
        "t",
        "g",
        "l",
        "hl",
        "m³",
        "ft",
        "mi",
        "oz",
        "gal",
        "bbl",
        "W",
        "kW",
        "MW",
        "GW",
        "h",
        "min",
        "s",
        "days",
    }
)
_SPELT = frozenset(
    {
        *("tonnes", "tons", "tonnen", "hectares", "hectareas", "hektar", "acres", "kilograms", "kilos"),
        *(
            "kilometers",
            "kilometres",
            "kilometer",
            "miles",
            "litres",
            "liters",
            "liter",
            "gallons",
            "barrels",
        ),
    }
)
"""What a name may say as a word of its own, wherever it stands."""
BYTES = "bytes"
_SPELT_BYTES = frozenset({"bytes", "byte", "octets"})
_LENGTHS = {
    **dict.fromkeys(("s", "sec", "secs", "seconds"), "s"),
    **dict.fromkeys(("min", "mins", "minutes"), "min"),
    **dict.fromkeys(("h", "hrs", "hours"), "h"),
    "days": PARTS_OF_TIME["DAY"][1],
}
SECONDS_IN = {"ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3_600.0, _LENGTHS["days"]: 86_400.0}
"""The units of lengths of time, the shortest first."""
_SPELT_LENGTHS = frozenset({"seconds", "secs", "minutes", "mins", "hours", "hrs", "days", "milliseconds"})
BYTES_IN = {BYTES: 1.0, "KB": 1_024.0, "MB": 1_024.0**2, "GB": 1_024.0**3, "TB": 1_024.0**4}
_LENGTH = words_of("duration latency elapsed runtime took uptime downtime age time")
"""What a length of time is called: elsewhere a `min` may be a minimum, and hours what is counted."""
_SIZES = {"kb": "KB", "mb": "MB", "gb": "GB", "tb": "TB"}
_SIZE = words_of("size memory ram storage disk data traffic transferred used usage")
_WEIGHT = words_of(
    "weight harvest harvested crop production produced emissions co freight cargo shipped waste biomass load"
    " gewicht ernte geerntet fracht recolte poids cosecha peso"
)
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


class Dimension(StrEnum):
    """What a unit measures."""

    CURRENCY = "currency"
    FRACTION = "fraction"
    """Parts of one: 0.123 is 12.3 %."""
    PERCENT = "percent"
    """Parts of a hundred: 12.3 is 12.3 %."""
    DURATION = "duration"
    BYTES = "bytes"
    OTHER = "other"
    """Kilograms, degrees and the like."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Unit:
    """In what amounts are measured; `name` is empty where it is not known, or a word of the column's name."""

    dimension: Dimension = Dimension.NONE
    name: str = ""

    @property
    def cents(self) -> bool:
        """Whether this is money that has cents."""
        return self.dimension is Dimension.CURRENCY and self.name not in _NO_CENTS

    @property
    def sign(self) -> str:
        """The sign of a currency that has one."""
        return _SYMBOLS.get(self.name, "")

    def beside(self, text: str, locale: Locale) -> str:
        """Write the unit next to a single value."""
        if not self.name or not text[-1:].isdecimal():
            return text
        return locale.amount(text, self.sign) if self.sign else f"{text}\u00a0{self.name}"


NO_UNIT = Unit()
_SHARES = {Kind.RATIO: Unit(Dimension.FRACTION), Kind.PERCENT: Unit(Dimension.PERCENT)}


@dataclass(frozen=True, slots=True)
class Titled:
    """What a column is called without its unit, and the unit."""

    name: str
    unit: Unit = field(default=NO_UNIT)
    made: str = ""
    """How its values are made, where the name says otherwise."""

    @property
    def heading(self) -> str:
        """The name with its unit, unless it says that itself, as it stands above many values."""
        is_said = self.unit.name in {BYTES, *_SPELT} and self.unit.name in name_words(self.name)
        return _with(self.name, self.made, "" if is_said else self.unit.name)

    @property
    def unitless(self) -> str:
        """The name where the unit stands with each value."""
        return _with(self.name, self.made)


def _with(name: str, *remarks: str) -> str:
    said = ", ".join(filter(None, remarks))
    return f"{name} ({said})" if said else name


def titled(name: str, kind: Kind) -> Titled:
    """Take a column's name apart: `amount_usd` is an Amount in USD, `exchange_rate_usd` is only a name."""
    if kind is not Kind.MEASURE:
        return Titled(one_line(_IN_PERCENT.sub(" %", heading(name))), _SHARES.get(kind, NO_UNIT))
    found = (
        _apart(name, _IN_BRACKETS) or _apart(name, _BEFORE_A_SIGN) or _last_word(name) or _first_words(name)
    )
    rest, unit = found or (_IN_PERCENT.sub(" %", name), "")
    return Titled(one_line(heading(rest)), unit_called(unit) if unit else _only_dimension(name_words(rest)))


def unit_called(name: str) -> Unit:
    """Return the unit of a name as it is written: EUR, h, GB, kg."""
    if name in CURRENCIES:
        return Unit(Dimension.CURRENCY, name)
    if name in SECONDS_IN:
        return Unit(Dimension.DURATION, name)
    return Unit(Dimension.BYTES if name in BYTES_IN else Dimension.OTHER, name)


def _only_dimension(words: list[str]) -> Unit:
    """Return what a name measures that tells no unit, or has it as a word of its own: talk seconds."""
    is_any_value = len(words) == 1 and names.VALUE.has(words[0])
    if names.COUNTED.among(words) or is_any_value:
        return NO_UNIT
    if names.BYTES.among(words):
        is_plain = all(word in _SPELT_BYTES for word in words if names.BYTES.has(word))
        return Unit(Dimension.BYTES, BYTES if is_plain else "")
    if words and words[-1] in _SPELT_LENGTHS:
        return Unit(Dimension.DURATION)
    if names.MONEY.among(words):
        return Unit(Dimension.CURRENCY)
    spelt = {word for word in words if word in _SPELT}
    return Unit(Dimension.OTHER, spelt.pop()) if len(spelt) == 1 and not _CONVERTED.among(words) else NO_UNIT


def _apart(name: str, form: re.Pattern[str]) -> tuple[str, str] | None:
    """Take `Price (CHF)` or `Price €` apart; what else stands in brackets is a part of the name."""
    found = form.fullmatch(name)
    if not found:
        return None
    unit = _CODES.get(found["unit"].strip(), found["unit"].strip())
    is_known = unit in CURRENCIES or unit in _UNITS.values() or unit in _SIZES.values()
    return (found["name"], unit) if is_known or unit in _ONLY_IN_BRACKETS | _SPELT else None


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
    if last == "t":
        return last if _WEIGHT.among(before) else ""
    if last in _DEGREES:
        return _DEGREES[last] if _WARMTH.among(before) else ""
    code = "EUR" if last in _EUROS else last.upper()
    if code in CURRENCIES:
        return "" if _LENGTH.among(before) or any(name.upper() in CURRENCIES for name in before) else code
    return _UNITS.get(last, "")


def _is_no_amount(words: list[str]) -> bool:
    """Whether a name counts or converts: what looks like its unit is that of something else."""
    return names.COUNTED.among(words) or _CONVERTED.among(words)
