"""The texts that somebody could put into a table to harm those who read it, each with its name.

They stand in `payloads/hostile.json`, one on each line; a long one as what is repeated, and how often.
"""

import json
from pathlib import Path

FILE = Path(__file__).parent / "payloads" / "hostile.json"


def _whole(text: str | list[str | int]) -> str:
    if isinstance(text, str):
        return text
    part, times = text
    return str(part) * int(times)


NAMED: dict[str, str] = {name: _whole(text) for name, text in json.loads(FILE.read_text()).items()}
TEXTS = tuple(NAMED.values())
SHORT = tuple(text for text in TEXTS if len(text) <= 10_000)
"""For laws that make thousands of examples; the longest ones are walked through once, by name."""
