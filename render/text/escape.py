"""Text from outside, made safe to show: cleaned of what cannot be seen, escaped, or set as code.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Callable, Iterator

from render.text.limits import ELLIPSIS, JOINERS, clip, wire

HIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
"""What cannot be seen, or reorders what can, as a set of a regular expression, without white space.

The joiners are not in it: within a word or an emoji they are spelling.
"""
_HIDDEN = re.compile(f"[{HIDDEN}]")
_JOINERS = re.compile(f"[{JOINERS}]+")
_JOINS = re.compile(
    r"(?!\d)[\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06fc\u06ff\u0710-\u07b1\u07ca-\u07f5\u0840-\u085b"
    r"\u0860-\u086a\u0870-\u0963\u0971-\u0dff\u1000-\u109f\u1780-\u17d3\u1820-\u18aa\ufb50-\ufdff\ufe70-\ufefc]"
)
"""A letter or mark of a script that joins: Arabic and its kin, those of India, Burmese, Khmer, Mongolian."""
_EMOJI = re.compile("[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_AS_EMOJI = "\ufe0f"
_LINE_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_LINE_END = re.compile("\r\n?|[\u0085\u2028\u2029]")
_MARK = "[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]"
_STACKED_MARKS = re.compile(f"({_MARK}{{3}}){_MARK}+")

_LOOK_ALIKE = str.maketrans({"*": "\u2217", "~": "\u223c", "`": "\u02cb"})
_EDGE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LEADING_QUOTE = re.compile(r"^([ ]*)>", re.MULTILINE)


def clean(text: str) -> str:
    """Remove what cannot be seen, or reorders what can: control, bidi, zero-width characters, surrogates.

    A joiner stays where it joins: the half-space within a Persian word, the family that is one emoji.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _without_hidden(_LINE_END.sub("\n", text).replace("\t", "    "))
    return _STACKED_MARKS.sub(r"\1", text)


def clean_line(text: str, size: int) -> str:
    """Return `clean` text on one line with the spaces that it has, and cut to `size` characters."""
    if len(text) <= size and text.isprintable():
        return text
    # A cell may hold megabytes: what is cut away need not be cleaned first.
    head = _without_hidden(_LINE_BREAKS.sub(" ", text[: 4 * size]))
    return clip(head + ELLIPSIS if len(text) > 4 * size else head, size, at_word=False)


def _without_hidden(text: str) -> str:
    return _JOINERS.sub(_joiner, _HIDDEN.sub("", text))


def _joiner(run: re.Match[str]) -> str:
    """Return one joiner where some stand between two letters or two emoji, and nothing elsewhere."""
    joiner, after = run[0][0], run.string[run.end() : run.end() + 1]
    before = run.string[max(0, run.start() - 2) : run.start()]
    if _JOINS.match(after) and _JOINS.match(before[-1:]):
        return joiner
    is_emoji = _EMOJI.match(after) and _EMOJI.match(before.removesuffix(_AS_EMOJI)[-1:])
    return joiner if is_emoji and joiner == "\u200d" else ""


def one_line(text: str) -> str:
    """Return `clean` text with every run of white space made one space."""
    return " ".join(clean(text).split())


def escape(text: str) -> str:
    """Escape, once, the three characters that can begin a mention or a link."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def literal(text: str) -> str:
    """Return mrkdwn that shows `text` and nothing else: no mention, link, bold, code or quotation.

    Slack has no escape for its formatting characters, so they are replaced by their look-alikes.
    """
    return literal_span(_LEADING_QUOTE.sub("\\1\u203a", clean(text)))


def literal_span(text: str) -> str:
    """Return `literal` mrkdwn for a piece that does not begin a line."""
    return escape(_EDGE_UNDERSCORE.sub("\u02cd", clean(text).translate(_LOOK_ALIKE)))


def literal_clipped(text: str, size: int) -> str:
    """Return `literal` mrkdwn of at most `size` characters of JSON."""
    return literal(clip(text, size, lambda part: wire(literal(part))))


def fence(code: str) -> str:
    """Make a mrkdwn code block that nothing inside it can close."""
    return f"```\n{in_fence(code)}\n```"


def in_fence(code: str) -> str:
    """Return code as it stands inside a fence."""
    return escape(code).replace("```", "\u02cb\u02cb\u02cb")


def fences(code: str, size: int) -> Iterator[str]:
    """Make code of any length into mrkdwn code blocks of at most `size` characters each."""
    for part in code_parts(code, size - len(fence("")), lambda text: len(escape(text))):
        yield fence(part)


def code_parts(code: str, size: int, measure: Callable[[str], int] = len) -> Iterator[str]:
    """Cut code between lines, within a line only when it is too long alone; `measure` counts up to `size`."""
    kept: list[str] = []
    used = 0
    for line in clean(code).split("\n"):
        for part in _cut(line, size, measure):
            need = measure(part) + 1
            if kept and used + need > size:
                yield "\n".join(kept)
                kept, used = [], 0
            kept.append(part)
            used += need
    yield "\n".join(kept)


def _cut(line: str, size: int, measure: Callable[[str], int]) -> Iterator[str]:
    """Cut one line into pieces that each measure less than `size`, at a space where one is near."""
    while len(line) >= size or measure(line) >= size:  # the whole of a long line is not measured
        end = size - 1
        while measure(line[:end]) >= size:
            end -= max(1, end // 8)
        space = line.rfind(" ", end * 2 // 3, end)
        end = space + 1 if space > 0 else max(1, end)
        yield line[:end]
        line = line[end:]
    yield line
