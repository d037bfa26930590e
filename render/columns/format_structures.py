"""Format values of STRUCT, MAP, ARRAY, INTERVAL and BINARY.

A writer raises ValueError or RecursionError for a cell that is not what its type says.
"""

import base64
import json
import re
from contextlib import suppress
from decimal import Decimal
from typing import Any

from render import words
from render.text.locales import Locale

_LONGEST = 2_000
"""Characters of JSON that are taken apart; a cell shows far fewer anyhow."""
_LONGEST_INTERVAL = 100
_COMMA = ","
_HEX = re.compile("(?:[0-9a-f]{2})+|(?:[0-9A-F]{2})+")
_INTERVAL = re.compile(
    r"(?:INTERVAL\s+)?'?(?P<sign>-?)(?P<value>[\d :.+-]+)'?"
    r"(?:\s+(?P<first>YEAR|MONTH|DAY|HOUR|MINUTE|SECOND)(?:\s+TO\s+(?P<last>MONTH|HOUR|MINUTE|SECOND))?)?",
    re.IGNORECASE,
)
_PARTS = tuple(words.values.PARTS_OF_TIME)
_YEARS, _DAYS = _PARTS[:2], _PARTS[2:]


class _Digits(str):
    """A number of JSON, digit by digit as it was written."""

    __slots__ = ()


class _Pairs(list[tuple[str, Any]]):
    """An object of JSON, with every one of its names, also those that come twice."""

    __slots__ = ()


def structure(cell: str) -> str:
    """Write a list as `a, b` and an object as `name: value, …`; what is inside of those stays JSON."""
    if len(cell) > _LONGEST:
        raise ValueError
    value = json.loads(
        cell, parse_int=_Digits, parse_float=_Digits, parse_constant=_Digits, object_pairs_hook=_Pairs
    )
    if isinstance(value, _Pairs):
        return ", ".join(f"{name}: {_item(item)}" for name, item in value) or "{}"
    if isinstance(value, list):
        return ", ".join(map(_item, value)) or "[]"
    return _inside(value)


def _item(value: Any) -> str:
    """Write one of several items, in quotes where a comma of its own would make two of it."""
    return _json(value) if isinstance(value, str) and _COMMA in value else _inside(value)


def _inside(value: Any) -> str:
    if value is None:
        return words.values.NOTHING
    if isinstance(value, bool):
        return words.values.YES if value else words.values.NO
    return value if isinstance(value, str) else _json(value)


def _json(value: Any) -> str:
    """Write JSON that keeps the digits of its numbers."""
    if isinstance(value, _Digits):
        return value
    if isinstance(value, _Pairs):
        return "{" + ", ".join(f"{_json(name)}: {_json(item)}" for name, item in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def interval(cell: str, type_text: str, locale: Locale) -> str:
    """Write `1 02:03:04.5`, an INTERVAL DAY TO SECOND, as `1 day 2 h 3 min 4.5 s`."""
    found = _INTERVAL.fullmatch(cell.strip()) if len(cell) <= _LONGEST_INTERVAL else None
    if not found:
        raise ValueError
    unit = found if found["first"] else _INTERVAL.fullmatch(f"0 {type_text.upper().removeprefix('INTERVAL')}")
    parts = _between(unit["first"], unit["last"]) if unit and unit["first"] else ()
    values = re.split(r"[ :]|(?<=\d)-", found["value"].strip())
    if not parts:
        parts = _YEARS if "-" in found["value"] else _DAYS
    if len(values) != len(parts):
        raise ValueError
    shown = [
        words.values.lasting(locale.digits(f"{number:f}"), part)
        for value, part in zip(values, parts, strict=True)
        if (number := Decimal(value).normalize())
    ]
    return (found["sign"] if shown else "") + (" ".join(shown) or words.values.lasting("0", parts[-1]))


def _between(first: str, last: str | None) -> tuple[str, ...]:
    start = _PARTS.index(first.upper())
    return _PARTS[start : (_PARTS.index(last.upper()) if last else start) + 1]


def binary(cell: str) -> str:
    """Say how many bytes there are, unless they may be written in either of two ways."""
    sizes = {len(cell) // 2} if _HEX.fullmatch(cell) else set()
    with suppress(ValueError):
        sizes.add(len(base64.b64decode(cell, validate=True)))
    if not sizes:
        raise ValueError
    return words.values.binary(sizes.pop()) if len(sizes) == 1 else words.values.BINARY
