"""Tables of Unity Catalog, from and to the wire: names, what is noted about them, their tags.

Vendor's pages: https://docs.databricks.com/api/workspace/tables/get and .../entitytagassignments/list,
https://docs.databricks.com/aws/en/data-governance/unity-catalog/certify-deprecate-data
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from genie.model import Certification, TableDetails, TableName
from genie.protocol.coerce import Object, as_seconds, as_text, require_object
from genie.protocol.messages import Page, page
from genie.protocol.requests import Request, path_part

_API = "/api/2.1/unity-catalog"
_PARTS = 3
_LONGEST = 255
_FORBIDDEN = frozenset("./ ")
"""Of characters, beside those that cannot be printed."""
_STATUS = "system.certification_status"
_EARLIER = {f"system.{each}": each for each in Certification}
"""The two tags, without values, that the first version of the feature had, in small letters."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of a table; `value` is empty where it has none."""

    key: str
    value: str = ""


def table_name(parts: Sequence[str]) -> TableName | None:
    """Return the name of a table by its parts; None unless they are three that Unity Catalog would take.

    What the catalog or the schema of a shorter name is depends on the session that ran the query.
    https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-names
    """
    if len(parts) != _PARTS or not all(map(_is_name, parts)):
        return None
    return TableName(*(part.lower() for part in parts))


def _is_name(part: str) -> bool:
    return 0 < len(part) <= _LONGEST and part.isprintable() and not _FORBIDDEN & set(part)


def table_page(host: str, name: TableName, workspace_id: str | None) -> str:
    """Return the address of a table's page in Catalog Explorer."""
    parts = "/".join(map(path_part, (name.catalog, name.schema, name.table)))
    query = f"?{urlencode({'o': workspace_id})}" if workspace_id else ""
    return f"{host}/explore/data/{parts}{query}"


def get_table(name: TableName) -> Request:
    """Get what is noted about a table, also by those who may only browse; no warehouse runs for it."""
    return Request("GET", f"{_API}/tables/{_full_name(name)}", {"include_browse": "true"})


def list_tags(name: TableName, page_token: str = "") -> Request:
    """List the tags of a table."""
    path = f"{_API}/entity-tag-assignments/tables/{_full_name(name)}/tags"
    return Request("GET", path, {"page_token": page_token} if page_token else {})


def _full_name(name: TableName) -> str:
    return ".".join(map(path_part, (name.catalog, name.schema, name.table)))


def table(reply: Any) -> TableDetails:
    """Read what is noted about a table, but for its tags."""
    body = require_object(reply)
    return TableDetails(owner=as_text(body.get("owner")), altered_at=as_seconds(body.get("updated_at")))


def tags(reply: Any) -> Page[Tag]:
    """Read a page of tags; it may be empty and still name a next one."""

    def one(item: Object) -> Tag | None:
        key = as_text(item.get("tag_key"))
        return Tag(key, as_text(item.get("tag_value"))) if key else None

    return page(reply, "tag_assignments", one)


def certification(found: Sequence[Tag]) -> Certification | None:
    """Return what the tags say of a table; a warning goes before praise."""
    said = {_certification(tag) for tag in found}
    return next((each for each in (Certification.DEPRECATED, Certification.CERTIFIED) if each in said), None)


def _certification(tag: Tag) -> Certification | None:
    key, value = tag.key.lower(), tag.value.strip().lower()
    if key == _STATUS:
        return Certification(value) if value in set(Certification) else None
    return _EARLIER.get(key)
