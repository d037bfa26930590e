"""What the local workspace says of itself beside Genie: Databricks' own SDK reads it."""

import asyncio

from databricks.sdk import WorkspaceClient
from databricks.sdk.errors import NotFound, PermissionDenied
from databricks.sdk.service.serving import EndpointStateReady, ServingEndpointDetailedPermissionLevel
from databricks.sdk.service.sql import State, Status

from sandbox.databricks import Databricks, Rights
from tests.unit.genie.databricks_caller import calling

WAREHOUSE, TABLE = "a1b2c3d4e5f60718", "samples.sales.orders"


def raised(kind: type[Exception], client: WorkspaceClient, warehouse: str, table: str, endpoint: str) -> bool:
    """Tell whether all three are refused in the same way."""
    refused = 0
    for look, name in (
        (client.warehouses.get, warehouse),
        (client.tables.get, table),
        (client.serving_endpoints.get, endpoint),
    ):
        try:
            look(name)
        except kind:
            refused += 1
    return refused == len((warehouse, table, endpoint))


async def test_the_sdk_reads_what_is_there() -> None:
    """A warehouse, a table and an endpoint, in the SDK's own types; what is not there is not found."""
    async with Databricks() as databricks:
        databricks.around_genie.warehouse = "STOPPED"

        def look() -> None:
            client = WorkspaceClient(host=databricks.url, token=databricks.token)
            warehouse = client.warehouses.get(WAREHOUSE)
            assert (warehouse.state, warehouse.enable_serverless_compute) == (State.STOPPED, True)
            assert warehouse.health
            assert warehouse.health.status is Status.HEALTHY
            assert client.tables.get(TABLE).full_name == TABLE
            endpoint = client.serving_endpoints.get(databricks.serving_endpoint)
            assert endpoint.permission_level is ServingEndpointDetailedPermissionLevel.CAN_QUERY
            assert endpoint.state
            assert endpoint.state.ready is EndpointStateReady.READY
            assert raised(NotFound, client, "0", "samples.sales.none", "none")

        await asyncio.to_thread(look)


async def test_the_sdk_is_refused_what_rights_do_not_allow() -> None:
    """Without CAN USE, SELECT or a right to the endpoint there is nothing to read."""
    rights = Rights(can_use=False, missing_grant=f"SELECT on Table '{TABLE}'", serving="")
    async with Databricks(token_rights=rights) as databricks:

        def look() -> None:
            client = WorkspaceClient(host=databricks.url, token=databricks.token)
            assert raised(PermissionDenied, client, WAREHOUSE, TABLE, databricks.serving_endpoint)

        await asyncio.to_thread(look)


async def test_a_narrow_scope_opens_its_own_part() -> None:
    """A token for Genie alone sees nothing of it, and the refusal names the scope."""
    databricks = Databricks()
    async with calling(databricks) as caller:
        caller.token = (await caller.sign_in("genie")).body["access_token"]
        for path, scope in (
            (f"/api/2.0/sql/warehouses/{WAREHOUSE}", "sql"),
            (f"/api/2.1/unity-catalog/tables/{TABLE}", "unity-catalog"),
            ("/api/2.0/serving-endpoints/sandbox-summary", "serving.serving-endpoints"),
        ):
            said = await caller.call("GET", path)
            assert (said.status, said.body["message"].endswith(f"required scopes: {scope}")) == (403, True)
