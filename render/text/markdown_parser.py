"""The CommonMark parser, with what Genie means of Markdown switched on."""

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode as Node

_MOST_LEVELS = 40
"""Of quotes and lists within one another; a text with more is shown as it was written."""
_MOST_MARKS, _MOST_LINKS = 3_000, 300
"""A text with more takes too long; it is shown as it was written, too."""

_UNUSED = ("code", "lheading", "reference", "html_block", "html_inline", "autolink", "entity")
"""Genie means none of these, and what they would hide or change is to be read."""


class _Parser(MarkdownIt):
    """CommonMark with tables, in which `_link` decides what a reader sees of an address."""

    def __init__(self, *without: str) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": _MOST_LEVELS})
        self.enable(["table", "strikethrough"]).disable([*_UNUSED, *without])

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 (the name is theirs)
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url


_PARSER = _Parser()
_PLAIN = _Parser("link", "image", "emphasis", "strikethrough", "list", "blockquote", "table")


def parse(text: str) -> Node:
    """Return the tree of a text; that of a hostile one holds little but words."""
    if text.count("[") > _MOST_LINKS or sum(map(text.count, "*_~|->\n")) > _MOST_MARKS:
        return Node(_PLAIN.parse(text))
    tokens = _PARSER.parse(text)
    too_deep = any(token.level >= _MOST_LEVELS - 2 for token in tokens)
    return Node(_PLAIN.parse(text) if too_deep else tokens)
