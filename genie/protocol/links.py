"""Pre-signed links to the parts of a full result. They are secrets: a link is enough to read the rows.

Vendor's page: https://docs.databricks.com/api/workspace/statementexecution (external_links)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from genie.model import Column
from genie.protocol.coerce import as_count, as_list, as_object, as_text, as_time


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """One part of an export, in the cloud's storage, for 15 minutes at most."""

    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """To be sent with the request, and nothing of ours."""
    expires_at: float | None = None
    """Seconds since 1970, by the server's clock."""
    chunk_index: int | None = None
    row_offset: int | None = None
    row_count: int | None = None
    byte_count: int | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """A full result, ready to be downloaded link by link; `format` is Genie's word (CSV, JSON_ARRAY, ...)."""

    format: str
    columns: tuple[Column, ...]
    total_rows: int | None = None
    truncated: bool = False
    """Not all rows are behind these links: Genie cut the result, or a part of it could not be had."""
    links: tuple[ExternalLink, ...] = ()


def external_links(value: Any) -> tuple[ExternalLink, ...]:
    """Read the links in order; where they lead is checked by who follows them."""
    return tuple(
        ExternalLink(
            url=as_text(item.get("external_link")),
            headers={name: as_text(text) for name, text in as_object(item.get("http_headers")).items()},
            expires_at=as_time(item.get("expiration")),
            chunk_index=as_count(item.get("chunk_index")),
            row_offset=as_count(item.get("row_offset")),
            row_count=as_count(item.get("row_count")),
            byte_count=as_count(item.get("byte_count")),
        )
        for item in map(as_object, as_list(value))
    )
