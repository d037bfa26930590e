"""The report of a run as one message: Genie's prose in full or as far as it fits, then where the rest is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from render import words
from render.answer.actions import report_actions
from render.answer.compose import SPACE_WIRE
from render.answer.layouts import ALIGNED, NATIVE, SECTIONS, SIMPLE, Layout
from render.answer.prose import NOTE_WIRE, fallback
from render.blockkit import blocks, buttons
from render.blockkit.blocks import Block, Element
from render.blockkit.reply import File, Reply, Variant
from render.blockkit.text_reply import asked_by
from render.files.csv_file import text_file
from render.research import passages, sources
from render.research.model import NamedResult, ReportView, RunEnd
from render.research.sources import Source
from render.text.escape import literal_clipped, one_line
from render.text.limits import MESSAGE_WIRE, clip, clip_wire, take, wire
from render.text.markdown import plain

_LIST_WIRE = 1_600
_TITLE_WIRE = 200
"""JSON of the list of results, and of one title in it."""
_NOT_SHOWN = 10
_LINK = 3_000
_ADVANCE = 160
"""JSON of the line that says where the rest is."""
_GIST = 2_000

said = words.research
FOUND = {
    RunEnd.INCOMPLETE: said.INCOMPLETE,
    RunEnd.FAILED: said.FAILED_WITH,
    RunEnd.OVERDUE: said.OVERDUE_WITH,
}
"""What is said of that which an unfinished run has found."""


def report(view: ReportView) -> Reply:
    """Show a report, or what a run had found that ended early; the file has all where the message has not."""
    listed = sources.sources(view.citations)
    made = [_Message(view, layout, listed).variant() for layout in (NATIVE, SIMPLE, ALIGNED, SECTIONS)]
    lacking = frozenset(number for number, (_, cut) in enumerate(made) if cut)
    files = (_file(view, listed, lacking),) if lacking else ()
    return Reply(_text(view), tuple(variant for variant, _ in made), files)


@dataclass(frozen=True, slots=True)
class _Message:
    """A report in one layout."""

    view: ReportView
    layout: Layout
    listed: list[Source]

    def variant(self) -> tuple[Variant, bool]:
        """Draw what has a fixed size, and give the prose the room that is left; tell whether it was cut."""
        above, below = [*self._above()], [*self._below()]
        room = MESSAGE_WIRE - wire([*above, *below]) - _ADVANCE
        shown = passages.show(self.view.passages, room, self.layout, self.view.locale)
        where = words.answer.text_in_file("md" not in self.view.missing)
        advance = [self.layout.context(blocks.mrkdwn(where))] if shown.cut else []
        made = (*above, *shown.blocks, *advance, *below)
        return Variant(made, chart_at=len(made), name=self.layout.name), shown.cut

    def _above(self) -> Iterator[Block]:
        view = self.view
        if view.note:
            yield blocks.section(blocks.mrkdwn(literal_clipped(view.note, NOTE_WIRE)))
        if asked := asked_by(view.asked_by, view.question):
            yield self.layout.context(blocks.mrkdwn(asked))
        if head := _head(view):
            yield blocks.section(blocks.mrkdwn(head))

    def _below(self) -> Iterator[Block]:
        view = self.view
        if view.results:
            yield blocks.section(blocks.mrkdwn(_results(view)))
        if view.not_shown:
            yield blocks.section(blocks.mrkdwn(_not_shown(view)))
        links = sources.as_mrkdwn if self.layout is SECTIONS else sources.as_links
        yield from links(self.listed)
        yield from self.layout.actions(_actions(view))
        space = literal_clipped(one_line(view.space_title), SPACE_WIRE)
        origin = words.answer.provenance(space, view.asked_as, "")
        yield self.layout.context(blocks.mrkdwn(said.provenance(view.queries, view.seconds, origin)))
        yield from self.layout.feedback(view.question_id) if _has_content(view) else []


def _has_content(view: ReportView) -> bool:
    return bool(view.passages or view.results or view.not_shown)


def _head(view: ReportView) -> str:
    """Say how a run ended, unless it simply has."""
    has_content = _has_content(view)
    if view.end is RunEnd.COMPLETED:
        return "" if has_content else said.NO_REPORT
    ended = said.stopped(view.queries) if view.end is RunEnd.STOPPED else view.why
    found = FOUND.get(view.end, said.FAILED_WITH) if has_content else ""
    return "\n".join(filter(None, (ended, found))) or said.NOTHING_FOUND


def _results(view: ReportView) -> str:
    lines = [
        said.result(number, _short(each.title), _counted(each, view))
        for number, each in enumerate(view.results, 1)
    ]
    kept = [*take(lines, _LIST_WIRE)]
    more = [said.and_more(len(lines) - len(kept))] if len(kept) < len(lines) else []
    return "\n".join([said.BELOW, *kept, *more])


def _not_shown(view: ReportView) -> str:
    named = [f"\u2022 {literal_clipped(_short(title), _TITLE_WIRE)}" for title in view.not_shown[:_NOT_SHOWN]]
    kept = [*take(named, _LIST_WIRE)]
    left = len(view.not_shown) - len(kept)
    return "\n".join([said.NOT_BELOW, *kept, *([said.and_more(left)] if left else [])])


def _short(title: str) -> str:
    return clip_wire(one_line(plain(title)), _TITLE_WIRE)


def _counted(result: NamedResult, view: ReportView) -> str:
    return "" if result.rows is None else said.rows(result.rows, more=result.more_rows, locale=view.locale)


def _actions(view: ReportView) -> list[Element]:
    url = view.genie_url
    return [
        *filter(None, (view.again, view.expert)),
        *([buttons.open_genie(url)] if url and len(url) <= _LINK else []),
        *report_actions(
            view.question_id, view.audience, is_quiet=view.is_quiet, may_share=_may_be_shared(view)
        ),
    ]


def _may_be_shared(view: ReportView) -> bool:
    """Return whether it is a whole report, with words of which a channel may get the first."""
    return view.end is RunEnd.COMPLETED and any(isinstance(each, str) for each in view.passages)


def _file(view: ReportView, listed: list[Source], lacking: frozenset[int]) -> File:
    """Write the whole report as Markdown, for the variants that do not show all of it."""
    head = plain(_head(view))
    parts = [
        f"# {one_line(view.question)}",
        head,
        *passages.whole(view.passages),
        *sources.as_markdown(listed),
    ]
    text = "\n\n".join(part for part in parts if part.strip("# "))
    return replace(text_file(text, view.question, "md", said.REPORT_FILE), variants=lacking)


def _text(view: ReportView) -> str:
    """Say the report without its blocks: how it ended, and its prose as far as a notification goes."""
    prose = (plain(each) for each in view.passages if isinstance(each, str))
    gist = clip("\n".join(prose), _GIST)
    below = said.results_below(len(view.results)) if view.results else ""
    return fallback(view.note, plain(_head(view)), gist, below) or said.NO_REPORT
