"""From the JSON of an item of agent mode to what it says; one item may say several things, or nothing known.

What Genie has promised to keep is read as it is; what it may change (arguments of tools, Markdown) is read as
far as it can be, because the rest of a run may still be an answer.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from genie.agent_model import Citation, Item, Prose, Reasoning, ResultPart, ToolCall, ToolOutput
from genie.errors import Malformed
from genie.protocol.coerce import Object, as_count, as_list, as_object, as_shown, as_text, parse
from genie.protocol.columns import columns
from genie.protocol.results import SUCCEEDED, Statement, table

_TITLES = ("title", "query_title", "name", "description")
_SQL = ("sql", "query", "statement", "sql_query")
"""Names of the arguments of a tool, which are documented as unstable; the first of them that is there."""

_FOR_THE_USER = frozenset({"output_final_response", "ask_user_questions"})
"""Tools whose arguments are words for the user."""

_AVAILABLE = frozenset({"", "available"})
_UNTIL = 2_000
"""Characters of a link."""


def items(body: Object, *, done: bool) -> Iterator[Item]:
    """Read one item; `done`: nothing will be added to it."""
    kind, item_id = as_text(body.get("type")), as_text(body.get("id"))
    if kind == "reasoning":
        yield from _reasoning(body, item_id or _digest(body))
    elif kind == "function_call":
        # As it is begun it says too little to be known again, and would be one more call that never ends.
        if call_id := item_id or as_text(body.get("call_id")) or (done and _digest(body)):
            yield from _call(body, call_id)
    elif kind == "function_call_output":
        yield _output(body, item_id or as_text(body.get("call_id")) or _digest(body), done=done)
    elif kind == "message":
        yield from _message(body, item_id or _digest(body))


def is_input(body: Object) -> bool:
    """Tell whether an item is the question itself."""
    by_user = as_text(body.get("role")) == "user"
    return body.get("type") == "message" and (by_user or as_text(body.get("id")).endswith("_input"))


def words(body: Object) -> str:
    """Return all text of an item."""
    return "\n\n".join(text for part in _parts(body) if (text := _text(part)))


def _reasoning(body: Object, item_id: str) -> Iterator[Item]:
    if said := words(body).strip():
        yield Reasoning(item_id, said)


def _call(body: Object, item_id: str) -> Iterator[Item]:
    arguments, name = _arguments(body.get("arguments")), as_text(body.get("name"))
    if name in _FOR_THE_USER:
        if said := _for_the_user(arguments):
            yield Prose(item_id, said)
        return
    yield ToolCall(
        id=item_id,
        call_id=as_text(body.get("call_id")) or item_id,
        name=name,
        title=_first(arguments, _TITLES),
        sql=_first(arguments, _SQL),
        status=as_text(body.get("status")),
    )


def _arguments(value: Any) -> Object:
    """Read the arguments of a tool, JSON inside of a text; while they are written they may be cut off."""
    try:
        given = parse(value.encode("utf-8", "replace")) if isinstance(value, str) else value
    except Malformed:
        return {}
    return {name.lower(): argument for name, argument in as_object(given).items()}


def _first(arguments: Object, names: Iterable[str]) -> str:
    return next((text for name in names if (text := as_text(arguments.get(name)).strip())), "")


def _for_the_user(arguments: Object) -> str:
    """Return the words of a tool that speaks: its response, or its questions with what there is to choose."""
    said = [as_text(arguments.get("response"))]
    for question in map(as_object, as_list(arguments.get("questions"))):
        said.append(as_text(question.get("question")))
        labels = (as_text(as_object(choice).get("label")) for choice in as_list(question.get("choices")))
        said.append("\n".join(f"- {label}" for label in labels if label))
    return "\n\n".join(text for text in said if text.strip())


def _output(body: Object, item_id: str, *, done: bool) -> ToolOutput:
    """Read what a tool gave: its first line is a title, unless a table begins there."""
    said = "\n\n".join(filter(None, map(_text, as_list(body.get("output"))))) or _shown(body.get("output"))
    title, _, rest = said.strip().partition("\n")
    if title.startswith("|"):
        title, rest = "", said.strip()
    return ToolOutput(
        item_id, as_text(body.get("call_id")), title.strip("#* \t\r"), rest.strip(), complete=done
    )


def _shown(value: Any) -> str:
    return "" if isinstance(value, list) and not value else as_text(value) or as_shown(value)


def _message(body: Object, item_id: str) -> Iterator[Item]:
    role = as_text(body.get("role")) or "assistant"
    for number, part in enumerate(_parts(body)):
        text, about = _text(part), as_object(as_object(part).get("metadata"))
        part_id = f"{item_id}.{number}" if number else item_id
        if {"columns", "preview_rows", "sql"} & set(about):
            yield _result(part_id, text, about)
        elif text.strip():
            thought = "THOUGHT" in {_kind_of_words(about), _kind_of_words(as_object(body.get("metadata")))}
            yield Reasoning(part_id, text) if thought else Prose(part_id, text, _citations(part), role)


def _kind_of_words(metadata: Object) -> str:
    return as_text(metadata.get("ui_type")).upper()


def _result(part_id: str, text: str, about: Object) -> ResultPart:
    rows = as_list(about.get("preview_rows"))
    readable = all(isinstance(row, list) for row in rows)
    cells = tuple(tuple(map(_cell, row)) for row in rows) if readable else ()
    named = columns([_column(each) for each in as_list(about.get("columns"))])
    start = Statement(None, SUCCEEDED, columns=named, total_rows=as_count(about.get("total_row_count")))
    shown = table(start, cells, truncated=False)
    return ResultPart(
        id=part_id,
        text=text,
        sql=as_text(about.get("sql")).strip(),
        columns=shown.columns,
        rows=shown.rows,
        total_rows=shown.total_rows,
        available=readable and as_text(about.get("status")).lower() in _AVAILABLE,
    )


def _column(value: Any) -> Object:
    """Return a column as `genie.protocol.columns` reads it; here its type is a text like DECIMAL(27,2)."""
    body = as_object(value)
    return {"type_text": body.get("type"), **body} if body else {"name": as_text(value)}


def _cell(value: Any) -> str | None:
    return None if value is None else as_shown(value)


def _citations(part: Any) -> tuple[Citation, ...]:
    found = (_citation(as_object(each)) for each in as_list(as_object(part).get("annotations")))
    return tuple(dict.fromkeys(each for each in found if each.title or each.url))


def _citation(body: Object) -> Citation:
    inner = as_object(body.get("url_citation"))  # OpenAI's form, in which others speak this protocol
    url = as_text(body.get("url") or inner.get("url"))
    title = as_text(body.get("title") or inner.get("title") or body.get("identifier"))
    return Citation(title.strip(), url if _leads_somewhere(url) else "")


def _leads_somewhere(url: str) -> bool:
    try:
        there = urlsplit(url)
    except ValueError:
        return False
    plain = url.isprintable() and " " not in url and len(url) <= _UNTIL
    return plain and there.scheme in {"http", "https"} and bool(there.hostname)


def _parts(body: Object) -> list[Any]:
    """Return the parts of an item's words; some have `summary` in place of `content`, or a bare text."""
    for name in ("content", "summary", "text"):
        value = body.get(name)
        if value:
            return value if isinstance(value, list) else [value]
    return []


def _text(part: Any) -> str:
    body = as_object(part)
    return as_text(part) or as_text(body.get("text")) or as_text(body.get("refusal"))


def _digest(body: Object) -> str:
    """Return an id for an item without one: the same whenever the same comes again."""
    return hashlib.blake2s(as_shown(body).encode("utf-8", "replace"), digest_size=8).hexdigest()
