"""Read what Unity Catalog notes about a table: its owner, when it was altered, whether it is certified."""

from dataclasses import replace

from genie.calls.paging import pages
from genie.errors import GenieError
from genie.http.transport import Timeouts, Transport
from genie.model import Certification, TableDetails, TableName
from genie.protocol import unity_catalog

TIMEOUTS = Timeouts(read=3.0, attempt=3.0)
"""A reader looks at the answer already; what comes later than this is left out."""
_MAX_PAGES = 3
"""A table has 50 tags at most."""


async def table_details(transport: Transport, name: TableName) -> TableDetails:
    """Read both parts; raises GenieError where the first is refused, and leaves out the tags if they are."""
    transport = replace(transport, timeouts=TIMEOUTS)
    details = await transport.read(unity_catalog.get_table(name), unity_catalog.table)
    try:
        return replace(details, certification=await _certification(transport, name))
    except GenieError:
        return details


async def _certification(transport: Transport, name: TableName) -> Certification | None:
    found: list[unity_catalog.Tag] = []
    async for page in pages(
        transport, lambda token: unity_catalog.list_tags(name, token), unity_catalog.tags, _MAX_PAGES
    ):
        found += page
    return unity_catalog.certification(found)
