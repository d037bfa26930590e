"""Citations as links: only addresses of the web, each with the host to which it leads in sight."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from render import words
from render.blockkit import blocks
from render.blockkit.blocks import Block
from render.research.model import Citation
from render.text.escape import escape, literal, one_line
from render.text.limits import clip_wire, take, wire

_ADDRESS = re.compile(r"https?://[!#-;=?-\[\]_a-z~]+", re.IGNORECASE)
"""Only what an address may hold, so nothing that would end a link or hide where it leads."""
_HOST = re.compile(r"[a-z0-9.-]+(:\d{1,5})?")
_LONGEST = 1_000
_TITLE_WIRE = 240
_ROOM = 1_800
_MOST = 12
"""Links in a message, and the JSON that they may take."""
_FRAME = 80

said = words.research


@dataclass(frozen=True, slots=True)
class Source:
    """Where a citation leads."""

    shown: str
    """What people read: its title, and the host unless the title names it."""
    url: str
    """Empty where it is no safe address: then it is named alone."""


def sources(citations: Iterable[Citation]) -> list[Source]:
    """Read the citations, each once."""
    found = {(one_line(each.title), each.url.strip()): each for each in citations}
    read = [_source(title, url) for title, url in found]
    return [each for each in read if each.shown]


def as_links(listed: Sequence[Source]) -> list[Block]:
    """List them as rich text, in which nothing but these links is alive."""
    if not listed:
        return []
    kept = _fitting(listed)
    items = [
        [blocks.rich_link(each.url, each.shown) if each.url else blocks.rich_text(each.shown)]
        for each in kept
    ]
    return [blocks.bullets_of_parts(said.SOURCES, [*items, *_rest(listed, kept)])]


def as_mrkdwn(listed: Sequence[Source]) -> list[Block]:
    """List them in a section, which every client takes."""
    if not listed:
        return []
    kept = _fitting(listed)
    lines = [*map(_linked, kept)]
    more = [said.and_more(len(listed) - len(kept))] if len(kept) < len(listed) else []
    text = "\n".join([f"*{said.SOURCES}*", *(f"\u2022 {line}" for line in [*lines, *more])])
    return [blocks.section(blocks.mrkdwn(text))]


def as_markdown(listed: Sequence[Source]) -> list[str]:
    """Write them as lines of a file."""
    lines = [f"- {' '.join(filter(None, (each.shown, each.url)))}" for each in listed]
    return [f"## {said.SOURCES}", "\n".join(lines)] if lines else []


def _linked(source: Source) -> str:
    shown = literal(source.shown)
    return f"<{escape(source.url)}|{shown}>" if source.url else shown


def _fitting(listed: Sequence[Source]) -> list[Source]:
    return [*take(listed[:_MOST], _ROOM, _wire)]


def _wire(source: Source) -> int:
    return wire(escape(source.url)) + wire(literal(source.shown)) + _FRAME


def _rest(listed: Sequence[Source], kept: Sequence[Source]) -> Iterator[list[blocks.Element]]:
    if len(kept) < len(listed):
        yield [blocks.rich_text(said.and_more(len(listed) - len(kept)))]


def _source(title: str, url: str) -> Source:
    host = _host(url)
    shown = clip_wire(title, _TITLE_WIRE)
    return Source(said.source(shown, host), url) if host else Source(shown, "")


def _host(url: str) -> str:
    """Return the host of an address that may be a link, else nothing."""
    if len(url) > _LONGEST or not _ADDRESS.fullmatch(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host = parts.netloc.lower()
    return host if _HOST.fullmatch(host) else ""
