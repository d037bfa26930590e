"""One cutter for all measures, and one table of what cannot be seen."""

import sys
import unicodedata

import pytest
from wcwidth import width

from render.text.escape import clean, clean_line
from render.text.limits import clip, wire
from render.text.markdown import plain


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


FAMILY, FLAG = "👨\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈"


@pytest.mark.parametrize(
    "text",
    [
        FAMILY,
        FLAG,
        "❤\ufe0f\u200d🔥 x",
        "👩🏽\u200d🚀",
        "👁\ufe0f\u200d🗨\ufe0f",
        "می\u200cخواهم",
        "کتاب\u200cها و خانه\u200cها",
        "क्\u200dष",
        "ශ්\u200dරී",
    ],
)
def test_a_joiner_within_a_word_or_an_emoji_stays(text: str) -> None:
    """Families, flags, Persian half-spaces and conjuncts of India are spelt with one."""
    assert (clean(text), clean_line(text, 40), clean_line(text + "\x00", 40)) == (text,) * 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("pay\u200dpal", "paypal"),
        ("1\u200c2", "12"),
        ("\u200cمی", "می"),
        ("می\u200c", "می"),
        ("می\u200c خواهم", "می خواهم"),
        ("می\u200c\u200cخواهم", "می\u200cخواهم"),
        ("می\u200c\u200b\u202e\u200dخواهم", "می\u200cخواهم"),
        ("\u06f2\u200c\u06f3", "\u06f2\u06f3"),
        ("👨\u200c👩", "👨👩"),
        ("👨\u200da", "👨a"),
        ("a\ufe0f\u200d🌈", "a\ufe0f🌈"),
        ("م\u200d👨", "م👨"),
        ("\u200d", ""),
        ("\u200c" * 5_000, ""),
    ],
)
def test_a_joiner_that_joins_nothing_goes(text: str, shown: str) -> None:
    """At an edge, between letters that join with nothing, in a row: there it could only hide something."""
    assert (clean(text), clean(shown), clean_line(text, 5_000)) == (shown,) * 3


@pytest.mark.parametrize(
    ("text", "size", "shown"),
    [
        (f"{FAMILY} Ltd", 7, f"{FAMILY}…"),
        (f"ab{FAMILY}", 5, "ab…"),
        (f"ab {FLAG} cd", 6, "ab…"),
        ("می\u200cخواهم", 4, "می…"),
        ("🇩🇪🇫🇷🇮🇹", 4, "🇩🇪…"),
        ("ok 👍🏽 yes", 5, "ok…"),
        ("बिक्री", 3, "बि…"),
        ("Caffe\u0301 Roma", 6, "Caff…"),
    ],
)
def test_a_cut_leaves_no_part_of_a_character(text: str, size: int, shown: str) -> None:
    """An emoji, a flag, a letter with its marks stay whole or go, and no joiner stands at the end."""
    assert clip(text, size, at_word=False) == shown


@pytest.mark.parametrize(
    ("text", "columns"), [(FAMILY, 2), (FLAG, 2), ("می\u200cخواهم", 7), ("👩🏽\u200d🚀", 2)]
)
def test_joined_text_is_as_wide_as_it_looks(text: str, columns: int) -> None:
    """So the columns of a text table stay straight beside it."""
    assert width(clean(text)) == columns
    table = f"| Name | n |\n|:--|--:|\n| {text} | 10 |\n| abcdefgh | 7 |"
    first, *lines = plain(table).split("\n")
    assert lines == [text + " " * (8 - columns) + "  10", "abcdefgh   7"]
    assert first == "Name       n"


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
