"""What an answer shows of an expert's word: a line, the confirmed SQL, a similar question."""

from dataclasses import replace

from render import words
from render.answer.context import AnswerContext
from render.answer.layouts import NATIVE, SECTIONS, Layout
from render.answer.prose import BlockBuilder, context_mrkdwn
from render.blockkit import blocks
from render.blockkit.blocks import Block
from render.blockkit.buttons import question_buttons
from render.blockkit.reply import Reply
from render.expert.card import name
from render.expert.model import Confirmation
from render.text.escape import in_fence, literal_clipped, one_line
from render.text.limits import clip, wire
from render.words.results.values import moment

SIMILAR = "similar"
"""Asks a confirmed question; posted messages carry the id, so it never changes."""
_SQL_WIRE = 1_800
_QUESTION_WIRE = 300


def confirmed(context: AnswerContext) -> list[BlockBuilder]:
    """Say that an expert stands for the SQL of this question, and whether Genie wrote the same."""
    found = context.confirmation
    return [context_mrkdwn(_line(found))] if found else []


def _line(found: Confirmation) -> str:
    by, day = name(found.by), moment(found.at / 1000, words.experts.DAY)
    if found.same is None:
        return words.experts.some_sql(by, day)
    return words.experts.same_sql(by, day) if found.same else words.experts.other_sql(by, day)


def confirmed_sql(layout: Layout, context: AnswerContext) -> list[Block]:
    """Show the confirmed SQL beside Genie's, unless that is the same."""
    found = context.confirmation
    if not found or found.same or not found.sql.strip():
        return []
    title = words.experts.CORRECTED_SQL
    named = [] if layout.name == NATIVE.name else [layout.context(blocks.plain(title))]
    return [*named, *_sql(layout, found)]


def in_place_of_answer(found: Confirmation, reply: Reply) -> Reply:
    """Put below why there is no answer the SQL for which an expert stands."""
    line = words.experts.in_place_of_answer(name(found.by), moment(found.at / 1000, words.experts.DAY))
    below = (blocks.section(blocks.mrkdwn(line)), *_sql(SECTIONS, found))
    variants = (replace(variant, blocks=(*variant.blocks, *below)) for variant in reply.variants)
    return replace(reply, variants=tuple(variants))


def _sql(layout: Layout, found: Confirmation) -> list[Block]:
    sql = found.sql.strip()
    shown = clip(sql, _SQL_WIRE, lambda part: wire(in_fence(part)))
    cut = [layout.context(blocks.mrkdwn(words.experts.SQL_CUT))] if shown != sql else []
    return [*layout.sql(shown, words.experts.CORRECTED_SQL), *cut]


def similar(layout: Layout, context: AnswerContext) -> list[Block]:
    """Offer a similar question that an expert has confirmed; it is asked when it is pressed."""
    made = question_buttons(SIMILAR, (context.similar,), 1, context.question_id)
    offered = layout.actions(made) if made else []
    if not context.similar.strip() or not context.question_id:
        return []
    said = words.experts.SIMILAR
    if not offered:  # a section has no button: it can be typed
        question = literal_clipped(one_line(context.similar), _QUESTION_WIRE)
        return [blocks.section(blocks.mrkdwn(f"{said} {question}"))]
    return [layout.context(blocks.mrkdwn(said)), *offered]
