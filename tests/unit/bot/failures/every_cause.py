"""Every cause that the bot knows."""

from collections.abc import Iterator

from bot.failures import causes
from bot.failures.message_error_causes import MESSAGE_CAUSES
from bot.failures.model import Cause


def _named() -> Iterator[Cause]:
    """Yield what the table of causes has beside its rows, each by its name or by a status."""
    for value in vars(causes).values():
        if isinstance(value, Cause):
            yield value
    yield from causes.STATUS_CAUSES.values()


CALLS = tuple(causes.ERROR_CAUSES.values())
OTHERS = tuple(dict.fromkeys(each for each in _named() if each not in CALLS))
EVERY = (*CALLS, *OTHERS, *MESSAGE_CAUSES.values())
