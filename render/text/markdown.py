"""Genie's Markdown to Slack's mrkdwn, in which nothing can ping anybody or forge a link.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from render.text.escape import clean, code_parts, escape, fences, literal, literal_span
from render.text.limits import SECTION_TEXT

MARKDOWN_SIZE = 40_000
"""Characters of prose that are read; more could never be shown."""

_INLINE = re.compile(
    r"(?P<ticks>`{1,3})(?P<code>[^`]{1,400})(?P=ticks)(?!`)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|!?\[(?P<label>[^\[\]]{0,400})\]\((?P<url>[^()\s]{0,2000})(?:\s[^()]{0,200})?\)"
    r"|(?P<strong>\*\*|__)(?=\S)(?P<bold>.{1,400}?)(?<=\S)(?P=strong)(?![*_])"
    r"|(?<![\w*])(?P<em>[*_])(?=[^\s*_])(?P<italic>(?:[^*_]|(?<=\w)_(?=\w)){1,400}?)(?<=\S)(?P=em)(?![\w*])"
    r"|~~(?=\S)(?P<strike>.{1,400}?)(?<=\S)~~"
)
_MARKS = {"bold": "*", "italic": "_", "strike": "~"}
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)[\s#]*$")
_RULE = re.compile(r"^ {0,3}([-*_])(?:[ ]*\1){2,}[ ]*$")
_ITEM = re.compile(r"^(?P<indent> *)(?:[-*+]|(?P<number>\d{1,9})[.)])\s+(?P<text>.*)$")
_QUOTE = re.compile(r"^ {0,3}>\s?(.*)$")
_NO_QUOTE = re.compile(r"^(\s*)&gt;")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_SEPARATOR = re.compile(r"^[\s|:-]+$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of Markdown: what stands before it, its text, and whether it is a heading or code."""

    text: str
    prefix: str = ""
    heading: bool = False
    code: bool = False


def from_markdown(markdown: str, size: int = SECTION_TEXT) -> str:
    """Return Genie's Markdown as safe mrkdwn; no line or code block becomes longer than `size`."""
    return "\n".join(pieces(markdown, size)).strip("\n")


def pieces(markdown: str, size: int = SECTION_TEXT) -> Iterator[str]:
    """Convert to lines and code blocks that each stand alone in at most `size` characters."""
    for line in _lines(markdown):
        if line.code:
            yield from fences(line.text, size) if line.text.strip() else ()
        elif len(shown := _shown(line)) <= size:
            yield shown
        else:
            yield from map(literal, code_parts(_words(line), size, lambda text: len(literal(text))))


def plain(markdown: str) -> str:
    """Return the words alone, without markup and without escapes: for fallbacks, buttons and plain_text."""
    return "\n".join(map(_words, _lines(markdown))).strip()


def _shown(line: _Line) -> str:
    """Convert one line; a ">" that quotes nothing does not begin it."""
    if line.prefix:
        return line.prefix + _mrkdwn(line.text)
    return _NO_QUOTE.sub("\\1\u203a", _heading(line.text) if line.heading else _mrkdwn(line.text))


def _words(line: _Line) -> str:
    return line.text if line.code else line.prefix.replace("&gt;", ">") + _plain(line.text)


def _lines(markdown: str) -> Iterator[_Line]:
    """Read Markdown line by line; code blocks and tables come as one."""
    waiting = clean(markdown[:MARKDOWN_SIZE]).split("\n")[::-1]
    blank = True
    while waiting:
        line = waiting.pop()
        if opening := _FENCE.match(line):
            yield _Line("\n".join(_until_fence(waiting, opening[1])), code=True)
        elif _ROW.match(line):
            yield _Line(_table([line, *_while_row(waiting)]), code=True)
        elif line.strip() and not _RULE.match(line):
            yield _line(line)
        elif not blank:
            yield _Line("")
        blank = not line.strip()


def _line(line: str) -> _Line:
    if found := _HEADING.match(line):
        return _Line(found[1], heading=True)
    if found := _ITEM.match(line):
        mark = f"{found['number']}." if found["number"] else "\u2022"
        return _Line(found["text"], prefix=found["indent"][:8] + mark + " ")
    if found := _QUOTE.match(line):
        return _Line(found[1], prefix="&gt; ")
    return _Line(line)


def _until_fence(waiting: list[str], opening: str) -> Iterator[str]:
    while waiting:
        line = waiting.pop()
        if line.strip().startswith(opening) and not line.strip(" " + opening[0]):
            return
        yield line


def _while_row(waiting: list[str]) -> Iterator[str]:
    while waiting and _ROW.match(waiting[-1]):
        yield waiting.pop()


def _table(lines: list[str]) -> str:
    """Align a Markdown table as lines of text."""
    rows = [
        [_plain(cell.strip()) for cell in line.strip()[1:-1].split("|")]
        for line in lines
        if not _SEPARATOR.match(line)
    ]
    widths = [
        max((len(row[i]) for row in rows if i < len(row)), default=0)
        for i in range(max(map(len, rows), default=0))
    ]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()
        for row in rows
    )


def _heading(text: str) -> str:
    """Show a heading as a bold line; mrkdwn has nothing larger."""
    words = literal(_plain(text)).strip()
    return f"*{words}*" if words else ""


def _mrkdwn(text: str) -> str:
    """Convert one line's inline Markdown."""
    out: list[str] = []
    end = 0
    for found in _INLINE.finditer(text):
        out += literal_span(text[end : found.start()]), _marked(found)
        end = found.end()
    return "".join([*out, literal_span(text[end:])])


def _marked(found: re.Match[str]) -> str:
    if code := (found["code"] or "").strip():
        return f"`{escape(code)}`"
    if found["url"] is not None:
        return literal_span(_link(found))
    for group, mark in _MARKS.items():
        if found[group]:
            inner = _mrkdwn(found[group])
            return mark + inner + mark if _stands_alone(found) else inner
    return literal_span(_inside(found))


def _stands_alone(found: re.Match[str]) -> bool:
    """Return whether no letter or digit touches the markup; Slack would not recognise it otherwise."""
    around = (
        found.string[max(0, found.start() - 1) : found.start()] + found.string[found.end() : found.end() + 1]
    )
    return not any(character.isalnum() for character in around)


def _plain(text: str) -> str:
    """Return one line's words."""
    return _INLINE.sub(lambda found: _link(found) if found["url"] is not None else _inside(found), text)


def _inside(found: re.Match[str]) -> str:
    for group in _MARKS:
        if found[group]:
            return _plain(found[group])
    return found["code"] or found["escaped"] or ""


def _link(found: re.Match[str]) -> str:
    """Say a link in words: its label, and the host it would have led to."""
    label = _plain(found["label"])
    try:
        address = urlsplit(found["url"])
    except ValueError:
        return label
    host = address.hostname if address.scheme == "https" else None
    if not host or host in label:
        return label
    return f"{label} ({host})" if label else host
