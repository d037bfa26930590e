"""Numbers as a reader writes them, read back into the way of English."""

import re

from render.text.locales import Locale

_SIGN = "[$€£¥₹%]"
_DIGITS = r"(?P<digits>\d(?:\D?\d)*)(?P<size>[KMBT]| × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
_NUMBER = re.compile(rf"(?P<before>{_SIGN}\s?)?{_DIGITS}(?P<after>\s?{_SIGN})?")


def read_back(text: str, locale: Locale) -> str:
    """Return `text` with the separators of English, a currency's sign before and a percent sign after."""

    def english(found: re.Match[str]) -> str:
        both = {ord(locale.group): ",", ord(locale.decimal): "."}
        sign = ((found["before"] or "") + (found["after"] or "")).strip()
        number = found["digits"].translate(both) + (found["size"] or "")
        return f"{number}%" if sign == "%" else f"{sign}{number}"

    return _NUMBER.sub(english, text)
