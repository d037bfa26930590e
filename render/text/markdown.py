"""Genie's Markdown to Slack's mrkdwn, in which nothing can ping anybody or forge a link.

https://spec.commonmark.org and https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from wcwidth import width

from render.text.escape import clean, code_parts, escape, fences, literal, literal_span
from render.text.limits import SECTION_TEXT

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode as Node

MARKDOWN_SIZE = 40_000
"""Characters of prose that are read; more could never be shown."""
_TABLE_WIDTH = 60
"""Columns of a line of code before Slack wraps it in a thread on a desktop."""

_MARKS = {"strong": "*", "em": "_", "s": "~"}
_BULLETS = ("\u2022", "\u25e6", "\u25aa")
_INDENT = "    "
_QUOTED = "&gt; "
_NOT_QUOTED = re.compile(r"^(\s*)&gt;")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of prose as mrkdwn and as words alone, or a block of code."""

    mrkdwn: str
    words: str
    is_code: bool = False


def pieces(markdown: str, size: int = SECTION_TEXT) -> Iterator[str]:
    """Convert to lines and code blocks that each stand alone in at most `size` characters."""
    for line in _lines(markdown):
        if line.is_code:
            yield from fences(line.words, size) if line.words.strip() else ()
        elif len(line.mrkdwn) <= size:
            yield line.mrkdwn
        else:
            yield from map(literal, code_parts(line.words, size, lambda text: len(literal(text))))


def plain(markdown: str) -> str:
    """Return the words alone, without markup and without escapes: for fallbacks, buttons and plain_text."""
    return "\n".join(line.words for line in _lines(markdown)).strip()


def with_tables(markdown: str) -> Iterator[str | list[list[str]]]:
    """Part a text into what stands around its tables, still as Markdown, and their cells, as words."""
    from render.text.markdown_parser import parse  # noqa: PLC0415 (the bot starts sooner without it)

    read = clean(markdown[:MARKDOWN_SIZE])
    lines, at = read.split("\n"), 0
    for node in parse(read).children:
        if node.type == "table" and node.map:
            begin, end = node.map
            yield "\n".join(lines[at:begin])
            yield _cells(node)
            at = end
    yield "\n".join(lines[at:]) + clean(markdown[MARKDOWN_SIZE:])


def _lines(markdown: str) -> Iterator[_Line]:
    """Convert blocks one after the other, with an empty line where there was one."""
    from render.text.markdown_parser import parse  # noqa: PLC0415 (the bot starts sooner without it)

    end = 0
    for block, prefix in _blocks(parse(clean(markdown[:MARKDOWN_SIZE]))):
        begin, after = block.map or (end, end)
        if end and begin > end:
            yield _Line("", "")
        end = after
        yield from _BLOCKS[block.type](block, prefix)


def _blocks(parent: Node, prefix: str = "", level: int = 0) -> Iterator[tuple[Node, str]]:
    """Give each block of text with what stands before its first line: a quotation mark, a bullet."""
    for node in parent.children:
        if node.type == "blockquote":
            yield from _blocks(node, _QUOTED + prefix.removeprefix(_QUOTED), level)
        elif node.type in {"bullet_list", "ordered_list"}:
            for item in node.children:
                bullet = f"{item.info}." if item.info else _BULLETS[min(level, len(_BULLETS) - 1)]
                quoted = _QUOTED if prefix.startswith(_QUOTED) else ""
                inside = f"{quoted}{_INDENT * min(level, 3)}"
                for at, (block, own) in enumerate(_blocks(item, quoted, level + 1)):
                    yield block, own if len(own) > len(quoted) else f"{inside}{'  ' if at else bullet} "
        elif node.type in _BLOCKS:
            yield node, prefix


def _text_block(node: Node, prefix: str) -> Iterator[_Line]:
    """Convert a paragraph line by line; a ">" that quotes nothing does not begin one."""
    inline = node.children[0]
    lines = zip(_mrkdwn(inline).split("\n"), _words(inline).split("\n"), strict=True)
    quoted = _QUOTED if prefix.startswith(_QUOTED) else ""
    for mrkdwn, words in lines:
        shown = prefix + mrkdwn if prefix else _NOT_QUOTED.sub("\\1\u203a", mrkdwn)
        yield _Line(shown, prefix.replace(_QUOTED, "> ") + words)
        prefix = quoted or " " * len(prefix)


def _heading(node: Node, _: str) -> Iterator[_Line]:
    """Show a heading as a bold line; mrkdwn has nothing larger."""
    words = _words(node.children[0]).replace("\n", " ")
    shown = literal(words).strip()
    yield _Line(f"*{shown}*" if shown else "", words)


def _code(node: Node, _: str) -> Iterator[_Line]:
    yield _Line("", node.content.removesuffix("\n"), is_code=True)


def _table(node: Node, _: str) -> Iterator[_Line]:
    """Align a table as lines of code or, where they would be too long, list its rows."""
    rows = [row for part in node.children for row in part.children]
    texts = _cells(node)
    sides = [str(cell.attrs.get("style", "")).removeprefix("text-align:") for cell in rows[0].children]
    widths = [max(map(width, column)) for column in zip(*texts, strict=True)]
    if sum(widths) + 2 * len(widths) > _TABLE_WIDTH and len(widths) > 1:
        yield from _listed_rows(texts)
    else:
        lines = ("  ".join(map(_aligned, row, widths, sides)).rstrip() for row in texts)
        yield _Line("", "\n".join(lines), is_code=True)


def _cells(table: Node) -> list[list[str]]:
    """Return the words of each cell, the header first."""
    rows = [row for part in table.children for row in part.children]
    return [[_words(cell.children[0]) if cell.children else "" for cell in row.children] for row in rows]


def _listed_rows(texts: Sequence[Sequence[str]]) -> Iterator[_Line]:
    headers, *rows = texts
    for name, *cells in rows or [headers]:
        named = (
            f"{header}: {cell}" if rows else cell for header, cell in zip(headers[1:], cells, strict=True)
        )
        words = f"{_BULLETS[0]} " + " \u00b7 ".join([name, *named])
        yield _Line(literal(words), words)


def _aligned(text: str, room: int, side: str) -> str:
    """Fill a cell up to `room` columns; it stands to the left unless its column says otherwise."""
    gap = room - width(text)
    before = {"right": gap, "center": gap // 2}.get(side, 0)
    return " " * before + text + " " * (gap - before)


_BLOCKS: dict[str, Callable[[Node, str], Iterator[_Line]]] = {
    "paragraph": _text_block,
    "heading": _heading,
    "fence": _code,
    "table": _table,
}
"""A rule between paragraphs is left out."""


def _mrkdwn(node: Node) -> str:
    """Convert what is within a line."""
    beside = ["", *(child.content for child in node.children), ""]
    around = (before[-1:] + after[:1] for before, after in zip(beside, beside[2:], strict=False))
    return "".join(map(_span, node.children, around))


def _span(node: Node, around: str) -> str:
    if node.type == "code_inline" and (code := node.content.strip()):
        return "`" + escape(code).replace("`", "\u02cb") + "`"
    if mark := _MARKS.get(node.type):
        # Where a letter or a digit touches the marks Slack would not recognise them.
        if not any(character.isalnum() for character in around):
            return "\n".join(f"{mark}{line}{mark}" if line else "" for line in _mrkdwn(node).split("\n"))
        kept = node.markup if node.type == "em" else ""  # 2*3*4
        return literal_span(f"{kept}{_words(node)}{kept}")
    return literal_span(_words(node))


def _words(node: Node) -> str:
    """Return the words of a line."""
    if node.type in {"softbreak", "hardbreak"}:
        return "\n"
    if node.type in {"link", "image"}:
        return _link(
            "".join(map(_words, node.children)), str(node.attrs.get("href") or node.attrs.get("src"))
        )
    return "".join(map(_words, node.children)) if node.children else node.content


def _link(label: str, url: str) -> str:
    """Say a link in words: its label, and the host it would have led to."""
    try:
        address = urlsplit(url)
    except ValueError:
        return label
    host = address.hostname if address.scheme == "https" else None
    if not host or host in label:
        return label
    return f"{label} ({host})" if label else host
