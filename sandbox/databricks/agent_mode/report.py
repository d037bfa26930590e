"""The report at the end of a run: prose, and tables of which some have their rows beside the words."""

from typing import Any

from sandbox.databricks.agent_mode.items import markdown
from sandbox.databricks.genie.agent_turn import AgentTurn
from sandbox.databricks.genie.sample_spaces import AnyAnalyst
from sandbox.databricks.genie.store import QueryAttachment
from sandbox.databricks.language.intent import Intent

Json = dict[str, Any]
Finding = tuple[Intent | None, QueryAttachment]
"""A query that gave rows, and what it was to find out."""
_WITH_ROWS = 2
"""Of a run's queries so many have their rows in the report, if there are more of them."""
_PREVIEWED = 10
_FILLER = "This paragraph repeats what was said, as reports of a model may do at length. "


def parts(
    analyst: AnyAnalyst, found: list[Finding], turn: AgentTurn, sources: tuple[Json, ...]
) -> list[Json]:
    """Give the content of the report: all that was found, and what it rests on."""
    if not found:
        return [_text("None of the queries gave rows, so there is nothing to report." + _padded(turn))]
    with_rows = found[:_WITH_ROWS] if len(found) > 1 else []
    content = [_text(f"## {found[0][1].draft.title}\n\n{_said(analyst, *found[0])}")]
    for number, (intent, query) in enumerate(found):
        if number:
            content.append(_text(f"### {query.draft.title}\n\n{_said(analyst, intent, query)}"))
        if any(query is each for _, each in with_rows) and turn.metadata != "none":
            content.append(_table(query, turn.metadata))
    content.append(_text(_conclusion(analyst, found) + _padded(turn), sources))
    return content


def _said(analyst: AnyAnalyst, intent: Intent | None, query: QueryAttachment) -> str:
    result = query.statement.result
    if result is None:
        return ""
    return analyst.summary(intent, result) if intent else f"The query gave **{len(result.rows)}** rows."


def _conclusion(analyst: AnyAnalyst, found: list[Finding]) -> str:
    lines = [f"- {_said(analyst, intent, query)}" for intent, query in found]
    return "## Conclusion\n\n" + "\n".join(lines) + "\n\nAll amounts are in $."


def _table(query: QueryAttachment, status: str) -> Json:
    """Give a table in words, with its first rows as data beside them unless these could not be fetched."""
    result = query.statement.result
    assert result is not None  # noqa: S101 - only queries with rows are reported
    rows = [list(row) for row in result.rows[:_PREVIEWED]] if status == "available" else []
    metadata = {
        "sql": query.draft.statement,
        "columns": [{"name": each.name, "type": each.type_text} for each in result.columns],
        "preview_rows": rows,
        "status": status,
        "total_row_count": len(result.rows),
    }
    return _text(markdown(result, _PREVIEWED)) | {"metadata": metadata}


def _text(text: str, annotations: tuple[Json, ...] = ()) -> Json:
    return {"type": "output_text", "text": text, "annotations": list(annotations)}


def citations(tables: tuple[str, ...], origin: str) -> tuple[Json, ...]:
    """Point to the pages of the tables that the space reads."""
    pages = ((name, f"{origin}/explore/data/{name.replace('.', '/')}") for name in tables)
    return tuple({"type": "url_citation", "title": name, "url": url} for name, url in pages)


def _padded(turn: AgentTurn) -> str:
    return "\n\n" + (_FILLER * (turn.padding // len(_FILLER) + 1)) if turn.padding else ""
