"""What the workspace says of itself beside Genie, as its documents have it and with parts left out."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from genie.client import Genie
from genie.errors import Forbidden, Malformed, NotFound
from genie.http.auth import PersonalToken
from genie.protocol import messages, workspace
from genie.protocol.workspace import Endpoint, Warehouse
from sandbox.databricks import Databricks, Rights
from tests.unit.genie.genie_server import client

TABLE = "samples.sales.orders"


@pytest.fixture
async def databricks() -> AsyncIterator[Databricks]:
    rights = Rights(can_edit=True, missing_grant="SELECT on Table 'samples.supply.stock'")
    async with Databricks(token_rights=rights) as databricks:
        yield databricks


@pytest.fixture
async def genie(databricks: Databricks) -> AsyncIterator[Genie]:
    async with client(databricks.url, PersonalToken(databricks.token)) as genie:
        yield genie


async def test_what_is_around_genie_is_told(genie: Genie, databricks: Databricks) -> None:
    """Who we are, the space's warehouse and tables, and a serving endpoint."""
    around = genie.workspace()
    assert await around.me() == "user@sandbox.example"
    space = await genie.space(databricks.space_id, with_definition=True)
    assert space.tables == (TABLE,)
    assert await around.warehouse(space.warehouse_id or "") == Warehouse(
        "Sandbox warehouse", "RUNNING", serverless=True, failed=False
    )
    await around.table(TABLE)
    endpoint = await around.endpoint(databricks.serving_endpoint)
    assert (endpoint.ready, endpoint.may_query, endpoint.chats) == (True, True, True)


async def test_what_is_not_there_or_not_ours_is_refused(genie: Genie, databricks: Databricks) -> None:
    """Each by the error that says which of both it is."""
    around = genie.workspace()
    for looking in (around.warehouse("0"), around.table("samples.sales.none"), around.endpoint("none")):
        with pytest.raises(NotFound):
            await looking
    del databricks.unity_catalog.tables[TABLE]
    with pytest.raises(NotFound):
        await around.table(TABLE)


@pytest.mark.parametrize(
    ("reply", "read"),
    [
        ({}, Warehouse("", "", serverless=False, failed=False)),
        (
            {"id": "w", "state": "STOPPED", "health": None},
            Warehouse("w", "STOPPED", serverless=False, failed=False),
        ),
        (
            {"name": "W", "health": {"status": "FAILED"}, "enable_serverless_compute": "yes"},
            Warehouse("W", "", serverless=False, failed=True),
        ),
    ],
)
def test_a_warehouse_is_read_leniently(reply: Any, read: Warehouse) -> None:
    """What is not said is not made up."""
    assert workspace.warehouse(reply) == read


@pytest.mark.parametrize(
    ("reply", "read", "chats"),
    [
        ({}, Endpoint(ready=True, may_query=True, task=""), True),
        ({"permission_level": "CAN_VIEW"}, Endpoint(ready=True, may_query=False, task=""), True),
        (
            {"state": {"ready": "NOT_READY"}, "permission_level": "CAN_MANAGE", "task": "llm/v1/embeddings"},
            Endpoint(ready=False, may_query=True, task="llm/v1/embeddings"),
            False,
        ),
    ],
)
def test_an_endpoint_is_read_leniently(reply: Any, read: Endpoint, *, chats: bool) -> None:
    """Only what is said against it counts."""
    assert workspace.endpoint(reply) == read
    assert read.chats is chats


def test_nobody_is_malformed() -> None:
    """An identity without a name is none."""
    with pytest.raises(Malformed):
        workspace.me({"id": "1"})


@pytest.mark.parametrize(
    ("sources", "tables"),
    [
        (None, ()),
        ({"tables": "all"}, ()),
        (
            {
                "tables": [{"identifier": "a.b.c"}, {"identifier": "a.b.c"}, {"name": "d"}, 7],
                "metric_views": [{"identifier": "a.b.m"}],
            },
            ("a.b.c", "a.b.m"),
        ),
    ],
)
def test_the_tables_of_a_space_are_read(sources: Any, tables: tuple[str, ...]) -> None:
    """Tables and metric views, each once, by their full names."""
    definition = json.dumps({"version": 2, "data_sources": sources})
    assert messages.space({"serialized_space": definition}, "s").tables == tables


async def test_without_a_right_a_table_is_forbidden() -> None:
    """Metadata of a table is told to those who may read it."""
    rights = Rights(missing_grant=f"SELECT on Table '{TABLE}'", can_use=False, serving="")
    async with (
        Databricks(token_rights=rights) as databricks,
        client(databricks.url, PersonalToken(databricks.token)) as genie,
    ):
        around = genie.workspace()
        for looking in (
            around.table(TABLE),
            around.warehouse("a1b2c3d4e5f60718"),
            around.endpoint(databricks.serving_endpoint),
        ):
            with pytest.raises(Forbidden):
                await looking
