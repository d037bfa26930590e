"""The questions to begin with, as an operator writes them."""

import re

MOST, LENGTH = 5, 75
"""What a message shows as buttons, and what one of them shows whole."""


def split(text: object) -> object:
    """Return the questions between vertical bars or in lines."""
    if not isinstance(text, str):
        return text
    starters = tuple(" ".join(each.split()) for each in re.split(r"[|\n]", text))
    return tuple(each for each in starters if each)


def few_and_short(starters: tuple[str, ...]) -> tuple[str, ...]:
    """Demand what buttons can show."""
    if len(starters) > MOST or any(len(each) > LENGTH for each in starters):
        raise ValueError(f"has more than {MOST} questions, or one of more than {LENGTH} characters")
    return starters
