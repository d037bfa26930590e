"""Unity Catalog: what is noted about the tables of the warehouse, and their tags.

https://docs.databricks.com/api/workspace/tables/get and .../api/workspace/entitytagassignments/list
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.databricks.api.requests import caller
from sandbox.databricks.errors import DatabricksError, invalid
from sandbox.databricks.warehouse.sample_data import TABLE

_API = "/api/2.1/unity-catalog"
_STATUS = "system.certification_status"
_ALTERED = 1_793_610_000_000
"""Milliseconds since 1970: 2026-11-02 09:00 UTC."""


@dataclass(frozen=True, slots=True)
class CatalogTable:
    """A table as its steward set it up; `altered_at` is in milliseconds since 1970."""

    owner: str
    tags: Mapping[str, str] = field(default_factory=dict)
    altered_at: int = _ALTERED
    kind: str = "MANAGED"


def sample_tables() -> dict[str, CatalogTable]:
    """Give the tables of the warehouse: one is certified, and one deprecated."""
    return {
        TABLE: CatalogTable("sales-data", {"domain": "sales", _STATUS: "certified"}),
        "samples.finance.invoices": CatalogTable("ada@example.com"),
        "samples.finance.budgets": CatalogTable("finance-data", {_STATUS: "deprecated"}),
        "samples.supply.stock": CatalogTable("5f0d3c1e-8a47-4a55-9d3f-0c6b7a1e2d94"),
        "samples.supply.shipments": CatalogTable("supply-data"),
    }


class UnityCatalog:
    """The catalog. `tables` may be changed by a test, `tag_page` is how many tags a page has."""

    def __init__(self) -> None:
        self.tables = sample_tables()
        self.tag_page = 50

    def routes(self) -> list[web.RouteDef]:
        """Give the two routes."""
        tags = f"{_API}/entity-tag-assignments/{{kind}}/{{name}}/tags"
        return [
            web.get(f"{_API}/tables/{{name}}", self._table, name="table"),
            web.get(tags, self._tags, name="table.tags"),
        ]

    async def _table(self, request: web.Request) -> web.Response:
        may_select = caller(request).rights.may_select(_name(request))
        browses = request.query.get("include_browse") == "true"
        table = self._found(request, browses=browses)
        catalog, schema, name = _name(request).split(".")
        said: dict[str, Any] = {
            "name": name,
            "catalog_name": catalog,
            "schema_name": schema,
            "full_name": _name(request),
            "table_type": table.kind,
            "owner": table.owner,
            "updated_at": table.altered_at,
            "created_at": _ALTERED,
            "browse_only": not may_select,
        }
        return web.json_response(said)

    async def _tags(self, request: web.Request) -> web.Response:
        if request.match_info["kind"] != "tables":
            raise invalid("The sandbox has tags of tables alone.")
        found = [
            {"entity_type": "tables", "entity_name": _name(request), "tag_key": key, "tag_value": value}
            for key, value in self._found(request, browses=True).tags.items()
        ]
        token = request.query.get("page_token", "0")
        if not token.isdecimal():
            raise invalid("page_token is invalid.")
        end = int(token) + self.tag_page
        more = {"next_page_token": str(end)} if end < len(found) else {}
        return web.json_response({"tag_assignments": found[int(token) : end]} | more)

    def _found(self, request: web.Request, *, browses: bool) -> CatalogTable:
        """Find the table that the path names, on which the caller must have a right."""
        name, rights = _name(request), caller(request).rights
        table = self.tables.get(name)
        if table is None:
            raise DatabricksError(404, "TABLE_DOES_NOT_EXIST", f"Table '{name}' does not exist.")
        if not (rights.may_select(name) or (browses and rights.can_browse)):
            message = f"User does not have SELECT on Table '{name}'."
            raise DatabricksError(403, "PERMISSION_DENIED", message)
        return table


def _name(request: web.Request) -> str:
    return request.match_info["name"].lower()
