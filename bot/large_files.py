"""Files of a reply that are too large to be passed on between processes stay on the disk."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from genie.packed import Parcel
from render.reply import File, Reply

LARGE = 1 << 20
"""Bytes."""


def with_large_files_at(place: Path, work: Callable[[], Reply]) -> Reply:
    """Return the reply that `work` composes, its large files beside `place`, for whoever gets it to own."""
    reply = work()
    files = (
        _kept(file, place.with_suffix(f".{at}")) if len(file.content) > LARGE else file
        for at, file in enumerate(reply.files)
    )
    return replace(reply, files=tuple(files))


def _kept(file: File, path: Path) -> File:
    path.write_bytes(file.content)
    return replace(file, content=b"", parcel=Parcel(path))
