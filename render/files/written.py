"""What a file that was written holds, and how that is said."""

from dataclasses import dataclass

from render import words
from render.text.locales import Locale


@dataclass(frozen=True, slots=True)
class Written:
    """What a file holds: so many rows and columns, of how many there are; how many values had to be cut."""

    rows: int
    columns: int
    whole: bool
    shortened: int = 0
    full: bool = False
    """There is more, for which a sheet has no room."""


def title(written: Written, suffix: str, locale: Locale) -> str:
    """Say what is in a file."""
    contents = words.export.contents(written.rows, written.columns, suffix, locale, whole=written.whole)
    return f"{contents}; {words.export.cut(written.shortened, locale)}" if written.shortened else contents


def left_out(written: Written) -> str:
    """Say why a file does not hold everything, if it does not."""
    if written.full:
        return words.export.SHEET_FULL
    return "" if written.whole else words.export.NOT_WHOLE
