"""Texts of `python -m bot check` about itself and about the settings."""

from collections.abc import Sequence

DESCRIPTION = "Look at all that the bot depends on, and say what to do where something is wrong."
JSON = "print one JSON object instead of text"
SETTINGS = "All settings can be read."


def not_looked_at(variables: Sequence[str]) -> str:
    """Say that something was not looked at, since settings are wrong."""
    return f"Not looked at: set {', '.join(variables)} right first."


def took_longer(seconds: float) -> str:
    """Say that a look did not end in time."""
    return (
        f"No answer within {seconds:g} seconds: check the network, or wait if it only starts, and try again."
    )


def failed(error: str) -> str:
    """Say that a look failed by a fault of ours."""
    return f"This look failed ({error}), which is a fault of the bot: please report it."


def counted(green: int, yellow: int, red: int) -> str:
    """Count what was found."""
    first = "; begin with the first red one" if red > 1 else ""
    return f"{green} green, {yellow} yellow, {red} red{first}"
