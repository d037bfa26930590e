"""The modal "How I Got This", and an ephemeral message where no modal can be opened.

https://docs.slack.dev/surfaces/modals
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from genie.model import Query, Thought
from render import words
from render.answer.layouts import NATIVE
from render.answer.prose import fallback, prose
from render.blockkit import blocks, buttons
from render.blockkit.blocks import Block
from render.blockkit.reply import ModalReply, Reply, Variant
from render.blockkit.text_reply import text_reply
from render.explain.columns import lines
from render.explain.model import QueriedTable, Reading, Source
from render.explain.tables import described
from render.text.escape import code_parts, in_fence, literal, one_line
from render.text.limits import SECTION_TEXT, clip, clip_wire, take, wire
from render.text.markdown import plain

_PREFIX = "THOUGHT_TYPE_"
_LINK = 3_000


@dataclass(frozen=True, slots=True)
class _Room:
    """Characters of JSON that each part may take."""

    words: int
    thoughts: int
    columns: int
    names: int
    sql: int


_MODAL = _Room(words=8_000, thoughts=60_000, columns=10_000, names=10_000, sql=120_000)
_MESSAGE = _Room(words=1_200, thoughts=2_000, columns=1_000, names=800, sql=2_500)
_MOST_PARAGRAPHS = 30
_MOST_CODE = 45
_MOST_NAMES = 60
_NAME = 600
_FRAME = 120
"""JSON around one name of a list."""
_PIECE = 60
"""JSON around a part of a line."""


def opening() -> Block:
    """Show that something is being read."""
    return _view([blocks.section(blocks.mrkdwn(words.explain.OPENING))])


def sentence(text: str) -> ModalReply:
    """Say one sentence of ours, which must be safe mrkdwn."""
    return ModalReply((_view([blocks.section(blocks.mrkdwn(text))]),), text_reply(text))


def read(source: Source) -> Reading:
    """Take the SQL apart, which belongs into the executor."""
    from render.explain.query import read_sql  # noqa: PLC0415 (sqlglot must not be loaded in the bot)

    return read_sql(source.query.sql.strip() if source.query else "")


def explain(source: Source, reading: Reading) -> ModalReply:
    """Show all of it; the second view and variant hold only what Slack has always taken."""
    views = [_view([*_all(source, reading, _MODAL, rich=rich)]) for rich in (True, False)]
    variants = [
        Variant(
            (blocks.header(words.explain.EXPLAIN), *_all(source, reading, _MESSAGE, rich=rich)), chart_at=0
        )
        for rich in (True, False)
    ]
    read = plain(source.query.description) if source.query else ""
    return ModalReply(
        tuple(views), Reply(fallback(words.explain.EXPLAIN, read or source.question), tuple(variants))
    )


def _view(shown: list[Block]) -> Block:
    return blocks.modal(words.explain.EXPLAIN, shown, words.explain.CLOSE)


def _all(source: Source, reading: Reading, room: _Room, *, rich: bool) -> Iterator[Block]:
    query = source.query
    if asked := clip_wire(one_line(source.question), _NAME):
        yield blocks.context(blocks.plain(asked))
    if query:
        yield from _trusted(query, room, rich=rich)
        yield from _read(query, room)
        yield from _thoughts(query, room)
    if query and query.sql:
        yield from _data(query, source.read_at, reading, room, rich=rich)
        yield from _sql(reading.sql, room, rich=rich)
    if not query:
        yield blocks.section(blocks.plain(words.explain.NOTHING_SAID))
    if source.link and len(source.link) <= _LINK:
        yield blocks.actions(buttons.open_genie(source.link))


def _trusted(query: Query, room: _Room, *, rich: bool) -> Iterator[Block]:
    filled = [f"{each.keyword} = {each.value}" for each in query.parameters]
    if filled:
        yield _listed(words.explain.TRUSTED, filled, room, rich=rich)


def _read(query: Query, room: _Room) -> Iterator[Block]:
    if query.description.strip():
        yield blocks.header(words.explain.READING)
        yield from _prose(query.description, room.words)


def _thoughts(query: Query, room: _Room) -> Iterator[Block]:
    """Show what Genie noted, by kind, each in the place where its first note came."""
    shown: list[Block] = []
    left = room.thoughts
    for kind, contents in _by_kind(query.thoughts, query.description).items():
        shown += _prose(f"**{kind}**\n" + "\n\n".join(contents), left) if left > _NAME else []
        left = room.thoughts - wire(shown)
    if shown:
        yield blocks.header(words.explain.THOUGHTS)
        yield from shown[:_MOST_PARAGRAPHS]
        if left <= _NAME or len(shown) > _MOST_PARAGRAPHS:
            yield _context(words.explain.SHORTENED)


def _by_kind(thoughts: Iterable[Thought], said: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in thoughts:
        if each.content.strip() and each.content.strip() != said.strip():
            found.setdefault(_label(each.kind), []).append(each.content)
    return found


def _label(kind: str) -> str:
    """Name a kind of thought; one that Genie adds in the future by its own word."""
    name = kind.removeprefix(_PREFIX)
    label = name.replace("_", " ")
    is_word = label.replace(" ", "").isalpha() and label.isascii() and len(label) <= SECTION_TEXT // 100
    other = label.capitalize() if is_word and name != "UNSPECIFIED" else words.explain.OTHER_KIND
    return words.explain.KINDS.get(name, other)


def _data(
    query: Query, read_at: float | None, reading: Reading, room: _Room, *, rich: bool
) -> Iterator[Block]:
    yield blocks.header(words.explain.DATA)
    if reading.tables is None or reading.filters is None:
        yield _context(words.explain.UNKNOWN_TABLES)
    else:
        if reading.tables:
            yield from _tables(reading.tables, room, rich=rich)
        yield from _columns(reading, room, rich=rich)
        filters = reading.filters or (words.explain.NO_FILTERS,)
        yield _listed(words.explain.FILTERS, filters, room, rich=rich, code=bool(reading.filters))
    facts = [
        words.explain.rows(query.row_count, cut=query.truncated),
        "" if read_at is None else words.explain.read_at(read_at),
    ]
    if said := " ".join(filter(None, facts)):
        yield _context(said)


def _tables(tables: Sequence[QueriedTable], room: _Room, *, rich: bool) -> Iterator[Block]:
    """List the tables with what is known of them or, where that does not fit, as many names as fit."""
    told = [*described(tables, room.names, rich=rich)]
    yield from told or [_listed(words.explain.TABLES, [table.text for table in tables], room, rich=rich)]


def _columns(reading: Reading, room: _Room, *, rich: bool) -> Iterator[Block]:
    """Say how the columns are made, of as many as fit."""
    said = [*lines(reading.columns)]
    sizes = accumulate(sum(wire(text) + _PIECE for text, _ in line) for line in said)
    fit = [line for line, size in zip(said[:_MOST_NAMES], sizes, strict=False) if size <= room.columns]
    if not fit:
        return
    if len(fit) < len(said):
        fit.append(((words.explain.and_more(len(said) - len(fit)), False),))
    if rich:
        yield blocks.bullets_of(words.explain.COLUMNS, fit)
        return
    yield _bulleted(words.explain.COLUMNS, ["".join(text for text, _ in line) for line in fit])


def _sql(sql: str, room: _Room, *, rich: bool) -> Iterator[Block]:
    parts = [*code_parts(sql[: room.sql], SECTION_TEXT - 100, lambda text: len(in_fence(text)))]
    fit = [*take(parts, room.sql, _code_wire)][:_MOST_CODE]
    fit = fit or [clip(parts[0], room.sql, _code_wire)]
    yield blocks.header(words.explain.SQL)
    for part in fit:
        yield from blocks.preformatted(part) if rich else blocks.fenced(part)
    if len(fit) < len(parts) or fit[0] != parts[0] or len(sql) > room.sql:
        yield _context(words.explain.SQL_SHORTENED)


def _code_wire(code: str) -> int:
    return wire(in_fence(code))


def _listed(title: str, items: Iterable[str], room: _Room, *, rich: bool, code: bool = True) -> Block:
    """List names and conditions, as many as fit."""
    named = [*items]
    lines = [clip(one_line(item), _NAME, _literal_wire) or blocks.BLANK for item in named[:_MOST_NAMES]]
    size = room.names if rich else min(room.names, SECTION_TEXT - len(title) - _FRAME)
    shown = [*take(lines, size, lambda line: _literal_wire(line) + _FRAME)]
    if len(shown) < len(named):
        shown.append(words.explain.and_more(len(named) - len(shown)))
    if rich:
        return blocks.bullets(title, shown, code=code)
    return _bulleted(title, shown)


def _bulleted(title: str, lines: Iterable[str]) -> Block:
    listed = [f"\u2022 {literal(line)}" for line in lines]
    return blocks.section(blocks.mrkdwn("\n".join([f"*{title}*", *listed])))


def _literal_wire(text: str) -> int:
    return wire(literal(text))


def _prose(markdown: str, size: int) -> list[Block]:
    written = prose(markdown, size)
    shown = [part(NATIVE) for part in written.parts]
    return [*shown, _context(words.explain.SHORTENED)] if written.cut else shown


def _context(mrkdwn: str) -> Block:
    return blocks.context(blocks.mrkdwn(mrkdwn))
