"""What a column's name says about its values."""

import re

_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+|[A-ZÀ-ÖØ-Þ]+(?![a-zß-öø-ÿ])|[^\W\d_]+|%")

_IDENTIFIER = re.compile(
    "ids?|uuid|guid|key|codes?|zip|zipcode|plz|postcode|phone|tel|mobile|fax|sku|ean|isbn|iban"
)
_CODE = re.compile("ssn|barcode|serial|msisdn|imei|upc|gtin|account|reference")
_THINGS = frozenset({"order", "invoice", "ticket"})
"""What a whole number names: texts may be names of accounts, and a `min_order` is an amount."""
_NUMBERED = re.compile("number|num|no|nr")
COUNTED = re.compile("counts?|cnt|sum|distinct|amount|qty|quantity|total|avg|average|mean|median")
SUMMED = re.compile("counts?|cnt|sum|distinct|amount|qty|quantity")
_FOR_EACH = re.compile("per|by")
_COORDINATE = re.compile("lat|latitude|lon|lng|longitude")
_PLACE = re.compile("country|city|town|continent|province|county|municipality|bundesland|prefecture")
_NAMING = frozenset({"name", "names"})


_SPELT = {
    name.lower(): name
    for name in (
        *("ID", "IDs", "UUID", "GUID", "SKU", "EAN", "IBAN", "URL", "URLs", "IP", "API", "UTC", "VAT", "CRM"),
        *("KPI", "ROI", "ROAS", "ARPU", "NPS", "GMV", "AOV", "CTR", "CPC", "CPM", "MRR", "LTV", "CAC", "GDP"),
        *("YTD", "QTD", "MTD", "YoY", "QoQ", "MoM", "USD", "EUR", "GBP", "CHF", "JPY"),
    )
}
_LETTERS = re.compile(r"[^\W\d_]+")


def spelt(name: str) -> str:
    """Return a name with the abbreviations that people write in capitals: `order id` is an order ID."""
    return _LETTERS.sub(lambda found: _SPELT.get(found[0].lower(), found[0]), name)


def name_words(name: str) -> list[str]:
    """Split a column's name into lower-case words: `orderCount` and `Order count` are the same."""
    return [word.lower() for word in _WORD.findall(name)]


def is_numbering(name: str) -> bool:
    """Whether a word announces a number that is a name: "no", "nr"."""
    return bool(_NUMBERED.fullmatch(name))


def names_identifier(names: list[str]) -> bool:
    """Whether a number so named is a name itself: `customer_id`, `order number`, not `count(customer_id)`."""
    if not names or has(names, COUNTED) or has(names, _FOR_EACH):
        return False
    return bool(_IDENTIFIER.fullmatch(names[-1]) or (len(names) > 1 and is_numbering(names[-1])))


def names_code(names: list[str]) -> bool:
    """Whether a whole number so named is a name: also an `account`, or an `order` called no more."""
    is_thing = len(names) == 1 and names[0] in _THINGS
    is_code = has(names[-1:], _CODE) and not has(names, COUNTED) and not has(names, _FOR_EACH)
    return is_thing or is_code or names_identifier(names)


def names_coordinate(names: list[str]) -> bool:
    """Whether a number so named is a latitude or a longitude."""
    return has(names[-1:], _COORDINATE) and not has(names, COUNTED)


def names_place(names: list[str]) -> bool:
    """Whether texts so named are places: `country`, `ship_city`, `country_name`."""
    return has([name for name in names if name not in _NAMING][-1:], _PLACE)


def has(names: list[str], pattern: re.Pattern[str]) -> bool:
    """Whether one of the words is of a pattern."""
    return any(pattern.fullmatch(name) for name in names)
