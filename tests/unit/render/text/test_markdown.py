"""Genie's Markdown as Slack's mrkdwn."""

import time

import pytest

from render.text.escape import clean, code_parts, escape, fence, fences, literal
from render.text.markdown import pieces, plain


def from_markdown(markdown: str) -> str:
    """Return Genie's Markdown as one text of mrkdwn."""
    return "\n".join(pieces(markdown)).strip("\n")


@pytest.mark.parametrize(
    ("markdown", "mrkdwn"),
    [
        ("**bold** and __bold__", "*bold* and *bold*"),
        ("*it* and _it_", "_it_ and _it_"),
        ("***both***", "_*both*_"),
        ("~~gone~~", "~gone~"),
        ("`a < b`", "`a &lt; b`"),
        ("# Title **x**", "*Title x*"),
        ("- one\n  - two\n1. three", "• one\n    ◦ two\n1. three"),
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


@pytest.mark.parametrize(
    "part", ["**a", "[", "`", "*a ", "_a", "[a](", "~~a", "|a|\n", ">", "a**", "- ", "\\"]
)
def test_no_text_takes_long(part: str) -> None:
    """Prose made to confuse a parser is converted in little time of a processor, however busy that is."""
    began = time.process_time()
    from_markdown(part * (40_000 // len(part)))
    assert time.process_time() - began < 3


def lines_of(markdown: str) -> list[str]:
    """Return what is shown, line by line."""
    return from_markdown(markdown).split("\n")


@pytest.mark.parametrize(
    ("markdown", "mrkdwn"),
    [
        ("- a\n    - b\n        - c\n- d", ["• a", "    ◦ b", "        ▪ c", "• d"]),
        ("1. a\n   - b\n2. c\n\n   more of c", ["1. a", "    ◦ b", "2. c", "", "   more of c"]),
        ("- **Trend**: up *5 %*\n- `order_id`", ["• *Trend*: up _5 %_", "• `order_id`"]),
        ("- a\n\n  > said\n- b", ["• a", "", "&gt; said", "• b"]),
        ("7. seven\n8. eight", ["7. seven", "8. eight"]),
        ("- a\n  ```\n  code\n  ```", ["• a", "```", "code", "```"]),
    ],
)
def test_nested_lists_are_indented(markdown: str, mrkdwn: list[str]) -> None:
    """Each level stands further in with a bullet of its own, and what belongs to an item below its text."""
    assert lines_of(markdown) == mrkdwn


def test_a_table_is_aligned_by_what_is_seen() -> None:
    """Marks take no room, wide characters take two, and amounts stand to the right where Genie says so."""
    table = "| Region | Revenue |\n|:--|--:|\n| **EMEA** | 41.5 |\n| 日本 | 9 |\n| a \\| b | `x` |"
    shown = "```\nRegion  Revenue\nEMEA       41.5\n日本          9\na | b         x\n```"
    assert from_markdown(table) == shown


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        (
            "| Item | Sold |\n|:---|---:|\n| Bags \\| Cases | 5 |\n| Belts | 1,204 |",
            ["Item           Sold", "Bags | Cases      5", "Belts         1,204"],
        ),
        (
            "| Step | Share |\n| :---: | :-: |\n| Visit | 100 % |\n| Buy | 3 % |",
            ["Step   Share", "Visit  100 %", " Buy    3 %"],
        ),
        (
            "Rule | Hits\n--- | ---:\n`a \\|\\| b` | 7\n**x\\|y** | 12",
            ["Rule    Hits", "a || b     7", "x|y       12"],
        ),
        ("| \\| | n |\n|-|-:|\n| \\|\\| | 10 |\n| c | |", ["|    n", "||  10", "c"]),
        ("| 東京 \\| 大阪 | n |\n|:-:|--:|\n| x | 10 |", ["東京 | 大阪   n", "     x       10"]),
        ("> | a | b |\n> |--:|:--|\n> | 1 \\| 2 | x |", ["    a  b", "1 | 2  x"]),
    ],
)
def test_a_table_keeps_its_columns_and_their_sides(rows: str, shown: list[str]) -> None:
    r"""A pipe written as `\|` is a part of its cell, in code too; `:--`, `--:` and `:-:` say the side."""
    assert from_markdown(rows) == "\n".join(["```", *shown, "```"])
    assert plain(rows) == "\n".join(shown).strip()


@pytest.mark.parametrize("cell", ["Bags \\| Cases", "`Bags \\| Cases`", "**Bags \\| Cases**"])
def test_a_pipe_stays_in_its_cell_where_rows_are_listed(cell: str) -> None:
    """A table that would wrap names each value by its column, also behind a cell with a pipe."""
    table = f"| Item | Sold | Note |\n|:--|--:|:-:|\n| {cell} | 5 | {'long ' * 12}|"
    assert lines_of(table) == [f"• Bags | Cases · Sold: 5 · Note: {('long ' * 12).strip()}"]


def test_a_table_that_would_wrap_becomes_a_list() -> None:
    """Lines of code that Slack breaks in two cannot be read; a row is a bullet with names and values."""
    table = f"| Product | Why |\n|---|---|\n| Desk | {'long ' * 12}|\n| *Lamp* | |"
    assert lines_of(table) == [f"• Desk · Why: {('long ' * 12).strip()}", "• Lamp · Why: "]


@pytest.mark.parametrize(
    ("markdown", "mrkdwn"),
    [
        ("**a _b_ c**", "*a _b_ c*"),
        ("**over\ntwo lines**", "*over*\n*two lines*"),
        ("**" + "long " * 200 + "end**", "*" + "long " * 200 + "end*"),
        ("``a ` b``", "`a ˋ b`"),
        ("2*3*4", "2∗3∗4"),
        ("    indented", "indented"),
        ("a\n---\nb", "a\n\nb"),
        ("[a]: https://evil.example", "[a]: https://evil.example"),
        (
            "<b>bold</b> &amp; <https://a.example>",
            "&lt;b&gt;bold&lt;/b&gt; &amp;amp; &lt;https://a.example&gt;",
        ),
        ("[**see** `x`](https://a.example/b_(c))", "see x (a.example)"),
    ],
)
def test_marks_within_and_across_lines(markdown: str, mrkdwn: str) -> None:
    """Emphasis nests and spans lines of any length; what Genie does not mean as markup is text."""
    assert from_markdown(markdown) == mrkdwn


@pytest.mark.parametrize("part", [">", "- ", "1. ", "> - "])
def test_no_depth_loses_words(part: str) -> None:
    """Beyond the levels that anybody needs, a text is shown as it was written."""
    assert from_markdown(part * 300 + "words").endswith("words")
