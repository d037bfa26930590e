"""The text of an answer, above and around its rows, within its share of the message."""

from collections.abc import Callable
from dataclasses import dataclass

from genie.model import Answer, Query
from render import words
from render.answer.layouts import Layout
from render.blockkit import blocks
from render.blockkit.blocks import Block
from render.text.escape import escape, literal_clipped, one_line
from render.text.limits import (
    HEADER_TEXT,
    MESSAGE_TEXT,
    SECTION_TEXT,
    clip,
    clip_wire,
    pack,
    take,
    wire,
)
from render.text.markdown import pieces, plain

TAKEAWAY_WIRE = 2_200
CLARIFICATION_WIRE = 900
NOTE_WIRE = 400
CONTEXT_WIRE = 500
_PIECE = 1_000

BlockBuilder = Callable[[Layout], Block]
"""Makes a block of an answer in a given layout."""


def context_plain(text: str, size: int = CONTEXT_WIRE) -> BlockBuilder:
    """Show data in small grey text."""
    return lambda layout: layout.context(blocks.plain(clip_wire(one_line(text), size)))


def context_mrkdwn(mrkdwn: str) -> BlockBuilder:
    """Show our own words in small grey text."""
    return lambda layout: layout.context(blocks.mrkdwn(mrkdwn))


def header(text: str) -> BlockBuilder:
    """Show a number or a question as a heading."""
    return lambda layout: layout.header(text)


def section(mrkdwn: str) -> BlockBuilder:
    """Show a paragraph of safe mrkdwn."""
    return lambda _: blocks.section(blocks.mrkdwn(mrkdwn))


@dataclass(frozen=True, slots=True)
class Prose:
    """Genie's Markdown as paragraphs, and whether some of it did not fit."""

    parts: tuple[BlockBuilder, ...]
    cut: bool


def prose(markdown: str, size: int = TAKEAWAY_WIRE) -> Prose:
    """Convert Genie's Markdown, as much of it as `size` characters of JSON hold."""
    whole = list(pieces(markdown, _PIECE))
    kept = list(take(whole, size))
    cut = len(kept) < len(whole)
    if not kept and whole:
        kept = [literal_clipped(plain(markdown), size)]
    return Prose(tuple(section(text.strip("\n")) for text in pack(kept, SECTION_TEXT) if text.strip()), cut)


def takeaway(answer: Answer) -> str:
    """Return Genie's summary as Markdown; without one, what it called its query."""
    if answer.texts:
        return "\n\n".join(answer.texts)
    return answer.query.title or answer.query.description if answer.query and not answer.clarification else ""


def clarification(question: str) -> list[BlockBuilder]:
    """Show what Genie asks back, prominent, and how to answer it."""
    words_only = one_line(plain(question))
    if not words_only:
        return []
    asked = (
        (header(words_only),)
        if len(words_only) <= HEADER_TEXT and wire(words_only) <= CLARIFICATION_WIRE
        else prose(question, CLARIFICATION_WIRE).parts
    )
    return [*asked, context_mrkdwn(words.answer.REPLY_HERE)]


def reading(query: Query, shown: str) -> list[BlockBuilder]:
    """Say how Genie read the question, unless `shown` says it already."""
    understood = (thought.content for thought in query.thoughts if "UNDERSTANDING" in thought.kind)
    text = one_line(plain(query.description or next(understood, "")))
    return (
        [context_plain(words.answer.how_i_read_it(text))] if text and text != one_line(plain(shown)) else []
    )


def trusted(query: Query) -> list[BlockBuilder]:
    """Label an answer whose query the space's author verified."""
    filled = (" = ".join(filter(None, (each.keyword, each.value))) for each in query.parameters)
    return [context_plain(words.answer.trusted(", ".join(filter(None, filled))))] if query.parameters else []


def fallback(*sentences: str) -> str:
    """Make the text that notifications and screen readers get: what matters, escaped."""
    text = "\n".join(sentence for sentence in sentences if sentence)
    return escape(clip(text, MESSAGE_TEXT, lambda part: len(escape(part))))
