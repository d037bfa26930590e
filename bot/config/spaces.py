"""Reads GENIE_SPACES: one space per line, `alias = id or address | description`.

Raises ValueError with what is wrong, as the rest of a sentence that begins with the name of the variable.
"""

import re
from collections.abc import Iterator

from bot.config import addresses
from bot.spaces.model import Space

ALIAS_LENGTH = 30
RESERVED = frozenset(
    {
        *("ask", "new", "spaces", "use", "history", "cancel", "quiet", "listen", "private", "status"),
        *(
            "forget",
            "help",
            "sign-in",
            "sign-out",
            "signin",
            "signout",
            "research",
            "watches",
            "confirmed",
            "schedule",
            "off",
        ),
    }
)
"""What follows `/genie`, or `/genie use`, as a word of its own; an alias would hide it."""


def read(text: object) -> object:
    """Read the lines of the setting; those that are empty count for nothing."""
    if not isinstance(text, str):
        return text
    spaces = tuple(_space(line) for line in text.splitlines() if line.strip())
    for name in _twice([space.alias.casefold() for space in spaces]):
        raise ValueError(f"has two spaces with the alias {name}")
    for name in _twice([space.id for space in spaces]):
        raise ValueError(f"has the space {name} twice")
    return spaces


def _space(line: str) -> Space:
    alias, equals, rest = (part.strip() for part in line.partition("="))
    address, _, description = (part.strip() for part in rest.partition("|"))
    if not equals or not address:
        raise ValueError("has a line that is not alias = id or address | description")
    if not re.fullmatch(rf"[^\W_][\w-]{{0,{ALIAS_LENGTH - 1}}}", alias):
        raise ValueError(
            f"has an alias that is not one word of up to {ALIAS_LENGTH} letters, digits, - and _, "
            "with a letter or digit first"
        )
    if alias.casefold() in RESERVED:
        raise ValueError(f"has the alias {alias}, which is a word of /genie, so choose another one")
    try:
        return Space(alias, addresses.space_id(address), " ".join(description.split()))
    except ValueError as error:
        raise ValueError(f"has something for {alias} that {error}") from None


def _twice(names: list[str]) -> Iterator[str]:
    return (name for at, name in enumerate(names) if name in names[:at])
