"""One cutter for all measures, and one table of what cannot be seen."""

import sys
import unicodedata

import pytest
from wcwidth import width

from render.text.escape import clean, clean_line
from render.text.limits import clip, wire


@pytest.mark.parametrize("at_word", [True, False])
@pytest.mark.parametrize("measure", [None, width, wire, lambda text: 0.13 * len(text)])
def test_what_is_cut_measures_no_more_than_it_may(measure: object, at_word: bool) -> None:  # noqa: FBT001
    """Characters, columns, JSON and inches: as much as fits is kept, with an ellipsis at the end."""
    for text in ("A very long name of a channel " * 3, "東京 " * 30, "x" * 90):
        shown = clip(text, 20, measure, at_word=at_word)  # type: ignore[arg-type]
        size = (measure or len)(shown)  # type: ignore[operator]
        assert 20 / 3 - 2 < size <= 20 if len(text) > 20 and shown != text else shown == text
        assert shown == text or shown.endswith("…")
    assert clip("one two three", 9, at_word=True) == "one two…"
    assert clip("one two three", 9, at_word=False) == "one two…"
    assert clip("one two three", 11, at_word=False) == "one two th…"


def test_what_cannot_be_seen_is_hidden_everywhere() -> None:
    """Text and cells lose the same signs: control, format and surrogate characters, but no visible ones."""
    visible = {"ARABIC", "SYRIAC", "KAITHI"}
    for char in map(chr, range(sys.maxunicode + 1)):
        if unicodedata.category(char) not in {"Cc", "Cf", "Cs"} or char in "\t\n\v\f\r\x85":
            continue
        is_visible = unicodedata.name(char, "").split(" ")[0] in visible and char != "\u061c"
        assert (clean(f"a{char}b"), clean_line(f"a{char}b", 9)) == (
            (f"a{char}b" if is_visible else "ab"),
        ) * 2
