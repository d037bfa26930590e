"""`python -m bot audit`: prints the audit trail, as it is read."""

import re
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.config.settings import Settings
from bot.startup.clients import open_store
from bot.store.keys import Keys
from bot.store.oversight.audit import AuditRow, AuditTrail
from bot.wiring.printed import add_forms, print_rows
from render.words.operator import audit as words

COLUMNS = (
    *("ended_at", "asked_at", "kind", "outcome", "user", "as", "channel", "private", "space"),
    *("id", "about", "team", "question", "sql"),
)
SECONDS = {"m": 60, "h": 3600, "d": 86400}


def parse(arguments: Sequence[str]) -> Callable[[Settings], Coroutine[Any, Any, None]]:
    """Return what prints what the arguments ask for."""
    parser = ArgumentParser("python -m bot audit", description=words.AUDIT)
    parser.add_argument("--since", type=moment, default=0, help=words.SINCE)
    parser.add_argument("--until", type=moment, default=0, help=words.UNTIL)
    parser.add_argument("--user", default="", help=words.USER)
    add_forms(parser)
    given = parser.parse_args(arguments)
    return partial(_print, given.since, given.until, given.user, given.as_json)


def moment(text: str) -> int:
    """Return the milliseconds since 1970 of a time as people write it, or of so long ago."""
    if age := re.fullmatch(r"(\d{1,6})([mhd])", text):
        return round((time.time() - int(age[1]) * SECONDS[age[2]]) * 1000)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(words.not_a_time(text)) from None
    return round((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp() * 1000)


async def _print(since: int, until: int, user: str, as_json: bool, settings: Settings) -> None:  # noqa: FBT001
    if not settings.audit_days:
        print(words.NOT_KEPT, file=sys.stderr)  # noqa: T201 - for the person at the terminal
    now = round(time.time() * 1000)
    oldest = now - (settings.audit_days + 1) * SECONDS["d"] * 1000
    keys = Keys(settings.redis_prefix)
    async with open_store(settings, keys) as redis:
        rows = AuditTrail(redis, keys).rows(max(since, oldest), until or now + 1)
        await print_rows(COLUMNS, _of(rows, user), as_json=as_json)


async def _of(rows: AsyncIterator[AuditRow], user: str) -> AsyncIterator[Mapping[str, str]]:
    async for row in rows:
        if not user or row.user == user:
            yield _values(row)


def _values(row: AuditRow) -> dict[str, str]:
    times = {"ended_at": _time(row.ended_at), "asked_at": _time(row.asked_at)}
    private = {"private": "true" if row.fields.get("private") == "1" else "false"}
    return {**row.fields, **row.content, **times, **private}


def _time(milliseconds: int) -> str:
    if not milliseconds:
        return ""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds")
