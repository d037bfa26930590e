"""What who asked is told of an expert's word, in the thread of the answer."""

from render import words
from render.blockkit import blocks
from render.blockkit.blocks import mention
from render.blockkit.reply import Reply, Variant
from render.expert.card import name, said_by_expert
from render.expert.model import ReviewState
from render.text.escape import one_line
from render.text.limits import MESSAGE_TEXT, clip, clip_wire

_QUESTION_WIRE = 600
_SAID = {
    ReviewState.TAKEN: words.experts.taken,
    ReviewState.CONFIRMED: words.experts.confirmed,
    ReviewState.CORRECTED: words.experts.corrected,
    ReviewState.UNANSWERED: words.experts.unanswered,
}
_WITH_MORE = frozenset({ReviewState.CORRECTED, ReviewState.UNANSWERED})


def told(
    state: ReviewState,
    expert: str,
    *,
    asker: str,
    sender: str,
    question: str,
    said: str,
    sql: str,
    failed: bool = False,
) -> Reply:
    """Tell both who asked and who sent it to the experts; `question` where its thread does not show it.

    `failed`: Genie gave no answer that could be corrected.
    """
    people = " ".join(filter(None, map(mention, dict.fromkeys((asker, sender)))))
    told_by = words.experts.answered if failed and state is ReviewState.CORRECTED else _SAID[state]
    sentence = f"{people}: {told_by(name(expert))}".removeprefix(": ")
    parts = [
        *([blocks.quote(clip_wire(one_line(question), _QUESTION_WIRE))] if question else []),
        blocks.section(blocks.mrkdwn(sentence)),
        *(said_by_expert(said, sql) if state in _WITH_MORE else []),
    ]
    return Reply(text=clip(sentence, MESSAGE_TEXT), variants=(Variant(tuple(parts), chart_at=len(parts)),))
