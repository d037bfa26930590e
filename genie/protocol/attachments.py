"""From Genie's JSON to the attachments of a message: queries, texts, charts, suggested questions.

Today they are a list with one kind each. In the preview of 2025 they were one object, and the numbers of the
result stood on the message. What is not understood is left out, because the rest may still be an answer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from genie.model import Attachment, Parameter, Query, Suggestions, Text, Thought, Visualization
from genie.protocol.coerce import Object, as_count, as_id, as_list, as_object, as_seconds, as_shown, as_text

_MOST = 1_000
"""Attachments that are read, from the last one back; Genie's own messages have a handful."""


def attachments(message: Object) -> tuple[Attachment, ...]:
    """Read a message's attachments, in order."""
    return _with_result(tuple(_attachments(message.get("attachments"))), message.get("query_result"))


def _attachments(value: Any) -> Iterator[Attachment]:
    """Read the attachments in order; each has one kind today, the preview's one object could have several."""
    for item in [value] if isinstance(value, dict) else as_list(value)[-_MOST:]:
        body = as_object(item)
        attachment_id = as_id(body.get("attachment_id"), body.get("id"))
        if "query" in body:
            yield from _query(body["query"], attachment_id)
        if "text" in body:
            yield from _text(body["text"], attachment_id)
        if "viz" in body and attachment_id:
            yield _visualization(as_object(body["viz"]), attachment_id)
        if questions := tuple(_questions(body)):
            yield Suggestions(questions)


def _query(value: Any, attachment_id: str | None) -> Iterator[Query]:
    body = as_object(value)
    if not body:
        return
    metadata = as_object(body.get("query_result_metadata"))
    yield Query(
        attachment_id=attachment_id,
        title=as_text(body.get("title")),
        description=as_text(body.get("description")),
        sql=as_text(body.get("query")),
        statement_id=as_id(body.get("statement_id")),
        parameters=tuple(
            Parameter(
                as_text(item.get("keyword")), as_text(item.get("sql_type")), as_shown(item.get("value"))
            )
            for item in as_list(body.get("parameters"))
            if isinstance(item, dict)  # also one that says nothing: that it is there makes the answer trusted
        ),
        thoughts=tuple(
            Thought(as_text(item.get("thought_type")), content)
            for item in map(as_object, as_list(body.get("thoughts")))
            if (content := as_text(item.get("content")))
        ),
        row_count=as_count(metadata.get("row_count")),
        truncated=metadata.get("is_truncated") is True,
        updated_at=as_seconds(body.get("last_updated_timestamp")),
    )


def _text(value: Any, attachment_id: str | None) -> Iterator[Text]:
    body = as_object(value)
    content = as_text(value) or as_text(body.get("content"))
    if content.strip():
        yield Text(content, as_text(body.get("purpose")) or None, attachment_id)


def _visualization(body: Object, attachment_id: str) -> Visualization:
    return Visualization(attachment_id, as_text(body.get("title")), as_id(body.get("query_attachment_id")))


def _questions(body: Object) -> Iterable[str]:
    value = body.get("suggested_questions") or body.get("followup_questions")  # the second: autumn 2025
    items = as_list(value) or as_list(as_object(value).get("questions"))
    return (item for item in map(as_text, items) if item.strip())


def _with_result(attachments: tuple[Attachment, ...], value: Any) -> tuple[Attachment, ...]:
    """Complete the last query from the message's own `query_result`, where the preview kept its numbers."""
    result = as_object(value)
    last = max((n for n, item in enumerate(attachments) if isinstance(item, Query)), default=None)
    if not result or last is None:
        return attachments
    query = attachments[last]
    assert isinstance(query, Query)  # noqa: S101 - for the type checker: chosen so above
    completed = replace(
        query,
        statement_id=query.statement_id or as_id(result.get("statement_id")),
        row_count=as_count(result.get("row_count")) if query.row_count is None else query.row_count,
        truncated=query.truncated or result.get("is_truncated") is True,
    )
    return (*attachments[:last], completed, *attachments[last + 1 :])
