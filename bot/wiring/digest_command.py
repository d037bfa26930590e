"""`python -m bot digest`: prints what the experts' channel is told each Monday, for any of the last days."""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from bot.config.settings import Settings
from bot.jobs.digest.entries import Entries
from bot.jobs.watch.due import zone_of
from bot.records.question import Place
from bot.spaces.catalog import Catalog
from bot.startup.clients import open_store
from bot.store.experts import ConfirmedStore
from bot.store.feedback import FeedbackStore
from bot.store.keys import DAY, QUESTION_LIFETIME, Keys
from bot.store.oversight.asked import AskedStore
from bot.wiring.audit_command import moment
from bot.wiring.digest import space_name
from bot.wiring.printed import output
from render.digest.count import digest
from render.digest.csv_file import digest_csv
from render.digest.model import Digest
from render.digest.text import text
from render.files.csv_file import ENCODING
from render.words.operator import digest as words

Write = Callable[[Digest], str]


def parse(arguments: Sequence[str]) -> Callable[[Settings], Coroutine[Any, Any, None]]:
    """Return what prints the digest that the arguments ask for."""
    parser = ArgumentParser("python -m bot digest", description=words.DIGEST)
    parser.add_argument("--since", type=moment, default=0, help=words.SINCE)
    parser.add_argument(
        "--csv", dest="write", action="store_const", const=digest_csv, default=text, help=words.CSV
    )
    given = parser.parse_args(arguments)
    return partial(_print, given.since, given.write)


async def _print(since: int, write: Write, settings: Settings) -> None:
    if not settings.audit_content:
        print(words.NO_WORDS, file=sys.stderr)  # noqa: T201 - for the person at the terminal
    now, keys = round(time.time() * 1000), Keys(settings.redis_prefix)
    since = max(since or now - 7 * DAY, now - QUESTION_LIFETIME)

    async def may_see(_place: Place) -> bool:
        return settings.audit_content

    async with open_store(settings, keys) as redis:
        entries = Entries(
            asked=AskedStore(redis, keys),
            feedback=FeedbackStore(redis, keys),
            confirmed=ConfirmedStore(redis, keys),
            space_name=partial(space_name, Catalog(settings.spaces)),
            testers=settings.testers,
            may_see=may_see,
        )
        found = await entries.between(since, now + 1)
    zone = zone_of(settings.digest_time_zone)
    with output(ENCODING if write is digest_csv else "utf-8") as out:
        out.write(write(digest(found, since, now + 1, zone)))
