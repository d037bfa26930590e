"""Whether two queries are the same but for how they are written."""

from sqlglot.tokenizer_core import TokenType as T

from render.sql.parsing import LONGEST
from render.sql.tokens import pieces


def same_query(one: str, other: str) -> bool | None:
    """Tell whether two queries have the same tokens; None where one cannot be taken apart.

    White space, comments, semicolons at the end, quotes around a name and, outside of texts, the size of
    letters make no difference, as in Databricks. Rather different than wrongly the same.
    """
    if max(len(one), len(other)) > LONGEST:
        return None
    try:
        return _normal(one) == _normal(other)
    except ValueError:
        return None


def _normal(sql: str) -> list[str]:
    found = [piece for piece in pieces(sql) if piece.kind is not T.COMMENT]
    while found and found[-1].kind is T.SEMICOLON:
        found.pop()
    return [_form(piece.text) for piece in found]


def _form(text: str) -> str:
    if "'" in text or '"' in text:
        return text
    name = text.strip("`")
    return (name if name.isidentifier() else text).lower()
