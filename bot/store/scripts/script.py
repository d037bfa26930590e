"""The decorator of each script: a function's parameters are the keys and arguments of its `.lua` file.

The parameters are given to Lua as locals of the same names, so no key or argument is matched by position.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from enum import StrEnum
from functools import wraps
from hashlib import sha1
from inspect import signature
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, get_type_hints

from redis.exceptions import NoScriptError

from bot.records.job import Stage
from bot.records.progress import Placeholder, State
from bot.store import keys
from bot.store.keys import Key
from bot.store.results import Withdrawn

P = ParamSpec("P")
R = TypeVar("R")
Fields = Mapping[str, str | int]
"""Fields of a hash to be saved; a script's last parameter."""

LUA = Path(__file__).parent / "lua"
LEASE_LOST, NOT_WANTED = "lease lost", "not wanted"
LIFETIMES = {name: value for name, value in vars(keys).items() if name.endswith("_LIFETIME")}
FROM_TEXT = {int: "tonumber(ARGV[{}])", bool: "ARGV[{}] == '1'", Fields: "{{unpack(ARGV, {})}}"}
"""How Lua reads an argument of each type; all others are texts."""


class LeaseLost(Exception):  # noqa: N818 - not an error: a worker that was too slow lets go
    """Another worker has the lease of this question or job; nothing was saved."""


class NotWanted(Exception):  # noqa: N818 - not an error: the user has changed their mind
    """The question was withdrawn, or its message edited, while a step worked on it: nothing may be shown."""


def script(function: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """Let a function run the `.lua` file of its name; raises LeaseLost or NotWanted if that says so."""
    types = get_type_hints(function)
    names = [name for name in signature(function).parameters if name != "redis"]
    key_names = [name for name in names if types[name] is Key]
    arguments = [name for name in names if types[name] is not Key]
    texts = {name: f"KEYS[{number}]" for number, name in enumerate(key_names, 1)} | {
        name: FROM_TEXT.get(types[name], "ARGV[{}]").format(number)
        for number, name in enumerate(arguments, 1)
    }
    enums = {Placeholder, State, Stage, Withdrawn, *filter(_is_enum, types.values())}
    source = _source(function.__name__, texts, enums)
    digest = sha1(source.encode(), usedforsecurity=False).hexdigest()
    returns: Callable[[Any], R] = types["return"] if _is_enum(types["return"]) else _unchanged

    @wraps(function)
    async def run(*args: P.args, **given: P.kwargs) -> R:
        redis: Any = args[0]
        sent = [part for name in arguments for part in _sent(given[name])]
        parameters = [len(key_names), *(given[name] for name in key_names), *sent]
        try:
            result = await redis.evalsha(digest, *parameters)
        except NoScriptError:  # the server was restarted or flushed, or has just become the primary
            result = await redis.eval(source, *parameters)
        if result == LEASE_LOST:
            raise LeaseLost
        if result == NOT_WANTED:
            raise NotWanted
        return returns(result)

    return run


def _source(name: str, texts: Mapping[str, str], enums: Iterable[type[StrEnum]]) -> str:
    """Return a script after its prelude: lifetimes, its parameters, its enums, its libraries."""
    body = (LUA / f"{name}.lua").read_text()
    libraries = re.search(r"^-- lib: (.*)$", body, re.MULTILINE)
    parts = libraries[1].split(", ") if libraries else []
    prelude = [f"local LEASE_LOST, NOT_WANTED = '{LEASE_LOST}', '{NOT_WANTED}'"]
    prelude += [f"local {lifetime} = {milliseconds}" for lifetime, milliseconds in LIFETIMES.items()]
    prelude += [f"local {parameter} = {text}" for parameter, text in texts.items()]
    # In order: a script whose text changed with each process would be loaded anew by each.
    for enum in sorted(enums, key=lambda enum: enum.__name__):
        members = ", ".join(f"{member.name} = '{member.value}'" for member in enum)
        prelude.append(f"local {enum.__name__} = {{{members}}}")
    return "\n".join([*prelude, *((LUA / "lib" / f"{part}.lua").read_text() for part in parts), body])


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum)


def _sent(value: Any) -> list[str | int]:
    if isinstance(value, Mapping):
        return [part for pair in value.items() for part in pair]
    return [int(value) if isinstance(value, bool) else value]


def _unchanged(result: Any) -> Any:
    return result
