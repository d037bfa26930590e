"""Read single values of a JSON reply, whatever their JSON type.

Absent, null and empty mean the same; 64-bit integers may be strings; text is always valid Unicode.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from genie.errors import Malformed

Object = Mapping[str, Any]

_MILLISECONDS_FROM = 1e11
"""Timestamps are seconds or milliseconds; larger values than this cannot be seconds (the year 5138)."""

_LARGEST = 10**300
"""Integers of JSON have no end; larger ones than this count as nothing, because they fit into no float."""

_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,80}")


def parse(body: bytes) -> Any:
    """Parse JSON of any shape; Malformed when it is not JSON (NaN and Infinity are not)."""
    try:
        return json.loads(body, parse_constant=_reject)
    except (ValueError, RecursionError):  # RecursionError: a hostile nesting
        # Without its cause, because a JSONDecodeError carries the whole document.
        raise Malformed("the reply is not JSON") from None


def _reject(constant: str) -> None:
    raise ValueError(constant)


def require_object(reply: Any) -> Object:
    """Return the object that a reply is, whole; Malformed when it is anything else."""
    if not isinstance(reply, dict):
        raise Malformed("the reply is not an object")
    return reply


def as_object(value: Any) -> Object:
    """Return the object, or an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """Return the list, or an empty one in place of anything else."""
    return value if isinstance(value, list) else []


def as_text(value: Any) -> str:
    """Return the string or number as text that can be encoded, or "" in place of anything else."""
    if isinstance(value, str):
        # JSON can spell half a surrogate pair, which no encoder takes later.
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(value)


def as_shown(value: Any) -> str:
    """Return text as it is, nothing as "", and whatever else as its JSON."""
    if value is None or isinstance(value, str):
        return as_text(value)
    try:
        return json.dumps(value)
    except RecursionError:
        raise Malformed("a value is nested too deeply") from None


def as_code(value: Any) -> str | None:
    """Return an error code or request id that may be logged, or None for anything that looks like prose."""
    text = as_text(value)
    return text if _CODE.fullmatch(text) else None


def as_count(value: Any) -> int | None:
    """Return a non-negative integer that may be spelled as a string, or None."""
    number = as_number(value)
    return None if number is None or number < 0 else int(number)


def as_number(value: Any) -> int | float | None:
    """Return a finite number that may be spelled as a string, or None."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        whole = isinstance(value, int) or (isinstance(value, str) and value.isdecimal())
        number = int(value) if whole else float(value)
    except ValueError:  # not a number, or thousands of digits
        return None
    return number if abs(number) < _LARGEST else None  # NaN is not either


def as_seconds(value: Any) -> float | None:
    """Return a timestamp in seconds or milliseconds as seconds since 1970, or None."""
    number = as_number(value)
    if number is None or not 0 < number < _MILLISECONDS_FROM * 1000:
        return None
    return number / 1000 if number > _MILLISECONDS_FROM else float(number)


def as_time(value: Any) -> float | None:
    """Return a time of RFC 3339 as seconds since 1970, or None; without a zone it is UTC."""
    try:
        time = datetime.fromisoformat(as_text(value))
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
    except ValueError:
        return None


def as_id(*candidates: Any) -> str | None:
    """Return the first id among the candidates, as text, or None; Malformed if it could change a path."""
    for candidate in candidates:
        text = as_text(candidate)
        if text:
            if "/" in text or "\\" in text or text in {".", ".."} or not text.isprintable():
                raise Malformed("the reply holds an id that cannot be one")
            return text
    return None
