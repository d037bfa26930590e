"""Where the next chunk of a SQL result is: on the workspace's own host, whatever a link says.

Vendor's page: https://docs.databricks.com/api/workspace/statementexecution/getstatementresultchunkn
"""

from urllib.parse import quote, unquote, urlsplit

from genie.requests import MAX_BYTES, Request


def next_chunk(statement_id: str | None, index: int | None, link: str) -> Request | None:
    """Get a later chunk of rows: by the server's link if it stays on the host, else by number, else None."""
    if _stays(link):
        return Request("GET", link, at_most=MAX_BYTES, rows=True)
    if statement_id and index is not None:
        path = f"/api/2.0/sql/statements/{quote(statement_id, safe='')}/result/chunks/{index}"
        return Request("GET", path, at_most=MAX_BYTES, rows=True)
    return None


_LONGEST = 4_000
"""Characters of a link; whoever collects chunks remembers which ones it has seen."""


def _stays(link: str) -> bool:
    """Tell whether a link is a plain path below the API, so that our token cannot be led elsewhere."""
    if (
        len(link) > _LONGEST
        or not (link.startswith("/api/2.0/") and link.isascii() and link.isprintable())
        or " " in link
    ):
        return False
    path = urlsplit(link).path
    return "\\" not in link and "#" not in link and not {".", "..", ""} & set(unquote(path).split("/")[1:])
