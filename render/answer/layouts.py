"""The four layouts of an answer, from the one that reads best to the one that Slack always takes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from render import words
from render.answer import native_table, text_table
from render.answer.cells import Cells, Fitted
from render.answer.text_table import FENCED, RICH
from render.blockkit import blocks, buttons
from render.blockkit.blocks import Block, Element
from render.blockkit.buttons import feedback_buttons
from render.text.escape import literal, literal_clipped, one_line
from render.text.limits import wire

_NEXT_WIRE = 1_500
"""JSON that the suggested questions may take."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How one variant of an answer shows each of its parts."""

    name: str
    context: Callable[[Element], Block]
    header: Callable[[str], Block]
    sql: Callable[[str, str], list[Block]]
    """Of a query and a title, which stands there where the query is folded."""
    next: Callable[[Sequence[str], str], list[Block]]
    actions: Callable[[Sequence[Element]], list[Block]]
    feedback: Callable[[str], list[Block]]
    table: Callable[[Cells, int, str], Fitted]
    card: Callable[[Cells, int], Fitted]


def _folded(sql: str, title: str) -> list[Block]:
    """Fold sections, because Slack's pages disagree on whether a container takes rich text."""
    return [blocks.container(title, blocks.fenced(sql))]


def _buttons(questions: Sequence[str], question_id: str) -> list[Block]:
    made = buttons.suggestions(questions, question_id)
    while made and wire(made) > _NEXT_WIRE:
        made.pop()
    return [blocks.actions(*made)] if made else []


def _named(questions: Sequence[str], _: str) -> list[Block]:
    """List the questions, to be typed: a section holds no row of buttons."""
    named = [f"\u2022 {literal_clipped(one_line(question), 200)}" for question in questions]
    while named and wire(named) > _NEXT_WIRE:
        named.pop()
    return [blocks.section(blocks.mrkdwn("\n".join([words.answer.NEXT_QUESTIONS, *named])))] if named else []


def _bold(text: str) -> Block:
    return blocks.section(blocks.mrkdwn(f"*{literal(one_line(text))}*"))


NATIVE = Layout(
    name="native",
    context=blocks.context,
    header=blocks.header,
    sql=_folded,
    next=_buttons,
    actions=lambda elements: [blocks.actions(*elements)],
    feedback=lambda question_id: [blocks.context_actions(feedback_buttons(question_id))],
    table=native_table.data_table,
    card=native_table.card,
)
SIMPLE = replace(
    NATIVE,
    name="simple",
    sql=lambda sql, _: blocks.preformatted(sql),
    table=lambda cells, room, _: native_table.simple_table(cells, room),
)
ALIGNED = replace(
    SIMPLE,
    name="aligned",
    feedback=lambda _: [],
    table=lambda cells, room, _: text_table.columns(cells, room, RICH),
    card=lambda cells, room: text_table.card(cells, room, RICH),
)
SECTIONS = Layout(
    name="sections",
    context=blocks.section,
    header=_bold,
    sql=lambda sql, _: blocks.fenced(sql),
    next=_named,
    actions=lambda _: [],
    feedback=lambda _: [],
    table=lambda cells, room, _: text_table.columns(cells, room, FENCED),
    card=lambda cells, room: text_table.card(cells, room, FENCED),
)

LAYOUTS = (NATIVE, SIMPLE, ALIGNED, SECTIONS)
"""Best first. The third holds no new block, the last nothing but sections, which Slack has always taken."""
