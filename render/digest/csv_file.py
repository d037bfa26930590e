"""A digest as a file: one line for each question, safe for spreadsheets."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime

from render.blockkit.reply import File
from render.digest.model import Digest, Entry
from render.files.csv_file import ENCODING, file_name, safe_cells
from render.words.operator import digest as words

COLUMNS = (
    *("asked_at", "space", "private", "scheduled", "outcome", "cause", "rating", "reason"),
    *("seconds", "waited_seconds", "question", "benchmark", "confirmed_sql", "link"),
)


def digest_file(digest: Digest) -> File:
    """Write every question; what may not be read is empty."""
    return File(
        name=file_name(words.FILE_TITLE, "csv"),
        content=digest_csv(digest).encode(ENCODING, errors="replace"),
        title=words.FILE_TITLE,
    )


def digest_csv(digest: Digest) -> str:
    """Write every question as CSV."""
    ranks = {id(each.entry): number for number, each in enumerate(digest.candidates, start=1)}
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for entry in digest.entries:
        writer.writerow(safe_cells(_cells(entry, ranks.get(id(entry)))))
    return text.getvalue()


def _cells(entry: Entry, rank: int | None) -> Iterator[str]:
    yield datetime.fromtimestamp(entry.asked_at / 1000, UTC).isoformat(timespec="seconds")
    yield entry.space
    yield "true" if entry.private else "false"
    yield "true" if entry.scheduled else "false"
    yield entry.fate.value
    yield entry.cause
    yield entry.rating
    yield entry.reason
    yield "" if entry.seconds is None else f"{entry.seconds:.1f}"
    yield f"{entry.waited:.1f}"
    yield entry.words
    yield str(rank or "")
    yield entry.confirmed
    yield entry.link
