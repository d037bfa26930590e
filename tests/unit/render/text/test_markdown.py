"""Genie's Markdown as Slack's mrkdwn."""

import pytest

from render.text.escape import clean, code_parts, escape, fence, fences, literal
from render.text.markdown import from_markdown, pieces, plain


@pytest.mark.parametrize(
    ("markdown", "mrkdwn"),
    [
        ("**bold** and __bold__", "*bold* and *bold*"),
        ("*it* and _it_", "_it_ and _it_"),
        ("***both***", "*_both_*"),
        ("~~gone~~", "~gone~"),
        ("`a < b`", "`a &lt; b`"),
        ("# Title **x**", "*Title x*"),
        ("- one\n  - two\n1. three", "• one\n  • two\n1. three"),
        ("> said", "&gt; said"),
        ("a\n\n\n---\nb", "a\n\nb"),
        ("```sql\nSELECT 1\n```", "```\nSELECT 1\n```"),
        ("| a | bb |\n|---|---|\n| 1 | 2 |", "```\na  bb\n1  2\n```"),
        ("order_id and snake_case_name", "order_id and snake_case_name"),
    ],
)
def test_markdown_becomes_mrkdwn(markdown: str, mrkdwn: str) -> None:
    """Each construct that Genie writes looks in Slack as it was meant."""
    assert from_markdown(markdown) == mrkdwn


@pytest.mark.parametrize(
    ("markdown", "mrkdwn"),
    [
        ("5 * 3 * 2", "5 \u2217 3 \u2217 2"),
        ("~5 and ~6", "\u223c5 and \u223c6"),
        ("a ` b", "a \u02cb b"),
        (r"\*not bold\*", "\u2217not bold\u2217"),
        (r"\> not quoted", "\u203a not quoted"),
        ("_open", "\u02cdopen"),
        ("foo**bar**baz", "foobarbaz"),
    ],
)
def test_literal_characters_do_not_become_markup(markdown: str, mrkdwn: str) -> None:
    """A character that Markdown shows as it is means nothing in mrkdwn either."""
    assert from_markdown(markdown) == mrkdwn


@pytest.mark.parametrize(
    ("markdown", "mrkdwn"),
    [
        ("<!channel> <@U1>", "&lt;!channel&gt; &lt;@U1&gt;"),
        ("[bank.com](https://evil.example/x)", "bank.com (evil.example)"),
        ("[docs](https://docs.example/)", "docs (docs.example)"),
        ("[x](javascript:alert)", "x"),
        ("[x](http://plain.example)", "x"),
        ("![logo](https://e.example/p.png)", "logo (e.example)"),
        ("[](https://e.example)", "e.example"),
        ("[x](https://[::1)", "x"),
        ("&lt;!here&gt;", "&amp;lt;!here&amp;gt;"),
    ],
)
def test_nothing_is_live(markdown: str, mrkdwn: str) -> None:
    """Mentions are text, and a link is its label with the host that it would have led to."""
    assert from_markdown(markdown) == mrkdwn


def test_a_code_block_cannot_be_closed_from_inside() -> None:
    """Backticks in a code block are broken, so that what follows stays code."""
    assert fence("a ``` *b*") == "```\na \u02cb\u02cb\u02cb *b*\n```"


def test_plain_keeps_the_words_only() -> None:
    """Fallbacks get the words without marks and without escapes."""
    assert plain("# A **b**\n- `c < d` [e](https://f.example)") == "A b\n• c < d e (f.example)"


def test_long_lines_are_cut_into_pieces_without_losing_words() -> None:
    """A paragraph that is too long for one block comes in several, all of it."""
    words = [f"w{number}" for number in range(3000)]
    cut = list(pieces(" ".join(words), 500))
    assert all(len(piece) <= 500 for piece in cut)
    assert " ".join(cut).split() == words


def test_long_code_is_cut_between_lines() -> None:
    """Code of any length comes in fences that each fit, and every line survives."""
    code = "\n".join(f"SELECT {number} -- <&>" for number in range(400))
    blocks = list(fences(code, 900))
    assert all(len(block) <= 900 for block in blocks)
    lines = "\n".join(block.removeprefix("```\n").removesuffix("\n```") for block in blocks)
    assert lines == escape(code)


def test_a_line_without_spaces_is_cut_anyway() -> None:
    """One endless line is cut within, so that no part exceeds its size."""
    parts = list(code_parts("x" * 5000, 700))
    assert "".join(parts) == "x" * 5000
    assert max(map(len, parts)) < 700


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\u202eb\u2066c", "abc"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("\ud800x\udfff", "x"),
        ("a\x00\x1b[31mb\x7f", "a[31mb"),
        ("a\r\nb\u2028c\td", "a\nb\nc    d"),
        ("Z" + "\u0301" * 40, "Z" + "\u0301" * 3),
        ("日本 👍🏽 é", "日本 👍🏽 é"),
    ],
)
def test_clean_removes_what_cannot_be_seen(text: str, cleaned: str) -> None:
    """Control, bidi and zero-width characters and lone surrogates go; all writing stays."""
    assert clean(text) == cleaned


def test_literal_shows_text_as_it_is() -> None:
    """Data in mrkdwn gets no meaning, not even as a quotation at the start of a line."""
    assert literal("> *a* <@U1>\n>b") == "\u203a \u2217a\u2217 &lt;@U1&gt;\n\u203ab"


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "part", ["**a", "[", "`", "*a ", "_a", "[a](", "~~a", "|a|\n", ">", "a**", "- ", "\\"]
)
def test_no_text_takes_long(part: str) -> None:
    """Prose made to confuse a parser is converted in no time."""
    from_markdown(part * (40_000 // len(part)))
