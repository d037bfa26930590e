"""Wait for a SQL statement.

Vendor's page: https://docs.databricks.com/api/workspace/statementexecution/getstatement
"""

import asyncio

from genie.errors import Unavailable
from genie.http.transport import Transport
from genie.protocol import results
from genie.protocol.requests import Request

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
