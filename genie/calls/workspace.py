"""Look at the workspace around Genie, without asking it anything."""

from genie.http.transport import Transport
from genie.protocol import workspace
from genie.protocol.workspace import Endpoint, Warehouse


class Workspace:
    """What one identity may see there; every method raises GenieError."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def me(self) -> str:
        """Return the name of the identity: an e-mail address, or a service principal's application id."""
        return await self._transport.read(workspace.get_me(), workspace.me)

    async def warehouse(self, warehouse_id: str) -> Warehouse:
        """Get a SQL warehouse; Forbidden without a right to it, NotFound once it was deleted."""
        return await self._transport.read(workspace.get_warehouse(warehouse_id), workspace.warehouse)

    async def table(self, full_name: str) -> None:
        """Return if a table can be read; Forbidden without SELECT, NotFound if it is not there for us."""
        await self._transport.read(workspace.get_table(full_name), lambda _table: None)

    async def endpoint(self, name: str) -> Endpoint:
        """Get a serving endpoint."""
        return await self._transport.read(workspace.get_endpoint(name), workspace.endpoint)
