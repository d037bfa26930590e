"""The rows of a query: wait for its statement, run it again if its result is gone, collect the chunks.

Vendor's page: https://docs.databricks.com/api/workspace/genie/getmessageattachmentqueryresult
"""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import replace

from genie.calls.statements import chunks, succeeded
from genie.errors import Ambiguous, NotFound, StatementFailed
from genie.http.transport import Transport
from genie.model import MessageRef, Query, Table
from genie.protocol import requests, results
from genie.protocol.spilled_rows import joined

_TIMEOUT_SECONDS = 120.0
"""For all requests together: a warehouse may have to start first."""

_MAX_CHARACTERS = 64 << 20


async def fetch_rows(transport: Transport, ref: MessageRef, query: Query, *, expired: bool) -> Table:
    """Return the rows of a finished message's query; a failed later chunk leaves the rows before it.

    `expired`: Genie says that the result is gone, so the query is run again first. Raises StatementFailed
    when the SQL did not succeed, Unavailable when it does not end in time.
    """
    deadline = asyncio.get_running_loop().time() + _TIMEOUT_SECONDS
    start, again = await _finished(transport, ref, query, deadline, expired=expired)
    rows, cut = await _collect(transport, start, start.statement_id or query.statement_id, deadline)
    return replace(results.table(start, rows, truncated=cut or query.truncated), run_again=again)


async def _finished(
    transport: Transport, ref: MessageRef, query: Query, deadline: float, *, expired: bool
) -> tuple[results.Statement, bool]:
    """Wait until the statement has succeeded; run it again at most once, and tell whether that was done."""
    poll = requests.query_result(ref, query.attachment_id)
    if not expired:
        try:
            return await succeeded(transport, poll, deadline), False
        except (NotFound, StatementFailed) as error:
            if isinstance(error, StatementFailed) and error.state not in results.GONE_STATES:
                raise
    await execute(transport, ref, query)
    return await succeeded(transport, poll, deadline), True


async def execute(transport: Transport, ref: MessageRef, query: Query) -> None:
    """Start the stored SQL again; if the reply was lost, the next poll says whether it started."""
    # What the reply says is not needed: the statement is polled in any case.
    with contextlib.suppress(Ambiguous):
        await transport.read(requests.execute_query(ref, query.attachment_id), lambda _reply: None)


async def _collect(
    transport: Transport, start: results.Statement, statement_id: str | None, deadline: float
) -> tuple[Sequence[results.Row], bool]:
    """Return the rows of all chunks, and whether some were left out."""
    rows: Sequence[results.Row] = ()
    cut, characters = False, 0
    async for part in chunks(transport, start.first, statement_id, deadline):
        if part is None:
            return rows, True
        rows = joined(rows, part.rows)
        cut, characters = cut or bool(part.links), characters + part.characters
        if part.has_next and (len(rows) >= results.MAX_ROWS or characters > _MAX_CHARACTERS):
            return rows, True
    return rows, cut
