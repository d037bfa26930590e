"""Build the variants of an answer message: parts of a fixed size first, then as many rows as fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from render import words
from render.answer.cells import Fitted
from render.answer.confirmed import confirmed_sql, similar
from render.answer.context import AnswerContext
from render.answer.layouts import LAYOUTS, Layout
from render.answer.native_chart import native_chart
from render.answer.prose import BlockBuilder
from render.answer.result import LINE_WIRE, Result
from render.blockkit import blocks
from render.blockkit.blocks import Block, Element, image
from render.blockkit.reply import Picture, Variant
from render.chart.model import Charts
from render.text.limits import MESSAGE_WIRE, wire

NATIVE_CHART = "native chart"
"""The variant in which Slack may draw the chart."""


@dataclass(frozen=True, slots=True)
class Message:
    """What every variant shows: `above` the rows, the rows, below the SQL, what to do next and the source."""

    context: AnswerContext
    above: list[BlockBuilder]
    result: Result | None
    sql: str
    notices: list[BlockBuilder]
    actions: tuple[Element, ...]
    source: BlockBuilder
    picture: Picture | None

    def variants(self) -> list[tuple[Variant, Fitted]]:
        """Show this in each layout and, where Slack itself may draw the chart, in one more before them.

        That one is there without such a chart, too: the next choice from the chart menu may have one.
        """
        shown = [self.variant(layout, layout.name) for layout in LAYOUTS]
        if self.context.charts is not Charts.NATIVE:
            return shown
        ours = self.picture.chart if self.picture and not self.picture.visualization else None
        return [self.variant(LAYOUTS[0], NATIVE_CHART, native_chart(ours) if ours else ()), *shown]

    def variant(self, layout: Layout, name: str, native: Sequence[Block] = ()) -> tuple[Variant, Fitted]:
        """Draw all that has a fixed size, and give the rows the room that is left."""
        question_id = self.context.question_id
        above = [part(layout) for part in self.above]
        below = [
            *(layout.sql(self.sql, words.answer.SQL_TITLE) if self.sql else []),
            *(part(layout) for part in self.notices),
            *confirmed_sql(layout, self.context),
            *layout.next(self.context.answer.suggestions, question_id),
            *similar(layout, self.context),
            *(layout.actions(self.actions) if self.actions else []),
            self.source(layout),
            *(layout.feedback(question_id) if question_id else []),
        ]
        if self.result is None:
            return Variant((*above, *below), len(above), name), Fitted((), rows=0)
        room = wire(native) if native else _room(self.picture)
        fitted = self.result.fit(layout, MESSAGE_WIRE - wire([*above, *below]) - room - LINE_WIRE)
        line = self.result.line(fitted)
        shown = [*native, *fitted.blocks, *([layout.context(blocks.plain(line))] if line else [])]
        return Variant((*above, *shown, *below), len(above), name, bool(native)), fitted


def _room(shown: Picture | None) -> int:
    """Return the JSON that a picture may take; which of two charts it shows is decided later."""
    either = (each for each in (shown, shown and shown.chart) if each)
    return max((wire(image("F" * 20, each.alt_text)) for each in either), default=0)
