"""Small parts to say what a JSON object of Block Kit may look like: keys, types, lengths, counts.

A `Check` looks at one value and notes in a `Review` what Slack would complain about. The tables in the
other `blocks_*` modules are built of these.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Check = Callable[[Any, str, "Review"], None]
"""Looks at a value at a JSON pointer and notes its faults."""

_WEB_ADDRESS = re.compile(r"https?://\S+")


@dataclass(slots=True)
class Review:
    """What one payload was found to hold: its faults and the sums that count over the whole payload."""

    surface: str = "message"
    """`message`, `modal` or `home`."""
    unavailable: frozenset[str] = frozenset()
    """Block types that this workspace does not have yet."""
    file_ready: Callable[[str], bool] = lambda _file: False
    """Whether an image block may show the file with this id or address."""
    faults: list[str] = field(default_factory=list)
    tables: int = 0
    charts: int = 0
    markdown_characters: int = 0
    table_characters: int = 0
    data_table_characters: int = 0

    def fault(self, pointer: str, words: str) -> None:
        """Note a complaint in the form in which Slack words them."""
        self.faults.append(f"[ERROR] {words} [json-pointer:{pointer}]")


def string(most: int, least: int = 1) -> Check:
    """Accept text of a permitted length."""

    def check(value: Any, pointer: str, review: Review) -> None:
        if not isinstance(value, str):
            review.fault(pointer, "must be a string")
        elif len(value) < least:
            review.fault(pointer, f"must be more than {least - 1} characters")
        elif len(value) > most:
            review.fault(pointer, f"must be less than {most + 1} characters")

    return check


def address(most: int = 3_000) -> Check:
    """Accept a web address."""
    length = string(most)

    def check(value: Any, pointer: str, review: Review) -> None:
        length(value, pointer, review)
        if isinstance(value, str) and not _WEB_ADDRESS.fullmatch(value):
            review.fault(pointer, "must be a valid URL")

    return check


def boolean(value: Any, pointer: str, review: Review) -> None:
    """Accept true or false."""
    if not isinstance(value, bool):
        review.fault(pointer, "must be a boolean")


def number(value: Any, pointer: str, review: Review) -> None:
    """Accept any number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        review.fault(pointer, "must be a number")


def integer(least: int, most: int) -> Check:
    """Accept a whole number within bounds."""

    def check(value: Any, pointer: str, review: Review) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            review.fault(pointer, f"must be an integer between {least} and {most}")

    return check


def choice(*words: str) -> Check:
    """Accept one of a few words."""

    def check(value: Any, pointer: str, review: Review) -> None:
        if value not in words:
            review.fault(pointer, f"must be one of {', '.join(words)}")

    return check


def anything(_value: Any, _pointer: str, _review: Review) -> None:
    """Accept a value that is not looked into."""


def items(each: Check, most: int, least: int = 1) -> Check:
    """Accept a list of a permitted length whose items are all well formed."""

    def check(value: Any, pointer: str, review: Review) -> None:
        if not isinstance(value, list):
            review.fault(pointer, "must be an array")
            return
        if not least <= len(value) <= most:
            few = len(value) < least
            words = f"no fewer than {least} items required" if few else f"no more than {most} items allowed"
            review.fault(pointer, words)
        for position, item in enumerate(value):
            each(item, f"{pointer}/{position}", review)

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Accept an object with these keys and no other."""
    known = {**required, **(optional or {})}

    def check(value: Any, pointer: str, review: Review) -> None:
        if not isinstance(value, dict):
            review.fault(pointer, "must be an object")
            return
        for key in required:
            if key not in value:
                review.fault(pointer, f"missing required field: {key}")
        for key, part in value.items():
            if key not in known:
                review.fault(f"{pointer}/{key}", "no more than 0 additional properties allowed")
            else:
                known[key](part, f"{pointer}/{key}", review)

    return check


def typed(kinds: Mapping[str, Check]) -> Check:
    """Accept an object whose `type` is one of these, and which is well formed as that type."""

    def check(value: Any, pointer: str, review: Review) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in kinds:
            review.fault(pointer, f"unsupported type: {kind}")
        else:
            kinds[kind](value, pointer, review)

    return check


def both(*checks: Check) -> Check:
    """Accept what all of these accept."""

    def check(value: Any, pointer: str, review: Review) -> None:
        for each in checks:
            each(value, pointer, review)

    return check
