"""The card of a question in the experts' channel, with its state and buttons.

Words of people and of Genie stand where Slack parses nothing: a question pings nobody, and forges no button.
"""

from render import words
from render.blockkit import blocks
from render.blockkit.blocks import Block, Element
from render.blockkit.buttons import about_question, open_thread
from render.blockkit.reply import Reply, Variant
from render.expert.model import Card, ReviewState
from render.text.escape import clean, escape, literal_clipped, one_line
from render.text.limits import clip_wire
from render.words.results.values import moment

TAKE, CONFIRM, CORRECT, CANNOT_ANSWER = (
    "expert_take",
    "expert_confirm",
    "expert_correct",
    "expert_cannot_answer",
)
"""Action ids; posted cards carry them, so they never change."""
ON_CARD = frozenset({TAKE, CONFIRM, CORRECT, CANNOT_ANSWER})
"""They count wherever people may ask: experts decide in a channel of their own."""
NAME_WIRE = 80
_QUESTION_WIRE = 2_000
_READING_WIRE = 700
SQL_WIRE = 2_200
_WORDS_WIRE = 1_600
"""JSON that each part may take: all of them together fit into a message."""


def card(shown: Card) -> Reply:
    """Show a question, how it was read, its SQL, what an expert said, and what can be pressed."""
    said = words.experts.asks(clip_wire(one_line(shown.sender), NAME_WIRE))
    parts = [
        blocks.header(said),
        blocks.quote(clip_wire(one_line(shown.question), _QUESTION_WIRE)),
        *_about(shown),
        *_sql(shown),
        blocks.section(blocks.mrkdwn(_state(shown))),
        *said_by_expert(shown.words, shown.corrected_sql),
        *_buttons(shown),
    ]
    return Reply(text=escape(said), variants=(Variant(tuple(parts), chart_at=len(parts)),))


def said_by_expert(said: str, sql: str) -> list[Block]:
    """Show an expert's words and SQL as they were written."""
    return [
        *([blocks.quote(clip_wire(clean(said), _WORDS_WIRE))] if said.strip() else []),
        *([blocks.context(blocks.plain(words.experts.CORRECTED_SQL)), *code(sql)] if sql.strip() else []),
    ]


def code(sql: str) -> list[Block]:
    """Show SQL, as much of it as there is room for."""
    whole = clean(sql)
    shown = clip_wire(whole, SQL_WIRE)
    note = [] if shown == whole else [blocks.context(blocks.plain(words.experts.CUT))]
    return [*blocks.preformatted(shown), *note]


def name(text: str) -> str:
    """Return a person's name as safe mrkdwn."""
    return literal_clipped(one_line(text), NAME_WIRE)


def _about(shown: Card) -> list[Block]:
    facts = [
        words.answer.in_space(shown.space) if shown.space else "",
        words.experts.PRIVATE if shown.private else "",
    ]
    where = " · ".join(filter(None, facts))
    reading = clip_wire(one_line(shown.reading), _READING_WIRE)
    return [
        *([blocks.context(blocks.plain(one_line(where)))] if where else []),
        *([blocks.section(blocks.plain(words.experts.READING + reading))] if reading else []),
        *([blocks.section(blocks.plain(words.experts.no_answer(shown.cause)))] if shown.cause else []),
    ]


def _sql(shown: Card) -> list[Block]:
    if not shown.sql.strip():
        return [] if shown.cause else [blocks.context(blocks.plain(words.experts.NO_SQL))]
    return [blocks.context(blocks.plain(words.experts.SQL_TITLE)), *code(shown.sql)]


def _state(shown: Card) -> str:
    if shown.state is ReviewState.OPEN:
        return words.experts.OPEN
    at = moment(shown.at / 1000, words.experts.MOMENT)
    return f"*{words.experts.state(shown.state, name(shown.expert), at)}*"


def _buttons(shown: Card) -> list[Block]:
    key = shown.question_id
    decide: list[Element] = []
    if not shown.state.is_final:
        decide = [
            about_question(words.experts.TAKE, TAKE, key),
            *([] if shown.cause else [about_question(words.experts.CONFIRM, CONFIRM, key)]),
            about_question(words.experts.CORRECT, CORRECT, key),
            about_question(words.experts.CANNOT_ANSWER, CANNOT_ANSWER, key),
        ]
    led = [open_thread(shown.link)] if shown.link else []
    return [blocks.actions(*decide, *led)] if decide or led else []
