"""Which chart an answer shows, and the menu to choose another."""

from render import words
from render.answer.context import AnswerContext
from render.answer.prose import NOTE_WIRE
from render.answer.result import Result
from render.blockkit.blocks import Element
from render.blockkit.buttons import select
from render.blockkit.reply import Picture
from render.chart.describe import drawn_by_genie
from render.chart.model import OFF
from render.text.escape import one_line
from render.text.limits import clip_wire

CHART = "chart"
"""The menu has the action id `chart:<question id>`, and its options say what is wanted."""
AUTOMATIC, GENIES = "automatic", "genie"
"""Wishes besides kinds of charts: what the bot thinks best, and the chart that Genie drew."""


def picture(context: AnswerContext, result: Result | None) -> Picture | None:
    """Choose what to show: what was chosen, else Genie's own chart with ours in reserve, else ours."""
    chart, genies = result.chart if result else None, context.answer.visualization
    ours = {each.wanted for each in result.choices} if result else set()
    if context.wanted == OFF or not genies or (context.wanted in ours and chart):
        return Picture(chart.title, chart.alt_text, chart) if chart else None
    name = one_line(genies.title or context.title) or words.answer.GENIE_CHART
    return Picture(clip_wire(name, NOTE_WIRE), drawn_by_genie(name, chart), chart, genies.attachment_id)


def menu(context: AnswerContext, result: Result | None) -> Element | None:
    """Offer the charts that the data allow; None where there is nothing to choose."""
    ours = [(each.wanted, each.label) for each in result.choices] if result else []
    if context.answer.visualization:
        off = [] if ours or not result else [(OFF, words.charts.LABELS[OFF])]
        ours = [(GENIES, words.charts.GENIES), *ours, *off]
    if len(ours) < 2:  # noqa: PLR2004 (one is no choice)
        return None
    choices = {AUTOMATIC: words.charts.AUTOMATIC, **dict(ours)}
    chosen = context.wanted if context.wanted in choices else AUTOMATIC
    return select(f"{CHART}:{context.question_id}", words.charts.CHART, choices.items(), chosen)
