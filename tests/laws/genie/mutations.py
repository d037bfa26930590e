"""Replies that went wrong on the way: any reply, of the reference or recorded, with some values spoilt."""

import copy
import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hypothesis import strategies as st

from genie.errors import GenieError
from tests.laws.genie.replies import REPLIES
from tests.unit.genie.genie_server import PAYLOADS

SCALARS = st.sampled_from(
    [
        None,
        True,
        False,
        0,
        -1,
        10**400,
        2**63,
        1e308,
        -0.0,
        "",
        "a/b",
        "..",
        "\\",
        "\ud800",
        "\udfff x",
        "1" * 5_000,
        "COMPLETED",
        "null",
        " ",
        "\x00",
        "9" * 400,
        "-1",
        "1e999",
        "٣",
        "²",
    ]
)
"""What servers were seen to send, or could, in place of a value."""
JSON = st.recursive(
    SCALARS | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
_FIELDS = ("id", "status", "query", "text", "attachments", "data_array", "result", "error", "questions")

RECORDED = st.sampled_from([json.loads(path.read_text()) for path in sorted(PAYLOADS.glob("*.json"))])
"""Replies of a real workspace, the preview's among them."""
_HUGE = 300_000
_DEEP = "a value far below"

Path = tuple[Any, ...]


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every value inside."""
    yield path
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield from places(child, (*path, key))


def at(value: Any, path: Path) -> Any:
    """Return the value at a path."""
    for key in path:
        value = value[key]
    return value


def put(value: Any, path: Path, new: Any) -> Any:
    """Put a value at a path."""
    if not path:
        return new
    at(value, path[:-1])[path[-1]] = new
    return value


def dropped(value: Any, path: Path) -> Any:
    """Leave out the value at a path."""
    if not path:
        return None
    del at(value, path[:-1])[path[-1]]
    return value


def doubled(value: Any, path: Path) -> Any:
    """Repeat a part of a list, or give a field's value to another field as well."""
    holder = at(value, path[:-1]) if path else value
    if isinstance(holder, list) and path:
        holder.insert(path[-1], copy.deepcopy(holder[path[-1]]))
    elif isinstance(holder, dict) and path:
        for name in _FIELDS:
            holder.setdefault(name, copy.deepcopy(holder[path[-1]]))
    return value


def nested(value: Any, path: Path) -> Any:
    """Wrap a value in very many lists or objects."""
    new = at(value, path)
    for level in range(300):
        new = [new] if level % 2 else {"value": new}
    return put(value, path, new)


def deep(value: Any, path: Path) -> Any:
    """Wrap a value in more lists than any parser follows, once it is on the wire."""
    return put(value, path, _DEEP)


class Body(bytes):
    """What comes over the wire, shown shortly."""

    def __repr__(self) -> str:
        """Show the beginning."""
        return f"{bytes(self[:300])!r} ({len(self)} bytes)"


def body(value: Any) -> Body:
    """Return a reply as it comes over the wire."""
    return Body(json.dumps(value).replace(f'"{_DEEP}"', "[" * 5_000 + "]" * 5_000).encode())


def huge(value: Any, path: Path) -> Any:
    """Repeat a value until it is some hundred kilobytes."""
    old = at(value, path)
    times = min(_HUGE // len(json.dumps(old)), 6_000)
    return put(value, path, old * times if isinstance(old, str) else [old] * times)


_SIMPLE: dict[str, Callable[[Any, Path], Any]] = {
    "drop": dropped,
    "null": lambda value, path: put(value, path, None),
    "list": lambda value, path: put(value, path, [at(value, path)]),
    "object": lambda value, path: put(value, path, {"value": at(value, path)}),
    "text": lambda value, path: put(value, path, str(at(value, path))),
    "double": doubled,
}
_RARE: dict[str, Callable[[Any, Path], Any]] = {"nest": nested, "deep": deep, "huge": huge}
_KINDS = [*_SIMPLE] * 3 + ["retype"] * 5 + [*_RARE]


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return the kind of a reply, and such a reply on the wire with up to four of its values spoilt."""
    kind = draw(st.sampled_from([*sorted(REPLIES), "recorded"]))
    value = copy.deepcopy(draw(REPLIES.get(kind, RECORDED)))
    for change in draw(st.lists(st.sampled_from(_KINDS), min_size=1, max_size=4)):
        path = draw(st.sampled_from(list(places(value))))
        if change == "retype":
            value = put(value, path, draw(JSON))
        else:
            value = {**_SIMPLE, **_RARE}[change](value, path)
        if change in _RARE:
            break  # further changes would only walk through what is too large
    return kind, body(value)


def check(decoded: object) -> None:
    """Check that every text inside can be encoded, as it goes to Redis and to Slack."""
    if isinstance(decoded, str):
        decoded.encode()
    elif isinstance(decoded, GenieError):
        f"{decoded}{decoded!r}{decoded.detail}{decoded.code}{decoded.request_id}".encode()
    elif dataclasses.is_dataclass(decoded):
        for each in dataclasses.fields(decoded):
            check(getattr(decoded, each.name))
    elif isinstance(decoded, tuple | Mapping):
        for part in decoded.items() if isinstance(decoded, Mapping) else decoded:
            check(part)
    else:
        assert decoded is None or isinstance(decoded, int | float), type(decoded)
