"""An answer on any rung of the ladder: what has a fixed size first, and the rows in the room that is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from render.answer.cells import Fitted
from render.answer.chart_menu import alternatives
from render.answer.layouts import LADDER, Look
from render.answer.native_chart import native_chart
from render.answer.prose import Part
from render.answer.result import LINE_WIRE, Result
from render.blockkit import blocks
from render.blockkit.blocks import Block, Element, image
from render.blockkit.reply import Picture, Rung
from render.chart.model import Charts
from render.text.limits import MESSAGE_WIRE, wire


@dataclass(frozen=True, slots=True)
class Page:
    """What every rung shows: `above` the rows, the rows, below the SQL, what to do next and the source."""

    above: list[Part]
    result: Result | None
    sql: str
    notices: list[Part]
    suggestions: tuple[str, ...]
    question_id: str
    offers: tuple[Element, ...]
    source: Part
    picture: Picture | None

    def rungs(self, charts: Charts) -> list[tuple[Rung, Fitted]]:
        """Show this in each of the looks, and once more, first of all, for a chart of Slack's own.

        Without such a chart that first rung is there as well, so that a number means the same rung for long.
        """
        ladder = [self.rung(look) for look in LADDER]
        if charts is not Charts.NATIVE:
            return ladder
        ours = self.picture.chart if self.picture and not self.picture.visualization else None
        return [self.rung(LADDER[0], native_chart(ours)) if ours else ladder[0], *ladder]

    def rung(self, look: Look, native: Sequence[Block] = ()) -> tuple[Rung, Fitted]:
        """Draw all that has a fixed size, and give the rows the room that is left."""
        above = [part(look) for part in self.above]
        below = [
            *(look.sql(self.sql) if self.sql else []),
            *(part(look) for part in self.notices),
            *look.next(self.suggestions, self.question_id),
            *(look.offers(self.offers) if self.offers else []),
            self.source(look),
            *(look.feedback(self.question_id) if self.question_id else []),
        ]
        if self.result is None:
            return Rung((*above, *below), chart_at=len(above)), Fitted((), rows=0)
        room = wire(native) if native else _room(self.picture)
        fitted = self.result.fit(look, MESSAGE_WIRE - wire([*above, *below]) - room - LINE_WIRE)
        line = self.result.line(fitted)
        shown = [*native, *fitted.blocks, *([look.quiet(blocks.plain(line))] if line else [])]
        return Rung((*above, *shown, *below), chart_at=len(above), drawn=bool(native)), fitted


def _room(shown: Picture | None) -> int:
    """Return the JSON that a picture may take."""
    return max((wire(image("F" * 20, text)) for text in alternatives(shown)), default=0)
