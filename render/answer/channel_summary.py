"""The short version of an answer that is shared in a channel."""

from genie.model import Answer
from render import words
from render.answer.layouts import NATIVE
from render.answer.prose import prose, takeaway
from render.answer.result import read
from render.blockkit import blocks
from render.blockkit.blocks import Block
from render.blockkit.reply import Reply, Variant
from render.text.escape import literal_clipped, one_line
from render.text.limits import clip_wire

TAKEAWAY_WIRE = 900
"""JSON that the takeaway may take: a channel gets the gist, its thread has it all."""
_NAME_WIRE = 300


def shared(
    answer: Answer, whole: Reply, by: str, question: str, picture: Block | None, *, is_report: bool = False
) -> Reply:
    """Compose what a channel sees of an answer that `whole` shows in its thread; `by` shared it."""
    named = literal_clipped(one_line(question), _NAME_WIRE)
    above = [
        blocks.context(blocks.mrkdwn(words.share.shared(blocks.mention(by), named))),
        *(_number(answer) + _gist(answer, whole) or [blocks.section(blocks.mrkdwn(whole.text))]),
    ]
    rest = words.research.REST_IN_THREAD if is_report else words.share.REST_IN_THREAD
    below = [blocks.context(blocks.mrkdwn(rest))]
    plain = Variant((*above, *below), chart_at=len(above))
    if picture is None:
        return Reply(whole.text, (plain,))
    return Reply(whole.text, (Variant((*above, picture, *below), chart_at=len(above)), plain))


def _number(answer: Answer) -> list[Block]:
    table = answer.table
    result = read(table, "") if table and len(table.rows) == len(table.columns) == 1 else None
    if result is None or not result.number:
        return []
    name = blocks.plain(clip_wire(one_line(result.cells.headers[0]), _NAME_WIRE))
    return [blocks.header(result.number), blocks.context(name)]


def _gist(answer: Answer, whole: Reply) -> list[Block]:
    """Say what the answer says first: Genie's words, else what the picture shows, else the query's title."""
    silent = not (answer.texts or answer.clarification)
    if silent and whole.picture and whole.picture.chart and (found := whole.picture.chart.finding):
        return [blocks.section(blocks.mrkdwn(literal_clipped(found, TAKEAWAY_WIRE)))]
    return [part(NATIVE) for part in prose(takeaway(answer), TAKEAWAY_WIRE).parts]
