"""What the workspace says of itself beside Genie: who calls, warehouses, tables, serving endpoints.

Vendor's pages: https://docs.databricks.com/api/workspace/currentuser/me, .../warehouses/get, .../tables/get
and .../servingendpoints/get
"""

from dataclasses import dataclass
from typing import Any

from genie.errors import Malformed
from genie.protocol.coerce import as_object, as_text
from genie.protocol.requests import Request, path_part

_CHAT = "llm/v1/chat"
_MAY_QUERY = frozenset({"CAN_QUERY", "CAN_MANAGE"})


@dataclass(frozen=True, slots=True)
class Warehouse:
    """A SQL warehouse."""

    name: str
    state: str
    """RUNNING, STARTING, STOPPED, STOPPING, DELETED or DELETING."""
    serverless: bool
    failed: bool
    """It could not start the last time."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A serving endpoint."""

    ready: bool
    may_query: bool
    """True where the server does not say."""
    task: str
    """`llm/v1/chat` for a chat model; empty where the server does not say."""

    @property
    def chats(self) -> bool:
        """Whether it is one of a chat model, as far as is said."""
        return self.task in {"", _CHAT}


def get_me() -> Request:
    """Ask who calls."""
    return Request("GET", "/api/2.0/preview/scim/v2/Me")


def get_warehouse(warehouse_id: str) -> Request:
    """Get a SQL warehouse; needs a right to it."""
    return Request("GET", f"/api/2.0/sql/warehouses/{path_part(warehouse_id)}")


def get_table(full_name: str) -> Request:
    """Get what Unity Catalog knows of a table; needs SELECT, USE SCHEMA and USE CATALOG."""
    return Request("GET", f"/api/2.1/unity-catalog/tables/{path_part(full_name)}")


def get_endpoint(name: str) -> Request:
    """Get a serving endpoint."""
    return Request("GET", f"/api/2.0/serving-endpoints/{path_part(name)}")


def me(reply: Any) -> str:
    """Read the name of who calls."""
    name = as_text(as_object(reply).get("userName"))
    if not name:
        raise Malformed("Databricks does not say who calls")
    return name


def warehouse(reply: Any) -> Warehouse:
    """Read a warehouse."""
    body = as_object(reply)
    return Warehouse(
        name=as_text(body.get("name")) or as_text(body.get("id")),
        state=as_text(body.get("state")),
        serverless=body.get("enable_serverless_compute") is True,
        failed=as_object(body.get("health")).get("status") == "FAILED",
    )


def endpoint(reply: Any) -> Endpoint:
    """Read a serving endpoint."""
    body = as_object(reply)
    right = as_text(body.get("permission_level"))
    return Endpoint(
        ready=as_object(body.get("state")).get("ready", "READY") == "READY",
        may_query=not right or right in _MAY_QUERY,
        task=as_text(body.get("task")),
    )
