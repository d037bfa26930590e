"""What Genie says at the end of a message: a chart, words and questions to ask next."""

from sandbox.databricks.genie.sample_spaces import AnyAnalyst
from sandbox.databricks.genie.store import (
    Attachment,
    Message,
    QueryAttachment,
    SuggestionsAttachment,
    TextAttachment,
    VizAttachment,
    new_id,
)
from sandbox.databricks.language.intent import Clarification, Intent, Remark
from sandbox.databricks.language.resolve_intent import Resolution
from sandbox.databricks.warehouse import drawing
from sandbox.databricks.warehouse.warehouse import Result

ANSWER, FOLLOW_UP = "TEXT_ATTACHMENT_PURPOSE_ANSWER", "FOLLOW_UP_QUESTION"


def attachments(analyst: AnyAnalyst, resolution: Resolution, message: Message) -> list[Attachment]:
    """Give what follows the query of a message, or the whole answer when there is no query."""
    query = message.attachments[-1] if message.attachments else None
    if isinstance(query, QueryAttachment) and query.statement.result is not None:
        result = query.statement.result
        chart = (
            _chart(query, result) if message.wants_chart and not _lists_orders(resolution, message) else []
        )
        return [*chart, *_words(analyst, resolution, message, result)]
    match resolution:
        case Clarification():
            return [TextAttachment(resolution.question, FOLLOW_UP, new_id())]
        case Remark():
            return [
                TextAttachment(resolution.text, ANSWER, new_id()),
                SuggestionsAttachment(analyst.starters, new_id()),
            ]
        case Intent():
            return []


def _lists_orders(resolution: Resolution, message: Message) -> bool:
    return isinstance(resolution, Intent) and resolution.listing and not message.turn.sql


def _chart(query: QueryAttachment, result: Result) -> list[VizAttachment]:
    if not drawing.chartable(result):
        return []
    return [VizAttachment(query.draft.title, query.attachment_id, result, new_id())]


def _words(analyst: AnyAnalyst, resolution: Resolution, message: Message, result: Result) -> list[Attachment]:
    """Say what the rows show; the summary comes without an id."""
    said, next_ones = f"The query gave **{len(result.rows)}** rows.", analyst.starters
    if isinstance(resolution, Intent) and not message.turn.sql:
        said, next_ones = analyst.summary(resolution, result), analyst.suggestions(resolution, result)
    return [TextAttachment(said, ANSWER), SuggestionsAttachment(next_ones, new_id())]
