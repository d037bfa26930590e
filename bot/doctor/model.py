"""What a look finds."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.doctor.surroundings import Surroundings


class Level(StrEnum):
    """How things stand."""

    GREEN = "green"
    """As it should be."""
    YELLOW = "yellow"
    """The bot works, with less, or with a risk; or it could not be seen."""
    RED = "red"
    """Something does not work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing stands."""

    check: str
    """What was looked at: a name that stays the same, for programs that read it."""
    level: Level
    text: str
    """One sentence; unless it is green it ends with what to do."""


def green(check: str, text: str) -> Finding:
    """Say that something is as it should be."""
    return Finding(check, Level.GREEN, text)


def yellow(check: str, text: str) -> Finding:
    """Say that something could be better, or could not be seen."""
    return Finding(check, Level.YELLOW, text)


def red(check: str, text: str) -> Finding:
    """Say that something does not work."""
    return Finding(check, Level.RED, text)


Look = Callable[[Surroundings], AsyncGenerator[Finding, None]]
"""Looks at some things that depend on each other; it may raise, and be cancelled at any time."""
