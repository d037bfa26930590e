"""The tables behind an answer: links to their pages, whether they are certified, their age and owner.

The time is Unity Catalog's `updated_at`, which is of the table and not of its rows: nothing here says that
data is fresh.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from genie.model import TableDetails
from render import words
from render.blockkit import blocks
from render.blockkit.blocks import Block, Element
from render.explain.model import QueriedTable
from render.text.escape import literal, literal_span, one_line
from render.text.limits import SECTION_TEXT, clip_wire, wire
from render.words.results.values import DAY, moment, whole_seconds

_MOST = 60
_NAME = 600
_OWNER = 200
_LONGEST_LINK = 3_000
_APPLICATION_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
"""How Unity Catalog names a service principal that owns something."""


@dataclass(frozen=True, slots=True)
class _Fact:
    """One thing that is known of a table, a text or a moment, after the words that introduce it."""

    text: str = ""
    at: float = 0.0
    before: str = ""
    bold: bool = False


def described(tables: Sequence[QueriedTable], size: int, *, rich: bool) -> Iterator[Block]:
    """List tables with their links and what is known of them; nothing where that does not fit."""
    if len(tables) > _MOST or not any(table.link for table in tables):
        return
    listed = _rich(tables, size) if rich else _mrkdwn(tables, size)
    if listed is None:
        return
    yield listed
    if any(fact.at for table in tables for fact in _facts(table.details)):
        yield blocks.context(blocks.plain(words.explain.ALTERED_NOTE))


def _rich(tables: Sequence[QueriedTable], size: int) -> Block | None:
    lines = [[_rich_name(table), *_rich_facts(table.details)] for table in tables]
    return blocks.bullets_of_parts(words.explain.TABLES, lines) if wire(lines) <= size else None


def _rich_name(table: QueriedTable) -> Element:
    if table.link and len(table.link) <= _LONGEST_LINK:
        return blocks.rich_link(table.link, _name(table), code=True)
    return blocks.rich_text(_name(table), code=True)


def _rich_facts(details: TableDetails | None) -> Iterator[Element]:
    separator = words.explain.IS
    for fact in _facts(details):
        yield blocks.rich_text(separator + fact.before)
        if known := None if fact.text else whole_seconds(fact.at):
            yield blocks.rich_date(known[0], DAY, known[1])
        else:
            yield blocks.rich_text(fact.text, bold=fact.bold)
        separator = words.explain.NEXT


def _mrkdwn(tables: Sequence[QueriedTable], size: int) -> Block | None:
    lines = [f"\u2022 {_mrkdwn_name(table)}{_mrkdwn_facts(table.details)}" for table in tables]
    text = "\n".join([f"*{words.explain.TABLES}*", *lines])
    fits = len(text) <= SECTION_TEXT and wire(text) <= size
    return blocks.section(blocks.mrkdwn(text)) if fits else None


def _mrkdwn_name(table: QueriedTable) -> str:
    if table.link and len(table.link) <= _LONGEST_LINK:
        return f"<{table.link}|{literal_span(_name(table))}>"
    return literal(_name(table))


def _mrkdwn_facts(details: TableDetails | None) -> str:
    said = [fact.before + _mrkdwn_value(fact) for fact in _facts(details)]
    return words.explain.IS + words.explain.NEXT.join(said) if said else ""


def _mrkdwn_value(fact: _Fact) -> str:
    if not fact.text:
        return moment(fact.at, DAY)
    return f"*{fact.text}*" if fact.bold else literal_span(fact.text)


def _facts(details: TableDetails | None) -> Iterator[_Fact]:
    if details is None:
        return
    if details.certification:
        yield _Fact(words.explain.CERTIFICATION[details.certification], bold=True)
    if details.altered_at and moment(details.altered_at):
        yield _Fact(at=details.altered_at, before=words.explain.LAST_ALTERED)
    if owner := clip_wire(one_line(details.owner), _OWNER):
        is_id = _APPLICATION_ID.fullmatch(owner)
        yield _Fact(words.explain.SERVICE_PRINCIPAL if is_id else owner, before=words.explain.OWNED_BY)


def _name(table: QueriedTable) -> str:
    return clip_wire(one_line(table.text), _NAME) or blocks.BLANK
