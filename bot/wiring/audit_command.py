"""`python -m bot audit`: prints the audit trail, as it is read."""

import csv
import json
import os
import re
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, TextIO

from bot.config.settings import Settings
from bot.startup.clients import open_store
from bot.store.keys import Keys
from bot.store.oversight.audit import AuditRow, AuditTrail
from render.files.csv_file import ENCODING, safe_cells
from render.words.operator import audit as words

COLUMNS = (
    *("ended_at", "asked_at", "kind", "outcome", "user", "as", "channel", "private", "space"),
    *("id", "about", "team", "question", "sql"),
)
SECONDS = {"m": 60, "h": 3600, "d": 86400}

Write = Callable[[AsyncIterator[AuditRow], TextIO], Coroutine[Any, Any, None]]


def parse(arguments: Sequence[str]) -> Callable[[Settings], Coroutine[Any, Any, None]]:
    """Return what prints what the arguments ask for."""
    parser = ArgumentParser("python -m bot audit", description=words.AUDIT)
    parser.add_argument("--since", type=moment, default=0, help=words.SINCE)
    parser.add_argument("--until", type=moment, default=0, help=words.UNTIL)
    parser.add_argument("--user", default="", help=words.USER)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--csv", dest="write", action="store_const", const=write_csv, help=words.CSV)
    form.add_argument("--json", dest="write", action="store_const", const=write_json, help=words.JSON)
    given = parser.parse_args(arguments)
    return partial(_print, given.since, given.until, given.user, given.write or write_csv)


def moment(text: str) -> int:
    """Return the milliseconds since 1970 of a time as people write it, or of so long ago."""
    if age := re.fullmatch(r"(\d{1,6})([mhd])", text):
        return round((time.time() - int(age[1]) * SECONDS[age[2]]) * 1000)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(words.not_a_time(text)) from None
    return round((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp() * 1000)


async def _print(since: int, until: int, user: str, write: Write, settings: Settings) -> None:
    if not settings.audit_days:
        print(words.NOT_KEPT, file=sys.stderr)  # noqa: T201 - for the person at the terminal
    now = round(time.time() * 1000)
    oldest = now - (settings.audit_days + 1) * SECONDS["d"] * 1000
    keys = Keys(settings.redis_prefix)
    encoding = ENCODING if write is write_csv else "utf-8"
    async with open_store(settings, keys) as redis:
        rows = AuditTrail(redis, keys).rows(max(since, oldest), until or now + 1)
        with open(sys.stdout.fileno(), "w", encoding=encoding, newline="", closefd=False) as out:  # noqa: ASYNC230
            try:
                await write(_of(rows, user), out)
                out.flush()
            except BrokenPipeError:  # whoever reads it has enough
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


async def _of(rows: AsyncIterator[AuditRow], user: str) -> AsyncIterator[AuditRow]:
    async for row in rows:
        if not user or row.user == user:
            yield row


async def write_csv(rows: AsyncIterator[AuditRow], out: TextIO) -> None:
    """Write rows so that no cell can turn into a program in a spreadsheet."""
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    async for row in rows:
        values = _values(row)
        writer.writerow(safe_cells(values.get(column, "") for column in COLUMNS))


async def write_json(rows: AsyncIterator[AuditRow], out: TextIO) -> None:
    """Write one object for each row, without what is not known."""
    async for row in rows:
        values = _values(row)
        found = {column: values[column] for column in COLUMNS if values.get(column)}
        print(json.dumps(found, ensure_ascii=False), file=out)


def _values(row: AuditRow) -> dict[str, str]:
    times = {"ended_at": _time(row.ended_at), "asked_at": _time(row.asked_at)}
    private = {"private": "true" if row.fields.get("private") == "1" else "false"}
    return {**row.fields, **row.content, **times, **private}


def _time(milliseconds: int) -> str:
    if not milliseconds:
        return ""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")
