"""Slack's ids in settings: of apps, channels, people and user groups, each by its first letter."""

import re
from collections.abc import Callable


def beginning(letters: str, things: str) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """Demand ids of some kinds: a name, which people can change, is none."""
    form = re.compile(rf"[{letters}][A-Z0-9]{{2,20}}")

    def check(ids: tuple[str, ...]) -> tuple[str, ...]:
        for number, each in enumerate(ids, start=1):
            if not form.fullmatch(each):
                raise ValueError(f"has something that is no id of {things} (entry {number})")
        return ids

    return check
