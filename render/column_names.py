"""What the name of a column says about its values."""

import re

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|%")

_IDENTIFIER = re.compile(
    "ids?|uuid|guid|key|codes?|zip|zipcode|plz|postcode|phone|tel|mobile|fax|sku|ean|isbn|iban"
)
_NUMBERED = re.compile("number|num|no|nr")
COUNTED = re.compile("counts?|cnt|sum|distinct|amount|qty|quantity|total|avg|average|mean|median")
SUMMED = re.compile("counts?|cnt|sum|distinct|amount|qty|quantity")
_COORDINATE = re.compile("lat|latitude|lon|lng|longitude")
_PLACE = re.compile("country|city|town|continent|province|county|municipality|bundesland|prefecture")
_NAMING = frozenset({"name", "names"})


def words(name: str) -> list[str]:
    """Split a column's name into lower-case words: `orderCount` and `Order count` are the same."""
    return [word.lower() for word in _WORD.findall(name)]


def is_numbering(name: str) -> bool:
    """Whether a word announces a number that is a name: "no", "nr"."""
    return bool(_NUMBERED.fullmatch(name))


def names_identifier(names: list[str]) -> bool:
    """Whether a number so named is a name itself: `customer_id`, `order number`, not `count(customer_id)`."""
    if not names or has(names, COUNTED):
        return False
    return bool(_IDENTIFIER.fullmatch(names[-1]) or (len(names) > 1 and is_numbering(names[-1])))


def names_coordinate(names: list[str]) -> bool:
    """Whether a number so named is a latitude or a longitude."""
    return has(names[-1:], _COORDINATE) and not has(names, COUNTED)


def names_place(names: list[str]) -> bool:
    """Whether texts so named are places: `country`, `ship_city`, `country_name`."""
    return has([name for name in names if name not in _NAMING][-1:], _PLACE)


def has(names: list[str], pattern: re.Pattern[str]) -> bool:
    """Whether one of the words is of a pattern."""
    return any(pattern.fullmatch(name) for name in names)
