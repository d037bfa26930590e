"""Laws of escaping: no text from outside gains a meaning in Slack that it did not have."""

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genie.model import Column, Table
from render.files.csv_file import csv_file
from render.text.escape import clean, escape, fences, literal
from render.text.limits import clip, clip_wire, wire
from render.text.markdown import pieces, plain
from tests import hostile
from tests.laws.examples import examples
from tests.shown import UNSEEN, without_marks

pytestmark = pytest.mark.property

texts = st.one_of(
    st.sampled_from(hostile.SHORT),
    st.text(max_size=300),
    st.text(alphabet="*_~`<>!@#|[]()&\\-.1 ab\n", max_size=120),
    st.text(
        alphabet="\u200c\u200d\u200b\u202e\ufeff\ufe0f\u06cc\u062e\u06f2\u0915\u094d👨👩🏽a1 \n", max_size=60
    ),
    st.lists(st.sampled_from(hostile.SHORT), max_size=4).map(" ".join),
)
law = settings(max_examples=examples(300, 300), deadline=None)
LIVE = re.compile(r"[<>]|&(?!amp;|lt;|gt;)")


def from_markdown(markdown: str) -> str:
    """Return Genie's Markdown as one text of mrkdwn."""
    return "\n".join(pieces(markdown)).strip("\n")


@law
@given(texts)
def test_converted_markdown_holds_nothing_live(markdown: str) -> None:
    """No Markdown gives mrkdwn a raw bracket or a half-escaped ampersand."""
    assert not LIVE.search(from_markdown(markdown))


@law
@given(st.text(alphabet=st.characters(categories=["L", "Nd", "Zs"]), max_size=100))
def test_markdown_without_markup_stays_as_it_is(text: str) -> None:
    """Text in which Markdown means nothing comes out unchanged."""
    assert from_markdown(text).strip() == escape(text).strip()


@law
@given(texts)
def test_marks_come_only_from_marks(markdown: str) -> None:
    """Outside code there is bold, struck or code text only where the Markdown asks for it."""
    shown = from_markdown(markdown)
    if "`" in shown:
        assert re.search(r"`|~~~|\|", markdown)
        return
    assert "~" not in shown or "~~" in markdown
    assert "*" not in shown or re.search(r"\*\*|__|#", markdown)


@law
@given(texts, st.integers(40, 400))
def test_pieces_keep_to_their_size(markdown: str, size: int) -> None:
    """However long a line or a code block, each piece of it fits."""
    assert all(len(piece) <= size for piece in pieces(markdown, size))
    assert all(len(piece) <= size for piece in fences(markdown, size))


@law
@given(texts)
def test_literal_text_has_no_meaning(text: str) -> None:
    """Data in mrkdwn holds no mark, no quotation and nothing live, and reads like the data."""
    shown = literal(text)
    assert not LIVE.search(shown)
    assert not re.search(r"[*~`]|^ *&gt;|(?<![^\W_])_|_(?![^\W_])", shown, re.MULTILINE)
    assert len(shown) >= len(clean(text))


@law
@given(texts)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """What is clean stays as it is, can be written as UTF-8, and hides nothing, joiners included."""
    assert clean(clean(text)) == clean(text)
    assert not UNSEEN.search(clean(text))
    clean(text).encode()
    plain(text).encode()


@law
@given(texts, st.integers(8, 200))
def test_clipping_keeps_to_its_size(text: str, size: int) -> None:
    """A clipped text is as short as asked, counted in characters or in JSON."""
    assert len(clip(text, size)) <= size
    assert wire(clip_wire(text, size)) <= max(size, wire("…"))


@law
@given(st.lists(st.lists(st.one_of(st.none(), texts), min_size=3, max_size=3), max_size=5))
def test_a_csv_is_read_back_as_it_was_and_calculates_nothing(rows: list[list[str | None]]) -> None:
    """Each cell comes back, marked as text where a spreadsheet would calculate it."""
    columns = (Column("a"), Column("=b"), Column(""))
    content = csv_file(Table(columns, tuple(tuple(row) for row in rows)), "name").content.decode("utf-8-sig")
    for wanted, found in zip(rows, list(csv.reader(io.StringIO(content, newline="")))[1:], strict=True):
        for cell, read in zip(wanted, found, strict=True):
            whole = (cell or "").encode(errors="replace").decode()
            assert without_marks(read) == without_marks(whole)
            assert len(read) >= len(whole)
            assert not re.match(r"[=@\t\r\n\uff1d\uff0b\uff0d\uff20]|[+-](?![\d.]+([eE][+-]?\d+)?$)", read)
