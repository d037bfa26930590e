"""The local Unity Catalog tells of a table what a caller has a right to know, and no more."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from sandbox.databricks import PEOPLE, Databricks, Person, Rights, Timing
from tests.unit.sandbox.databricks.oauth.app_client import SCOPES, AppClient, app_client

TABLE = "/api/2.1/unity-catalog/tables/Samples.sales.orders"
TAGS = "/api/2.1/unity-catalog/entity-tag-assignments/tables/samples.sales.orders/tags"
DAN = next(person for person in PEOPLE if person.name == "Dan Novak")
FAY = Person("fay@example.com", "Fay Ito", 1, replace(DAN.rights, can_browse=True))
SCOPE = f"{SCOPES} unity-catalog"


@pytest.fixture
def databricks() -> Databricks:
    return Databricks(timing=Timing.instant(), people=(*PEOPLE, FAY), token_rights=Rights())


@pytest.fixture
async def client(databricks: Databricks) -> AsyncIterator[AppClient]:
    async with app_client(databricks) as client:
        yield client


async def statuses(client: AppClient, email: str, scope: str = SCOPE) -> list[int]:
    """Read a table with and without what may be browsed, and its tags, as somebody who signed in."""
    caller = client.caller((await client.sign_in(email, scope))["access_token"])
    paths = (TABLE, f"{TABLE}?include_browse=true", TAGS)
    return [(await caller.call("GET", path)).status for path in paths]


async def test_a_table_is_told_to_who_may_select_or_browse(client: AppClient) -> None:
    """BROWSE shows what is noted where it is asked for; without either right there is nothing."""
    assert await statuses(client, "ana@example.com") == [200, 200, 200]
    assert await statuses(client, FAY.email) == [403, 200, 200]
    assert await statuses(client, DAN.email) == [403, 403, 403]


async def test_a_token_needs_the_scope(client: AppClient) -> None:
    """As with the other interfaces, the refusal names it."""
    assert await statuses(client, "ana@example.com", SCOPES) == [403, 403, 403]
    assert await statuses(client, "ana@example.com", "all-apis offline_access") == [200, 200, 200]


async def test_what_is_told_of_a_table(databricks: Databricks, client: AppClient) -> None:
    """Owner and time of the last change, and whether it was only browsed; tags come in pages."""
    caller = client.caller((await client.sign_in(FAY.email, SCOPE))["access_token"])
    said = (await caller.call("GET", f"{TABLE}?include_browse=true")).body
    assert (said["full_name"], said["owner"]) == ("samples.sales.orders", "sales-data")
    assert (said["updated_at"], said["browse_only"]) == (1_793_610_000_000, True)
    databricks.unity_catalog.tag_page = 1
    first = (await caller.call("GET", TAGS)).body
    second = (await caller.call("GET", f"{TAGS}?page_token={first['next_page_token']}")).body
    assert [tag["tag_key"] for tag in first["tag_assignments"] + second["tag_assignments"]] == [
        "domain",
        "system.certification_status",
    ]
    assert "next_page_token" not in second


async def test_what_is_not_there(client: AppClient) -> None:
    """An unknown table, tags of something else, a token of nobody's."""
    caller = client.caller((await client.sign_in("ana@example.com", SCOPE))["access_token"])
    paths = (f"{TABLE}s", TAGS.replace("/tables/", "/volumes/"), f"{TAGS}?page_token=x")
    assert [(await caller.call("GET", path)).status for path in paths] == [404, 400, 400]
