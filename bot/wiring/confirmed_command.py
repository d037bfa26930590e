"""`python -m bot confirmed`: prints what experts have confirmed, or deletes some of it."""

import sys
from argparse import ArgumentParser
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.config.settings import Settings
from bot.records.review import Confirmed
from bot.startup.clients import open_store
from bot.store.experts import ConfirmedStore
from bot.store.keys import Keys
from bot.wiring.printed import add_forms, print_rows
from render.words.operator import confirmed as words

COLUMNS = ("id", "space", "question", "sql", "confirmed_by", "confirmed_at", "team", "channel")


def parse(arguments: Sequence[str]) -> Callable[[Settings], Coroutine[Any, Any, None]]:
    """Return what does what the arguments ask for."""
    parser = ArgumentParser("python -m bot confirmed", description=words.CONFIRMED)
    add_forms(parser)
    parser.add_argument("--delete", metavar="ID", default="", help=words.DELETE)
    given = parser.parse_args(arguments)
    return partial(_delete, given.delete) if given.delete else partial(_print, given.as_json)


async def _print(as_json: bool, settings: Settings) -> None:  # noqa: FBT001 - the first of a partial
    keys = Keys(settings.redis_prefix)
    async with open_store(settings, keys) as redis:
        await print_rows(COLUMNS, _rows(ConfirmedStore(redis, keys)), as_json=as_json)


async def _delete(confirmed_id: str, settings: Settings) -> None:
    keys = Keys(settings.redis_prefix)
    async with open_store(settings, keys) as redis:
        deleted = await ConfirmedStore(redis, keys).delete(confirmed_id)
    said, out = (words.deleted(confirmed_id), sys.stdout) if deleted else (words.NOT_THERE, sys.stderr)
    print(said, file=out)


async def _rows(store: ConfirmedStore) -> AsyncIterator[Mapping[str, str]]:
    async for each in store.all():
        yield _values(each)


def _values(entry: Confirmed) -> dict[str, str]:
    at = datetime.fromtimestamp(entry.at / 1000, UTC).isoformat(timespec="seconds")
    return {
        **{name: getattr(entry, name) for name in ("id", "space", "question", "sql", "team", "channel")},
        "confirmed_by": entry.by,
        "confirmed_at": at,
    }
