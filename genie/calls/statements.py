"""Wait for a SQL statement, and read its chunks.

Vendor's page: https://docs.databricks.com/api/workspace/statementexecution/getstatement
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from genie.errors import GenieError, Unavailable
from genie.http.transport import Transport
from genie.protocol import results
from genie.protocol.requests import Request, next_chunk

_FIRST_DELAY_SECONDS, _LONGEST_DELAY_SECONDS = 0.25, 3.0


async def succeeded(transport: Transport, poll: Request, deadline: float) -> results.Statement:
    """Poll until the statement has succeeded, by the loop's clock until `deadline`.

    Raises StatementFailed when it ends in another way, Unavailable when it does not end in time.
    """
    wait = _FIRST_DELAY_SECONDS
    while True:
        statement = await transport.read(poll, results.statement)
        if statement.failure is not None:
            raise statement.failure
        if statement.state == results.SUCCEEDED:
            return statement
        if asyncio.get_running_loop().time() + wait > deadline:
            raise Unavailable("the query did not end in time")
        await asyncio.sleep(wait)
        wait = min(wait * 1.5, _LONGEST_DELAY_SECONDS)


async def chunks(
    transport: Transport, first: results.Chunk, statement_id: str | None, deadline: float
) -> AsyncIterator[results.Chunk | None]:
    """Yield the chunks of a result in order, each read when wanted; None when the next one cannot be had."""
    part: results.Chunk | None = first
    seen: set[tuple[int | None, str]] = {(0, "")}  # the first chunk is never the next one
    while True:
        yield part
        if part is None or not part.has_next:
            return
        place, part = (part.next_index, part.next_link), None
        request = next_chunk(statement_id, *place)
        if request and place not in seen and asyncio.get_running_loop().time() <= deadline:
            seen.add(place)
            with contextlib.suppress(GenieError):
                part = await transport.read(request, results.chunk)
