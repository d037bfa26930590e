"""Decode a reply with rows in another process than the one that wants it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

from genie.errors import Malformed
from genie.lenient import parse
from genie.packed import Packed, Parcel, widest
from genie.results import Chunk, Statement

T = TypeVar("T")


def decoded_apart(decode: Callable[[Any], T], reply: Path, packed: Path) -> T | Malformed:
    """Return what `decode` makes of a file, rows in the file `packed`; Malformed as a value, to travel."""
    try:
        done: Any = decode(parse(reply.read_bytes()))
    except Malformed as error:
        return error
    chunk = _chunk(done)
    if chunk and chunk.rows:
        rows = Packed((Parcel.packed(packed, chunk.rows),), len(chunk.rows), widest(chunk.rows))
        chunk = replace(chunk, rows=rows)
        done = replace(done, first=chunk) if isinstance(done, Statement) else chunk
    return cast("T", done)


def parcels(done: object) -> list[Parcel]:
    """Return the files in which a decoded reply has its rows."""
    chunk = _chunk(done)
    rows: object = chunk.rows if chunk else ()
    return [part for part in rows.parts if isinstance(part, Parcel)] if isinstance(rows, Packed) else []


def _chunk(done: object) -> Chunk | None:
    if isinstance(done, Statement):
        return done.first
    return done if isinstance(done, Chunk) else None
