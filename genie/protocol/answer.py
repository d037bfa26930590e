"""Select the answer among a message's attachments. Pure.

Genie keeps its abandoned attempts in the list: the last query wins, and texts between queries belong to
attempts that it gave up. Texts say what they are by `purpose`; older workspaces leave that out, and then a
text without an attachment id is the summary.
"""

from collections.abc import Iterable

from genie.model import Answer, Attachment, Message, Query, Suggestions, Table, Text, Visualization

_CLARIFICATION = "FOLLOW_UP_QUESTION"
_ANSWER = "TEXT_ATTACHMENT_PURPOSE_ANSWER"


def select_answer(message: Message, table: Table | None = None, *, attachment: str = "") -> Answer:
    """Return the answer of a finished message, with the rows that belong to it.

    With `attachment`, a query of agent mode, it is that query alone: the words of the message are a report
    about all of them.

    For a message without anything usable every field of the answer is empty; Genie was seen to complete a
    message a moment before its attachments, so poll once more before saying so.
    """
    queries = [item for item in message.attachments if isinstance(item, Query)]
    if attachment:
        return _of_query(message, next((item for item in queries if item.attachment_id == attachment), None))
    query = next((item for item in reversed(queries) if item.sql), queries[-1] if queries else None)
    texts: list[str] = []
    asked_back: list[str] = []
    for text in _current_texts(message.attachments):
        (asked_back if _asks_back(text, has_query=query is not None) else texts).append(text.content.strip())
    return Answer(
        ref=message.ref,
        texts=_unique(texts),
        clarification="\n\n".join(_unique(asked_back)) or None,
        query=query,
        table=table,
        visualization=_visualization(message.attachments, query),
        suggestions=_unique(
            question.strip()
            for item in message.attachments
            if isinstance(item, Suggestions)
            for question in item.questions
        ),
        read_at=((query.updated_at if query else None) or message.updated_at),
    )


def _of_query(message: Message, query: Query | None) -> Answer:
    """Return one query as an answer, with the chart that names it."""
    chart = _visualization(message.attachments, query)
    return Answer(
        ref=message.ref,
        query=query,
        visualization=chart if chart and query and chart.query_attachment_id else None,
        read_at=(query.updated_at if query else None) or message.updated_at,
    )


def _current_texts(attachments: tuple[Attachment, ...]) -> Iterable[Text]:
    """Leave out the texts strictly between the first and the last query."""
    at = [n for n, item in enumerate(attachments) if isinstance(item, Query)]
    for n, item in enumerate(attachments):
        if isinstance(item, Text) and not (at and at[0] < n < at[-1]):
            yield item


def _asks_back(text: Text, *, has_query: bool) -> bool:
    """Tell a clarifying question from an answer, by its purpose or, without one, by what is around it."""
    if text.purpose in {_CLARIFICATION, _ANSWER}:
        return text.purpose == _CLARIFICATION
    return text.attachment_id is not None and not has_query and text.content.rstrip().endswith("?")


def _visualization(attachments: tuple[Attachment, ...], query: Query | None) -> Visualization | None:
    """Return the last chart of this query, or one that names no query."""
    wanted = {None, query.attachment_id if query else None}
    charts = [item for item in attachments if isinstance(item, Visualization)]
    return next((chart for chart in reversed(charts) if chart.query_attachment_id in wanted), None)


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
