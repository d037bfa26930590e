"""`python -m bot forget-me`: deletes what is kept of a person."""

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from bot.config.settings import Settings
from bot.startup.clients import open_store
from bot.store.keys import Keys
from bot.store.oversight.forget_person import ANY_TEAM, Forgotten, forget_person
from render.words.operator import audit as words


def parse(arguments: Sequence[str]) -> Callable[[Settings], Coroutine[Any, Any, None]]:
    """Return what forgets the person whom the arguments name."""
    parser = ArgumentParser("python -m bot forget-me", description=words.FORGET)
    parser.add_argument("--user", required=True, type=person, help=words.USER)
    given = parser.parse_args(arguments)
    return partial(_forget, given.user)


def person(text: str) -> str:
    """Return the id of one person; anything else could stand for several."""
    if not re.fullmatch(r"[UW][A-Z0-9]+", text):
        raise ArgumentTypeError(words.not_an_id(text))
    return text


async def _forget(user: str, settings: Settings) -> None:
    keys = Keys(settings.redis_prefix)
    async with open_store(settings, keys) as redis:
        forgotten = await forget_person(redis, keys, ANY_TEAM, user)
    print(words.forgotten(user, _counts(forgotten)))  # noqa: T201 - for the person at the terminal
    if forgotten.running:
        print(words.still_running(forgotten.running), file=sys.stderr)  # noqa: T201


def _counts(forgotten: Forgotten) -> dict[str, int]:
    return {
        "entries of the audit trail": forgotten.audited,
        "questions and clicks": forgotten.asked,
        "ratings": forgotten.rated,
        "other keys": forgotten.kept,
    }
