"""What a workspace says of itself beside Genie: its SQL warehouse, its serving endpoint.

https://docs.databricks.com/api/workspace/warehouses/get,
https://docs.databricks.com/api/workspace/servingendpoints/get
"""

from dataclasses import dataclass

from aiohttp import web

from sandbox.databricks.api.message_json import WAREHOUSE_ID
from sandbox.databricks.api.requests import caller
from sandbox.databricks.api.serving import ENDPOINT
from sandbox.databricks.errors import DatabricksError, missing


@dataclass(slots=True)
class WorkspaceState:
    """How the things around Genie are; all of it may be changed while the server runs."""

    warehouse: str = "RUNNING"
    """Its state; empty once it was deleted."""
    warehouse_health: str = "HEALTHY"
    serverless: bool = True
    endpoint_ready: bool = True
    endpoint_task: str = "llm/v1/chat"


class WorkspaceApi:
    """The endpoints."""

    def __init__(self, state: WorkspaceState) -> None:
        self._state = state

    def routes(self) -> list[web.RouteDef]:
        """Give the routes."""
        return [
            web.get("/api/2.0/sql/warehouses/{warehouse}", self._warehouse, name="look.warehouse"),
            web.get("/api/2.0/serving-endpoints/{endpoint}", self._endpoint, name="look.endpoint"),
        ]

    async def _warehouse(self, request: web.Request) -> web.Response:
        name = request.match_info["warehouse"]
        if name != WAREHOUSE_ID or not self._state.warehouse:
            raise missing("SQL warehouse", name)
        if not caller(request).rights.can_use:
            words = f"{caller(request).name} is not authorized to use or monitor this SQL Endpoint."
            raise DatabricksError(403, "PERMISSION_DENIED", words)
        return web.json_response(
            {
                "id": WAREHOUSE_ID,
                "name": "Sandbox warehouse",
                "state": self._state.warehouse,
                "warehouse_type": "PRO",
                "enable_serverless_compute": self._state.serverless,
                "health": {"status": self._state.warehouse_health},
            }
        )

    async def _endpoint(self, request: web.Request) -> web.Response:
        name, right = request.match_info["endpoint"], caller(request).rights.serving
        if name != ENDPOINT:
            raise missing("Endpoint with name", f"'{name}'")
        if not right:
            raise DatabricksError(403, "PERMISSION_DENIED", f"No permission on the endpoint '{name}'.")
        return web.json_response(
            {
                "name": name,
                "state": {
                    "ready": "READY" if self._state.endpoint_ready else "NOT_READY",
                    "config_update": "NOT_UPDATING",
                },
                "task": self._state.endpoint_task,
                "permission_level": right,
            }
        )
