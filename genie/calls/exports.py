"""Export the full result of a query: start, wait, collect the links, and collect them anew when they expired.

Vendor's page: https://docs.databricks.com/api/workspace/genie (generatedownloadfullqueryresult)
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from genie.calls.statements import chunks, succeeded
from genie.errors import Ambiguous, BadRequest, Malformed, Unavailable
from genie.http.transport import Transport
from genie.model import MessageRef, Query
from genie.protocol import requests, results
from genie.protocol.coerce import as_id, as_object, as_text
from genie.protocol.links import Export, ExternalLink

_TIMEOUT_SECONDS = 300.0
"""For one call: a warehouse may have to start, the SQL runs again, all rows are stored."""

_MAX_LINKS = 2_000


@dataclass(frozen=True, slots=True)
class Ticket:
    """Identifies an export that was started; the signature is a secret."""

    download_id: str
    signature: str = field(repr=False)


def ticket(reply: Any) -> Ticket:
    """Read the reply to the start of an export."""
    body = as_object(reply)
    download_id = as_id(body.get("download_id"))
    if download_id is None:
        raise Malformed("the reply does not say which export it is")
    return Ticket(download_id, as_text(body.get("download_id_signature")))


async def start_export(transport: Transport, ref: MessageRef, query: Query) -> Ticket:
    """Let the query run again.

    A start whose fate is unknown is Unavailable: no question was asked, and to start again costs no more
    than the warehouse's time.
    """
    try:
        return await transport.read(requests.start_download(ref, _attachment(query)), ticket)
    except Ambiguous as error:
        raise Unavailable("the export may have started, but nobody says where it is") from error


def _attachment(query: Query) -> str:
    if query.attachment_id is None:
        raise BadRequest("a query without an id has no export")
    return query.attachment_id


async def get_export(transport: Transport, ref: MessageRef, query: Query, started: Ticket) -> Export:
    """Return where the full result is; StatementFailed when the SQL did not succeed this time."""
    deadline = asyncio.get_running_loop().time() + _TIMEOUT_SECONDS
    poll = requests.get_download(ref, _attachment(query), started.download_id, started.signature)
    statement = await succeeded(transport, poll, deadline)
    links, cut = await _collect(transport, statement, deadline)
    return Export(
        format=statement.format,
        columns=statement.columns,
        total_rows=statement.total_rows,
        truncated=cut or statement.truncated or _rows_missing(links, statement.total_rows),
        links=links,
    )


async def _collect(
    transport: Transport, start: results.Statement, deadline: float
) -> tuple[tuple[ExternalLink, ...], bool]:
    """Return the links of all chunks, and whether some could not be had."""
    links: list[ExternalLink] = []
    async for part in chunks(transport, start.first, start.statement_id, deadline):
        if part is None:
            return tuple(links), True
        links.extend(part.links)
        if part.has_next and len(links) >= _MAX_LINKS:
            return tuple(links), True
    return tuple(links), False


def _rows_missing(links: tuple[ExternalLink, ...], total: int | None) -> bool:
    """Tell whether the links, where all of them count their rows, hold fewer than there are."""
    counts = [link.row_count for link in links]
    return total is not None and sum(count or 0 for count in counts) < total and None not in counts
