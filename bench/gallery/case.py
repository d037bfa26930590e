"""What a picture of the gallery shows: a question, what Genie finds, and what to look at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.databricks.genie.edits import Edit
from sandbox.databricks.genie.timing import COMPLETED, Turn

Json = dict[str, Any]
Value = str | int | float | bool | None
Rows = Sequence[Sequence[Value]]

LIGHT, DARK, PHONE = "light", "dark", "phone"


@dataclass(frozen=True)
class Found:
    """What Genie finds: `columns` as in SQL ("revenue DECIMAL(18,2)"), and what it says about them."""

    title: str = ""
    columns: tuple[str, ...] = ()
    rows: Rows = ()
    says: str = ""
    how: str = ""
    sql: str = ""
    """Without one the query names the columns, and says no more of them than that."""
    next: tuple[str, ...] = ()
    verified: tuple[tuple[str, str], ...] = ()
    """Names and values that were filled into a query of the space's author."""
    cut: bool = False
    asks_back: str = ""

    @property
    def query(self) -> str:
        """What Genie wrote: the bot believes what a query says of its columns, so it has to have these."""
        names = ", ".join(each.rpartition(" ")[0] for each in self.columns)
        return self.sql or f"SELECT {names}\nFROM sales.gold.orders"


@dataclass(frozen=True)
class Room:
    """Pictures that are taken of one bot in one workspace."""

    title: str
    cases: "tuple[Case, ...]"
    settings: Mapping[str, str] = field(default_factory=dict)
    """Of the bot, beside the usual ones."""
    unavailable: tuple[str, ...] = ()
    """Blocks that this workspace does not know."""
    model_says: str = ""


@dataclass(frozen=True)
class Case:
    """One picture: its file is named after `name`, and `look` is its caption."""

    name: str
    question: str
    look: str
    found: Found | None = None
    turn: Turn = field(default_factory=Turn)
    view: str = LIGHT
    move: str = "asks"
    """What a person does, by its name in `moves` or `research_moves`."""
    presses: str = ""
    """A button for a move that may press different ones."""

    def plays(self) -> Turn:
        """Return how Genie treats the question."""
        if self.found is None:
            return replace(self.turn, match=self.question)
        query = f"SELECT {', '.join(['1'] * max(1, len(self.found.columns)))}"
        return Turn(self.question, sql=query, message=_message(self.found), statement=_statement(self.found))


def phone_too(case: Case, question: str) -> tuple[Case, Case]:
    """Take a case on a wide screen and on a phone, where another question keeps both from being one."""
    look = "The same on a phone."
    return case, replace(case, name=f"{case.name}-phone", question=question, look=look, view=PHONE)


def _message(found: Found) -> Edit:
    def edit(message: Json) -> Json:
        if message["status"] != COMPLETED:
            return message
        own = next(each for each in message["attachments"] if "query" in each)
        return message | {"attachments": [*_attachments(found, own)]}

    return edit


def _attachments(found: Found, own: Json) -> Iterable[Json]:
    if found.columns:
        written: Json = {"title": found.title, "description": found.how, "query": found.query, "thoughts": []}
        filled_in = [
            {"keyword": name, "sql_type": "STRING", "value": value} for name, value in found.verified
        ]
        count = {"row_count": len(found.rows), "is_truncated": found.cut}
        written |= {"query_result_metadata": count}
        query = own["query"] | written | ({"parameters": filled_in} if filled_in else {})
        yield own | {"query": query}
    if found.says:
        yield {"text": {"content": found.says, "purpose": "TEXT_ATTACHMENT_PURPOSE_ANSWER"}}
    if found.asks_back:
        yield {"text": {"content": found.asks_back, "purpose": "FOLLOW_UP_QUESTION"}}
    if found.next:
        yield {"attachment_id": "next", "suggested_questions": {"questions": list(found.next)}}


def _statement(found: Found) -> Edit:
    columns = [_column(at, text) for at, text in enumerate(found.columns)]
    rows = [[_cell(value) for value in row] for row in found.rows]

    def edit(statement: Json) -> Json:
        if "manifest" not in statement:
            return statement
        manifest = {
            "format": "JSON_ARRAY",
            "schema": {"column_count": len(columns), "columns": columns},
            "total_chunk_count": 1,
            "total_row_count": len(rows),
            "truncated": found.cut,
        }
        result = {"chunk_index": 0, "row_offset": 0, "row_count": len(rows), "data_array": rows}
        return statement | {"manifest": manifest, "result": result}

    return edit


def _column(position: int, text: str) -> Json:
    """Read "revenue DECIMAL(18,2)" as the Statement Execution API describes a column."""
    name, _, kind = text.rpartition(" ")
    base, _, size = kind.partition("(")
    sizes = size.rstrip(")").split(",") if base == "DECIMAL" and size else []
    precise = {"type_precision": int(sizes[0]), "type_scale": int(sizes[1])} if sizes else {}
    return {"name": name, "position": position, "type_name": base, "type_text": kind, **precise}


def _cell(value: Value) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)
