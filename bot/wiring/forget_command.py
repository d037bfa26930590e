"""`python -m bot forget-me`: deletes what is kept of a person."""

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from bot.config.settings import Settings
from bot.identity.encryption import Encryption
from bot.identity.grants import Grants
from bot.identity.user_auth import revoke
from bot.startup.clients import http_session, open_store
from bot.startup.user_mode import people_oauth
from bot.store.grants import GrantStore
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
        goes_on = await _sign_out(GrantStore(redis, keys), user, settings)
        forgotten = await forget_person(redis, keys, ANY_TEAM, user)
    print(words.forgotten(user, _counts(forgotten)))  # noqa: T201 - for the person at the terminal
    if goes_on:
        print(words.NOT_REVOKED, file=sys.stderr)  # noqa: T201
    if forgotten.running:
        print(words.still_running(forgotten.running), file=sys.stderr)  # noqa: T201


async def _sign_out(store: GrantStore, user: str, settings: Settings) -> bool:
    """Delete what a person gave, and have Databricks end it; tell whether it goes on there."""
    signed_in = [each for each in await store.people() if each.id == user]
    users, host = settings.user_identity, settings.databricks_host
    if users is None or not signed_in:
        return bool(signed_in)
    grants = Grants(store, Encryption(users.encryption_keys), host)
    async with http_session() as http:
        oauth = people_oauth(users, host, http)
        given = [await grants.take(each) for each in signed_in]
        return not all([each is not None and await revoke(oauth, each.refresh_token) for each in given])


def _counts(forgotten: Forgotten) -> dict[str, int]:
    return {
        "entries of the audit trail": forgotten.audited,
        "questions and clicks": forgotten.asked,
        "ratings": forgotten.rated,
        "other keys": forgotten.kept,
    }
